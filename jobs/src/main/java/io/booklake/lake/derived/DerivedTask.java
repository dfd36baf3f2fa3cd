package io.booklake.lake.derived;

import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import io.booklake.read.DataFiles;
import io.booklake.read.EventReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the events of ticker-days back from the lake and writes what is summed up over them: what
 * one Spark task does.
 *
 * @param derivation what, and into which table
 * @param tableRoot URI of its folder
 * @param runId part of the files' names
 */
public record DerivedTask(Derivation derivation, String tableRoot, String runId)
    implements Serializable {

  /**
   * What became of a bin.
   *
   * @param rows by ticker-day
   */
  public record Result(Map<TickerDay, Long> rows, List<DataFile> files) implements Serializable {}

  /**
   * Does it.
   *
   * @param done is told of every ticker-day, and how many events it had
   * @throws IOException if the lake cannot be read or written
   */
  public Result take(DerivedBin bin, Configuration configuration, ObjLongConsumer<TickerDay> done)
      throws IOException {
    Map<TickerDay, Long> rows = new LinkedHashMap<>();
    try (DataFiles files = new DataFiles(configuration);
        ColumnarWriter writer =
            new ColumnarWriter(
                derivation.table(), tableRoot, runId + "-" + bin.number(), configuration)) {
      AggregatedRows aggregated = new AggregatedRows(derivation.recipe(), writer);
      for (DerivedBin.Day day : bin.days()) {
        read(day, files, bin, aggregated);
        rows.put(day.session().tickerDay(), aggregated.end());
        done.accept(day.session().tickerDay(), day.events());
      }
      return new Result(rows, writer.finish());
    }
  }

  private void read(DerivedBin.Day day, DataFiles files, DerivedBin bin, AggregatedRows aggregated)
      throws IOException {
    TickerDay tickerDay = day.session().tickerDay();
    EventReader reader =
        new EventReader(
            files, tickerDay, bin.messages(), bin.depth(), derivation.recipe().levels(tickerDay));
    aggregated.begin(day.session());
    EventBatch events = reader.newBatch();
    long count = 0;
    while (reader.read(events)) {
      aggregated.add(events);
      count += events.rows;
    }
    // The reader sees a gap, but not that the end is missing.
    if (count != day.events()) {
      throw new IOException(
          "messages of "
              + tickerDay
              + ": found "
              + count
              + " events, expected "
              + day.events()
              + " as the ledger says; 'booklake verify' tells more, and ingesting the ticker-day"
              + " again with --force mends it");
    }
  }
}
