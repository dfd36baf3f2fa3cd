package io.booklake.verify;

import io.booklake.aggregate.Session;
import io.booklake.model.TickerDay;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * A ticker-day as the ledger has it.
 *
 * @param tickerDay which
 * @param figures the whole numbers of its row in {@code ticker_days}, by column; none is NULL
 * @param sources the files that it was taken in from
 * @param tables that hold it
 * @param derived what each derived table holds of it, by the names that its job gave
 */
public record Published(
    TickerDay tickerDay,
    Map<String, Long> figures,
    SourceFiles sources,
    Set<String> tables,
    Map<String, Set<String>> derived)
    implements Serializable {

  /** Whether a table holds it. */
  boolean has(String table) {
    return tables.contains(table);
  }

  /** The time that its files cover. */
  Session session() {
    return new Session(tickerDay, figures.get("start_time_ns"), figures.get("end_time_ns"));
  }
}
