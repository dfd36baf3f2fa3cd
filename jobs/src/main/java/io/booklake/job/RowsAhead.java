package io.booklake.job;

import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.model.TickerDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files of derived tables that the ingest of a run made of the events it had at hand. They wait for
 * the jobs of their tables, which publish them.
 */
final class RowsAhead {
  private final Map<Derivation, List<DerivedTask.Result>> waiting = new HashMap<>();

  void add(Derivation derivation, DerivedTask.Result result) {
    waiting.computeIfAbsent(derivation, key -> new ArrayList<>()).add(result);
  }

  /** Hands over, once, the files that hold some of these ticker-days and no other. */
  List<DerivedTask.Result> take(Derivation derivation, Set<TickerDay> days) {
    List<DerivedTask.Result> taken = new ArrayList<>();
    waiting
        .getOrDefault(derivation, new ArrayList<>())
        .removeIf(result -> days.containsAll(result.rows().keySet()) && taken.add(result));
    return taken;
  }
}
