package io.booklake.benchmark;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
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
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;

/**
 * The same jumps by Delta Kernel's own Parquet reader, given the same predicates: it leaves out
 * files and row groups, but no pages. Of the order-level book it reads the rows and does not put
 * them together.
 */
public final class KernelLoad {
  private static final int MESSAGES = 1_000;
  private static final int CANDLES = 300;
  private static final int EVENTS_A_CANDLE = 50;
  private static final int EVENTS_A_SNAPSHOT = 1_000;
  private static final int VISIBLE_EXECUTION = 4;

  private final Engine engine = DefaultEngine.create(new Configuration());
  private final String lake;
  private final Predicate day;
  private final Map<String, Snapshot> snapshots = new HashMap<>();

  /**
   * Some rows of the ticker-day.
   *
   * @param index column by which they are found
   * @param more null if that is all
   * @param most rows after which the reader stops
   */
  private record Rows(
      String table, String index, long first, long last, Predicate more, long most) {}

  private KernelLoad(String lake, Predicate day) {
    this.lake = lake;
    this.day = day;
  }

  /** {@code LAKE JUMPS SEED DATE TICKER LEVELS EVENTS}. */
  public static void main(String[] arguments) throws Exception {
    int date = (int) LocalDate.parse(arguments[3]).toEpochDay();
    Predicate day =
        and(
            and(
                is("=", "trade_date", Literal.ofDate(date)),
                is("=", "ticker", Literal.ofString(arguments[4]))),
            is("=", "levels", Literal.ofInt(Integer.parseInt(arguments[5]))));
    KernelLoad load = new KernelLoad(arguments[0], day);
    long events = Long.parseLong(arguments[6]);
    Map<String, LongFunction<List<Rows>>> operations = new LinkedHashMap<>();
    operations.put("1,000 messages", i -> List.of(events("messages", i, i + MESSAGES - 1)));
    operations.put("depth row", i -> List.of(events("depth", i, i)));
    operations.put("L3 book", KernelLoad::book);
    operations.put("300 candles", KernelLoad::candles);
    operations.put("next execution", i -> List.of(nextExecution(i, events)));
    int jumps = Integer.parseInt(arguments[1]);
    for (Map.Entry<String, LongFunction<List<Rows>>> each : operations.entrySet()) {
      Random random = new Random(Long.parseLong(arguments[2]));
      load.jump(
          "cold, " + each.getKey(), Math.max(10, jumps / 10), random, events, each.getValue());
      load.jump("warm, " + each.getKey(), jumps, random, events, each.getValue());
    }
  }

  private void jump(
      String name, int jumps, Random random, long events, LongFunction<List<Rows>> operation)
      throws Exception {
    double[] millis = new double[jumps];
    for (int i = 0; i < jumps; i++) {
      List<Rows> wanted = operation.apply((long) (random.nextDouble() * events));
      long started = System.nanoTime();
      for (Rows rows : wanted) {
        read(rows);
      }
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "{\"operation\": \"%s\", \"jumps\": %d, \"p50\": %.3f, \"p99\": %.3f}%n",
        name,
        jumps,
        millis[jumps / 2],
        millis[(int) (0.99 * (jumps - 1))]);
  }

  private static Rows events(String table, long first, long last) {
    return new Rows(table, "event_index", first, last, null, Long.MAX_VALUE);
  }

  private static List<Rows> book(long index) {
    long snapshot = index / EVENTS_A_SNAPSHOT * EVENTS_A_SNAPSHOT;
    return List.of(
        new Rows("book_snapshots", "snapshot_index", snapshot, snapshot, null, Long.MAX_VALUE),
        events("mbo", snapshot + 1, index),
        events("depth", index, index));
  }

  private static List<Rows> candles(long index) {
    Predicate bars = is("=", "bar_spec", Literal.ofString("events:" + EVENTS_A_CANDLE));
    long first = index / EVENTS_A_CANDLE;
    return List.of(
        new Rows("candles", "bar_index", first, first + CANDLES - 1, bars, Long.MAX_VALUE));
  }

  private static Rows nextExecution(long index, long events) {
    Predicate execution = is("=", "event_type", Literal.ofInt(VISIBLE_EXECUTION));
    return new Rows("messages", "event_index", index + 1, events, execution, 1);
  }

  private long read(Rows wanted) throws Exception {
    Snapshot snapshot = snapshots.get(wanted.table);
    if (snapshot == null) {
      snapshot = TableManager.loadSnapshot(lake + "/" + wanted.table).build(engine);
      snapshots.put(wanted.table, snapshot);
    }
    Predicate place =
        and(
            is(">=", wanted.index, Literal.ofLong(wanted.first)),
            is("<=", wanted.index, Literal.ofLong(wanted.last)));
    Predicate all = and(day, wanted.more == null ? place : and(place, wanted.more));
    Scan scan = snapshot.getScanBuilder().withFilter(all).build();
    Row state = scan.getScanState(engine);
    long found = 0;
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext() && found < wanted.most) {
        try (CloseableIterator<Row> each = files.next().getRows()) {
          while (each.hasNext() && found < wanted.most) {
            found += rows(scan, state, each.next(), wanted);
          }
        }
      }
    }
    return found;
  }

  private long rows(Scan scan, Row state, Row file, Rows wanted) throws Exception {
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
      while (batches.hasNext() && found < wanted.most) {
        found += rows(batches.next().getData(), wanted);
      }
    }
    return found;
  }

  private static long rows(ColumnarBatch batch, Rows wanted) {
    ColumnVector index = column(batch, wanted.index);
    ColumnVector type = wanted.most == 1 ? column(batch, "event_type") : null;
    long found = 0;
    for (int row = 0; row < batch.getSize(); row++) {
      boolean isThere = index.getLong(row) >= wanted.first && index.getLong(row) <= wanted.last;
      if (isThere && (type == null || type.getInt(row) == VISIBLE_EXECUTION)) {
        found++;
      }
    }
    return found;
  }

  private static ColumnVector column(ColumnarBatch batch, String name) {
    return batch.getColumnVector(batch.getSchema().indexOf(name));
  }

  private static Predicate is(String comparison, String column, Literal value) {
    return new Predicate(comparison, new Column(column), value);
  }

  private static Predicate and(Predicate left, Predicate right) {
    return new And(left, right);
  }
}
