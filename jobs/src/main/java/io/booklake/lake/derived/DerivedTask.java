package io.booklake.lake.derived;

import io.booklake.aggregate.Aggregation;
import io.booklake.aggregate.Session;
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
      for (Session session : bin.sessions()) {
        long events = read(session, files, bin, aggregations);
        long written = 0;
        for (Aggregation each : aggregations) {
          ColumnBatch batch = each.end();
          writer.write(batch);
          written += batch.rows;
        }
        writer.endRowGroup();
        rows.put(session.tickerDay(), written);
        done.accept(session.tickerDay(), events);
      }
      return new Result(rows, writer.finish());
    }
  }

  private long read(
      Session session, DataFiles files, DerivedBin bin, List<Aggregation> aggregations)
      throws IOException {
    TickerDay day = session.tickerDay();
    EventReader reader =
        new EventReader(files, day, bin.messages(), bin.depth(), recipe.levels(day));
    aggregations.forEach(each -> each.begin(session));
    EventBatch events = reader.newBatch();
    long count = 0;
    while (reader.read(events)) {
      aggregations.forEach(each -> each.add(events));
      count += events.rows;
    }
    return count;
  }
}
