package io.booklake.lake.event;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.Reason;
import io.booklake.format.lobster.Rejection;
import io.booklake.format.lobster.SourceOpener;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the pairs of a bin and writes the files of their tables, in one pass over the bytes: what
 * one Spark task does.
 *
 * @param target where to, and what
 * @param limits how much irregularity is let through
 * @param along what is summed up over the events in the same pass, for the jobs of these tables
 */
public record EventTask(Target target, Inspection.Limits limits, List<Derivation> along)
    implements Serializable {

  /**
   * Where the files go.
   *
   * @param lakeRoot URI of the lake
   * @param runId part of the files' names
   * @param snapshotInterval events from one snapshot to the next
   * @param tables which
   */
  public record Target(String lakeRoot, String runId, int snapshotInterval, Tables tables)
      implements Serializable {}

  /** Which per-event tables to write. */
  public enum Tables {
    /** All of them. */
    ALL,
    /** All but those of the order-level book. */
    WITHOUT_ORDERS,
    /** {@code book_snapshots} alone: the others are there already. */
    SNAPSHOTS
  }

  /**
   * What became of a bin.
   *
   * @param days its pairs
   * @param files of those that were taken, by table
   * @param derived what was summed up over them, by table; without a table whose sums are too large
   */
  public record Result(
      List<TakenDay> days,
      Map<String, List<DataFile>> files,
      Map<String, DerivedTask.Result> derived)
      implements Serializable {}

  /**
   * Does it.
   *
   * @param done is told of every pair once, when it has been read
   * @throws IOException if the lake cannot be written; what is wrong with a pair is in its {@link
   *     TakenDay}
   */
  public Result take(EventBin bin, Configuration configuration, Consumer<TakenDay> done)
      throws IOException {
    SourceOpener sources = new HadoopSource(configuration);
    Map<Pair, TakenDay> settled = new HashMap<>();
    Set<Pair> told = new HashSet<>();
    Consumer<TakenDay> once =
        day -> {
          if (told.add(day.inspection().pair())) {
            done.accept(day);
          }
        };
    Result result = null;
    while (result == null) {
      result = attempt(bin, sources, configuration, settled, once);
    }
    return result;
  }

  /** Null where a pair turned out bad behind rows that were written already. */
  private Result attempt(
      EventBin bin,
      SourceOpener sources,
      Configuration configuration,
      Map<Pair, TakenDay> settled,
      Consumer<TakenDay> done)
      throws IOException {
    int levels = bin.pairs().get(0).pair().tickerDay().levels();
    String stem = target.runId + "-" + bin.number();
    List<TakenDay> days = new ArrayList<>();
    try (EventFiles files =
        new EventFiles(levels, target, along, stem, bin.isWaitedFor(), sources, configuration)) {
      for (EventBin.Candidate each : bin.pairs()) {
        TakenDay day = settled.get(each.pair());
        if (day == null) {
          day = take(each, bin.isWaitedFor(), files, sources);
          done.accept(day);
          if (!day.isTaken()) {
            settled.put(each.pair(), day);
            if (day.inspection().rejection() != null && files.holdsRowsOfLastPair()) {
              return null;
            }
          }
        }
        days.add(day);
      }
      return new Result(List.copyOf(days), files.finish(), files.finishDerived());
    }
  }

  private TakenDay take(
      EventBin.Candidate candidate, boolean readsAhead, EventFiles files, SourceOpener sources)
      throws IOException {
    Pair pair = candidate.pair();
    Inspection.Known skip = target.tables == Tables.SNAPSHOTS ? null : candidate.known();
    Inspection inspection =
        Inspection.of(pair, sources, limits, skip, files.sink(pair), readsAhead);
    if (inspection.quality() == null) {
      return TakenDay.left(inspection);
    }
    if (target.tables == Tables.SNAPSHOTS && !inspection.isOf(candidate.known())) {
      return TakenDay.left(inspection.rejectedAs(otherBytes(pair)));
    }
    return TakenDay.taken(inspection, files.endTickerDay());
  }

  /** Snapshots must be of the same events as the tables beside them. */
  private static Rejection otherBytes(Pair pair) {
    return Rejection.ofFile(
        Reason.CHANGED_WHILE_READ,
        pair.message().location(),
        "other bytes than those that are published",
        "the published files: ingest the new ones, which makes snapshots too");
  }
}
