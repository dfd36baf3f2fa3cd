package io.booklake.lake.event;

import io.booklake.book.Hindsight;
import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SerialExecutor;
import io.booklake.format.lobster.SourceOpener;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/**
 * One file per table for the ticker-days of a bin, written while their pairs are read. What is
 * closed without being finished leaves nothing behind.
 */
final class EventFiles implements Closeable {
  private final Map<String, ColumnarWriter> writers = new LinkedHashMap<>();
  private final List<EventRows> events = new ArrayList<>();
  private final List<DerivedRows> derived = new ArrayList<>();

  /** Null where its tables are left out. */
  private final BookRows book;

  /** Does the book while the caller does the other tables; null where the caller does both. */
  private final SerialExecutor bookThread;

  private boolean holdsRowsOfLastPair;

  /**
   * Of the tables that {@code target} wants.
   *
   * @param along what else to make of the events
   * @param isShared whether the book has a thread of its own
   */
  EventFiles(
      int levels,
      EventTask.Target target,
      List<Derivation> along,
      String fileStem,
      boolean isShared,
      SourceOpener sources,
      Configuration configuration)
      throws IOException {
    MboRows changes = null;
    OrderRows lives = null;
    if (target.tables() != EventTask.Tables.SNAPSHOTS) {
      events.add(new MessageRows(writer(TableCatalog.MESSAGES, target, fileStem, configuration)));
      events.add(
          new DepthRows(
              writer(TableCatalog.depth(levels), target, fileStem, configuration), levels));
      events.add(new TradeRows(writer(TableCatalog.TRADES, target, fileStem, configuration)));
    }
    if (target.tables() == EventTask.Tables.ALL) {
      changes = new MboRows(writer(TableCatalog.MBO, target, fileStem, configuration));
      lives = new OrderRows(writer(TableCatalog.ORDERS, target, fileStem, configuration));
    }
    for (Derivation each : along) {
      derived.add(new DerivedRows(each, newWriter(each.table(), target, fileStem, configuration)));
    }
    if (target.tables() == EventTask.Tables.WITHOUT_ORDERS) {
      book = null;
    } else {
      var snapshots =
          new SnapshotRows(writer(TableCatalog.BOOK_SNAPSHOTS, target, fileStem, configuration));
      book = new BookRows(target.snapshotInterval(), snapshots, changes, lives, sources);
    }
    bookThread = isShared && book != null ? new SerialExecutor("booklake-book") : null;
  }

  private ColumnarWriter writer(
      Table table, EventTask.Target target, String fileStem, Configuration configuration)
      throws IOException {
    ColumnarWriter writer = newWriter(table, target, fileStem, configuration);
    writers.put(table.name(), writer);
    return writer;
  }

  private static ColumnarWriter newWriter(
      Table table, EventTask.Target target, String fileStem, Configuration configuration)
      throws IOException {
    return new ColumnarWriter(
        table, target.lakeRoot() + "/" + table.name(), fileStem, configuration);
  }

  /** Takes the events of a pair, when they come. */
  Inspection.EventSink sink(Pair pair) {
    holdsRowsOfLastPair = false;
    return new Inspection.EventSink() {
      @Override
      public void begin() throws IOException {
        Hindsight hindsight = book == null ? null : book.hindsight(pair);
        holdsRowsOfLastPair = true;
        events.forEach(rows -> rows.begin(pair.tickerDay()));
        derived.forEach(rows -> rows.begin(pair));
        if (book != null) {
          book.begin(pair, hindsight);
        }
      }

      @Override
      public void add(EventBatch batch) throws IOException {
        if (bookThread == null) {
          addEvents(batch);
          addToBook(batch);
        } else {
          addBoth(batch);
        }
      }
    };
  }

  private void addEvents(EventBatch batch) {
    events.forEach(rows -> rows.add(batch));
    derived.forEach(rows -> rows.add(batch));
  }

  private Void addToBook(EventBatch batch) throws IOException {
    if (book != null) {
      book.add(batch);
    }
    return null;
  }

  private void addBoth(EventBatch batch) throws IOException {
    Future<Void> added = bookThread.begin(() -> addToBook(batch));
    addEvents(batch);
    SerialExecutor.await(added);
  }

  /**
   * Ends the ticker-day whose events came last.
   *
   * @return null where the order-level tables are left out
   */
  BookFigures endTickerDay() throws IOException {
    events.forEach(EventRows::end);
    for (DerivedRows rows : derived) {
      rows.end();
    }
    return book == null ? null : book.end();
  }

  /** Whether rows of the last pair were written: if it is rejected, the files cannot be kept. */
  boolean holdsRowsOfLastPair() {
    return holdsRowsOfLastPair;
  }

  /** Completes the files of derived tables. */
  Map<String, DerivedTask.Result> finishDerived() throws IOException {
    Map<String, DerivedTask.Result> results = new LinkedHashMap<>();
    for (DerivedRows rows : derived) {
      rows.finish().ifPresent(result -> results.put(rows.table(), result));
    }
    return results;
  }

  /** Completes the files of per-event tables. */
  Map<String, List<DataFile>> finish() throws IOException {
    Map<String, List<DataFile>> files = new LinkedHashMap<>();
    for (Map.Entry<String, ColumnarWriter> each : writers.entrySet()) {
      files.put(each.getKey(), each.getValue().finish());
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    if (bookThread != null) {
      bookThread.close();
    }
    List<Closeable> open = new ArrayList<>(writers.values());
    open.addAll(derived);
    IOException failure = null;
    for (Closeable each : open) {
      try {
        each.close();
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
