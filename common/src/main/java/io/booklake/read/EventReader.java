package io.booklake.read;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one published ticker-day, from {@code messages} and {@code depth}, as batches like
 * those that its pair was read as.
 *
 * <p>Time, type, size, price and direction are there, and as many levels of the book as were asked
 * for; order numbers and market participants are not.
 */
public final class EventReader {
  private static final List<String> MESSAGE_COLUMNS =
      List.of("event_index", "time_ns", "event_type", "size", "price", "direction");
  private static final int KEYS = DayColumns.KEYS;

  private final TickerDay day;
  private final int levels;
  private final DayColumns messages;
  private final DayColumns depth;
  private final ColumnBatch message;
  private final ColumnBatch book;
  private long nextIndex;

  /**
   * Begins to read.
   *
   * @param messagePaths files of {@code messages} that may hold rows of the ticker-day
   * @param depthPaths files of {@code depth} that may
   * @param levels of the book, 0 for none
   */
  public EventReader(
      DataFiles files,
      TickerDay day,
      List<String> messagePaths,
      List<String> depthPaths,
      int levels)
      throws IOException {
    this.day = day;
    this.levels = levels;
    messages = new DayColumns(files, messagePaths, day, TableCatalog.MESSAGES, MESSAGE_COLUMNS);
    message = messages.newBatch(EventBatch.DEFAULT_CAPACITY);
    if (levels == 0) {
      depth = null;
      book = null;
    } else {
      depth =
          new DayColumns(files, depthPaths, day, TableCatalog.depth(levels), bookColumns(levels));
      book = depth.newBatch(EventBatch.DEFAULT_CAPACITY);
    }
  }

  private static List<String> bookColumns(int levels) {
    List<String> columns = new ArrayList<>(List.of("event_index"));
    for (int level = 1; level <= levels; level++) {
      columns.addAll(
          List.of(
              "ask_price_" + level,
              "ask_size_" + level,
              "bid_price_" + level,
              "bid_size_" + level));
    }
    return columns;
  }

  /** A batch for {@link #read}. */
  public EventBatch newBatch() {
    return new EventBatch(levels);
  }

  /**
   * Fills a batch with the next events.
   *
   * @return false if there were none left
   * @throws IOException if a file cannot be read, or an event is missing
   */
  public boolean read(EventBatch batch) throws IOException {
    boolean more = messages.read(message);
    int bookRows = 0;
    if (depth != null) {
      depth.read(book);
      bookRows = book.rows;
    }
    batch.rows = message.rows;
    batch.firstIndex = nextIndex;
    checkIndexes("messages", message, message.rows);
    if (depth != null) {
      if (bookRows != message.rows) {
        throw missing("depth", bookRows < message.rows ? nextIndex + bookRows : nextIndex);
      }
      checkIndexes("depth", book, bookRows);
      copyBook(batch);
    }
    copyMessages(batch);
    nextIndex += batch.rows;
    return more;
  }

  private void checkIndexes(String table, ColumnBatch rows, int count) throws IOException {
    long[] index = rows.columns().get(KEYS).longs;
    for (int row = 0; row < count; row++) {
      if (index[row] != nextIndex + row) {
        throw missing(table, nextIndex + row);
      }
    }
  }

  private IOException missing(String table, long index) {
    return new IOException(
        table
            + " of "
            + day
            + ": expected one row of event_index "
            + index
            + ", found none or several; 'booklake verify' tells more, and ingesting the ticker-day"
            + " again with --force mends it");
  }

  private void copyMessages(EventBatch batch) {
    List<ColumnValues> columns = message.columns();
    int rows = message.rows;
    System.arraycopy(columns.get(KEYS + 1).longs, 0, batch.timeNanos, 0, rows);
    int[] type = columns.get(KEYS + 2).ints;
    System.arraycopy(columns.get(KEYS + 3).longs, 0, batch.size, 0, rows);
    System.arraycopy(columns.get(KEYS + 4).longs, 0, batch.price, 0, rows);
    int[] direction = columns.get(KEYS + 5).ints;
    for (int row = 0; row < rows; row++) {
      batch.type[row] = (byte) type[row];
      batch.direction[row] = (byte) direction[row];
    }
  }

  private void copyBook(EventBatch batch) {
    List<ColumnValues> columns = book.columns();
    int column = KEYS + 1;
    for (int level = 0; level < levels; level++) {
      copy(columns.get(column++), batch.askPrice[level], Price.EMPTY_ASK);
      copy(columns.get(column++), batch.askSize[level], 0);
      copy(columns.get(column++), batch.bidPrice[level], Price.EMPTY_BID);
      copy(columns.get(column++), batch.bidSize[level], 0);
    }
  }

  private void copy(ColumnValues from, long[] to, long whereNull) {
    System.arraycopy(from.longs, 0, to, 0, book.rows);
    if (from.hasNulls) {
      for (int row = 0; row < book.rows; row++) {
        if (from.isNull[row]) {
          to[row] = whereNull;
        }
      }
    }
  }
}
