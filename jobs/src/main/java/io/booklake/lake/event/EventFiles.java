package io.booklake.lake.event;

import io.booklake.book.BookRebuilder;
import io.booklake.book.Hindsight;
import io.booklake.book.MboSink;
import io.booklake.book.OrderSink;
import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.SourceOpener;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.columnar.DataFile;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * One file per table for the ticker-days of a bin, written while their pairs are read. What is
 * closed without being finished leaves nothing behind.
 */
final class EventFiles implements Closeable {
  private static final MboSink NO_CHANGES =
      (index, sequence, action, id, direction, price, change, remaining, origin) -> {};
  private static final OrderSink NO_LIVES =
      (id,
          direction,
          price,
          entry,
          entryTime,
          exit,
          exitTime,
          size,
          filled,
          cancelled,
          ahead,
          why,
          origin) -> {};

  private final int levels;
  private final SourceOpener sources;
  private final int snapshotInterval;
  private final Map<String, ColumnarWriter> writers = new LinkedHashMap<>();
  private final List<EventRows> events = new ArrayList<>();
  private final MboRows changes;
  private final SnapshotRows snapshots;
  private final OrderRows lives;
  private BookRebuilder book;
  private boolean holdsRowsOfLastPair;

  /** Of all per-event tables, or of {@code book_snapshots} alone. */
  EventFiles(
      int levels,
      EventTask.Target target,
      String fileStem,
      SourceOpener sources,
      Configuration configuration)
      throws IOException {
    this.levels = levels;
    this.sources = sources;
    this.snapshotInterval = target.snapshotInterval();
    if (target.snapshotsAlone()) {
      changes = null;
      lives = null;
    } else {
      events.add(new MessageRows(writer(TableCatalog.MESSAGES, target, fileStem, configuration)));
      events.add(
          new DepthRows(
              writer(TableCatalog.depth(levels), target, fileStem, configuration), levels));
      events.add(new TradeRows(writer(TableCatalog.TRADES, target, fileStem, configuration)));
      changes = new MboRows(writer(TableCatalog.MBO, target, fileStem, configuration));
      lives = new OrderRows(writer(TableCatalog.ORDERS, target, fileStem, configuration));
    }
    snapshots =
        new SnapshotRows(writer(TableCatalog.BOOK_SNAPSHOTS, target, fileStem, configuration));
  }

  private ColumnarWriter writer(
      Table table, EventTask.Target target, String fileStem, Configuration configuration)
      throws IOException {
    ColumnarWriter writer =
        new ColumnarWriter(table, target.lakeRoot() + "/" + table.name(), fileStem, configuration);
    writers.put(table.name(), writer);
    return writer;
  }

  /** Takes the events of a pair, when they come. */
  Inspection.EventSink sink(Pair pair) {
    holdsRowsOfLastPair = false;
    return new Inspection.EventSink() {
      @Override
      public void begin() throws IOException {
        Hindsight hindsight = hindsight(pair);
        holdsRowsOfLastPair = true;
        events.forEach(rows -> rows.begin(pair.tickerDay()));
        snapshots.begin(pair.tickerDay());
        if (changes != null) {
          changes.begin(pair.tickerDay());
          lives.begin(pair.tickerDay());
        }
        book =
            new BookRebuilder(
                hindsight,
                levels,
                changes == null ? NO_CHANGES : changes,
                snapshots,
                lives == null ? NO_LIVES : lives,
                snapshotInterval);
      }

      @Override
      public void add(EventBatch batch) throws IOException {
        events.forEach(rows -> rows.add(batch));
        try {
          book.add(batch);
        } catch (RuntimeException e) {
          // Hindsight of other messages than these leads astray: then the pair is at fault.
          sources.open(pair.message()).close();
          throw e;
        }
      }
    };
  }

  /** The first pass of the book: over the messages alone, which are a tenth of the bytes. */
  private Hindsight hindsight(Pair pair) throws IOException {
    Hindsight hindsight = new Hindsight();
    try (PairReader reader =
        PairReader.open(pair, sources, new PairReader.Projection(true, 0, false))) {
      EventBatch batch = new EventBatch(0);
      while (reader.read(batch)) {
        hindsight.add(batch);
      }
    }
    return hindsight;
  }

  /** Ends the ticker-day whose events came last. */
  BookFigures endTickerDay() {
    var fidelity = book.finish();
    book = null;
    events.forEach(EventRows::end);
    long changeRows = changes == null ? 0 : changes.end();
    long snapshotRows = snapshots.end();
    long orders = lives == null ? 0 : lives.end();
    return new BookFigures(fidelity, snapshotInterval, changeRows, snapshotRows, orders);
  }

  /** Whether rows of the last pair were written: if it is rejected, the files cannot be kept. */
  boolean holdsRowsOfLastPair() {
    return holdsRowsOfLastPair;
  }

  /** Completes the files. */
  Map<String, List<DataFile>> finish() throws IOException {
    Map<String, List<DataFile>> files = new LinkedHashMap<>();
    for (Map.Entry<String, ColumnarWriter> each : writers.entrySet()) {
      files.put(each.getKey(), each.getValue().finish());
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ColumnarWriter writer : writers.values()) {
      try {
        writer.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
