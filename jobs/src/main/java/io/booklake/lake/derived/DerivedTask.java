package io.booklake.lake.derived;

import io.booklake.aggregate.Aggregation;
import io.booklake.format.lobster.EventBatch;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import io.booklake.read.DataFiles;
import io.booklake.read.EventReader;
import io.booklake.table.ColumnBatch;
import io.booklake.table.Table;
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
 * @param table that it writes
 * @param tableRoot URI of its folder
 * @param runId part of the files' names
 */
public record DerivedTask(Table table, String tableRoot, String runId, Recipe recipe)
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
    List<Aggregation> aggregations = recipe.aggregations();
    Map<TickerDay, Long> rows = new LinkedHashMap<>();
    try (DataFiles files = new DataFiles(configuration);
        ColumnarWriter writer =
            new ColumnarWriter(table, tableRoot, runId + "-" + bin.number(), configuration)) {
      for (DerivedBin.Day day : bin.days()) {
        read(day, files, bin, aggregations);
        long written = 0;
        for (Aggregation each : aggregations) {
          ColumnBatch batch = each.end();
          writer.write(batch);
          written += batch.rows;
        }
        writer.endRowGroup();
        rows.put(day.session().tickerDay(), written);
        done.accept(day.session().tickerDay(), day.events());
      }
      return new Result(rows, writer.finish());
    }
  }

  private void read(
      DerivedBin.Day day, DataFiles files, DerivedBin bin, List<Aggregation> aggregations)
      throws IOException {
    TickerDay tickerDay = day.session().tickerDay();
    EventReader reader =
        new EventReader(files, tickerDay, bin.messages(), bin.depth(), recipe.levels(tickerDay));
    aggregations.forEach(each -> each.begin(day.session()));
    EventBatch events = reader.newBatch();
    long count = 0;
    while (reader.read(events)) {
      aggregations.forEach(each -> each.add(events));
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
