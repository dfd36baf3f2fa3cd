package io.booklake.benchmark;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.And;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * The same jumps for messages and depth by Delta Kernel's own Parquet reader, given the same
 * predicates: it leaves out files and row groups, but no pages.
 */
public final class KernelLoad {
  private static final int MESSAGES = 1_000;

  private final Engine engine = DefaultEngine.create(new Configuration());
  private final String lake;

  private KernelLoad(String lake) {
    this.lake = lake;
  }

  /** {@code LAKE JUMPS SEED DATE TICKER LEVELS EVENTS}. */
  public static void main(String[] arguments) throws Exception {
    KernelLoad load = new KernelLoad(arguments[0]);
    int jumps = Integer.parseInt(arguments[1]);
    long events = Long.parseLong(arguments[6]);
    for (String table : List.of("messages", "depth")) {
      Random random = new Random(Long.parseLong(arguments[2]));
      double[] millis = new double[jumps];
      Snapshot snapshot = TableManager.loadSnapshot(load.lake + "/" + table).build(load.engine);
      for (int i = 0; i < jumps; i++) {
        long index = (long) (random.nextDouble() * events);
        long last = table.equals("depth") ? index : index + MESSAGES - 1;
        long started = System.nanoTime();
        load.read(
            snapshot, arguments[3], arguments[4], Integer.parseInt(arguments[5]), index, last);
        millis[i] = (System.nanoTime() - started) / 1e6;
      }
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "{\"operation\": \"warm, %s\", \"jumps\": %d, \"p50\": %.3f, \"p99\": %.3f}%n",
          table.equals("depth") ? "depth row" : "1,000 messages",
          jumps,
          millis[jumps / 2],
          millis[(int) (0.99 * (jumps - 1))]);
    }
  }

  private long read(
      Snapshot snapshot, String date, String ticker, int levels, long first, long last)
      throws Exception {
    Predicate wanted =
        and(
            and(
                is(
                    "=",
                    "trade_date",
                    Literal.ofDate((int) java.time.LocalDate.parse(date).toEpochDay())),
                is("=", "ticker", Literal.ofString(ticker))),
            and(
                is("=", "levels", Literal.ofInt(levels)),
                and(
                    is(">=", "event_index", Literal.ofLong(first)),
                    is("<=", "event_index", Literal.ofLong(last)))));
    Scan scan = snapshot.getScanBuilder().withFilter(wanted).build();
    Row state = scan.getScanState(engine);
    long rows = 0;
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> each = files.next().getRows()) {
          while (each.hasNext()) {
            rows += rows(scan, state, each.next(), first, last);
          }
        }
      }
    }
    return rows;
  }

  private long rows(Scan scan, Row state, Row file, long first, long last) throws Exception {
    long found = 0;
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(
            engine,
            state,
            file,
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                    ScanStateRow.getPhysicalDataReadSchema(state),
                    scan.getRemainingFilter())
                .map(result -> result.getData()))) {
      while (batches.hasNext()) {
        var batch = batches.next().getData();
        var index = batch.getColumnVector(batch.getSchema().indexOf("event_index"));
        for (int row = 0; row < batch.getSize(); row++) {
          if (index.getLong(row) >= first && index.getLong(row) <= last) {
            found++;
          }
        }
      }
    }
    return found;
  }

  private static Predicate is(String comparison, String column, Literal value) {
    return new Predicate(comparison, new Column(column), value);
  }

  private static Predicate and(Predicate left, Predicate right) {
    return new And(left, right);
  }
}
