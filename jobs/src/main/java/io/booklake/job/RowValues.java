package io.booklake.job;

import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.verify.BookRow;
import io.booklake.verify.ChangeRow;
import io.booklake.verify.MessageRow;
import io.booklake.verify.OrderRow;
import io.booklake.verify.SnapshotRow;
import io.booklake.verify.TradeRow;
import io.booklake.verify.VolumeRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Spark's rows as those of the checks. Each list of columns stands beside the method that reads
 * them in this order.
 */
final class RowValues {
  /** A size that no table holds, where one is NULL and must not be. */
  private static final long MISSING_SIZE = -1;

  static final List<String> KEY = List.of("trade_date", "ticker", "levels");

  static final List<String> MESSAGE =
      List.of(
          "event_index", "time_ns", "event_type", "order_id", "size", "price", "direction", "mpid");

  static final List<String> CHANGE =
      List.of(
          "event_index",
          "sequence",
          "action",
          "order_id",
          "side",
          "price",
          "size_change",
          "remaining_size",
          "origin");

  static final List<String> SNAPSHOT =
      List.of(
          "snapshot_index",
          "side",
          "level",
          "price",
          "queue_position",
          "order_id",
          "size",
          "entry_index",
          "entry_time_ns",
          "origin");

  static final List<String> ORDER =
      List.of(
          "order_id",
          "side",
          "price",
          "entry_index",
          "entry_time_ns",
          "exit_index",
          "exit_time_ns",
          "entry_size",
          "filled",
          "cancelled",
          "queue_ahead",
          "exit_reason",
          "origin");

  static final List<String> TRADE =
      List.of(
          "event_index",
          "time_ns",
          "price",
          "size",
          "aggressor_side",
          "is_hidden",
          "is_cross",
          "order_id",
          "bid_price",
          "bid_size",
          "ask_price",
          "ask_size",
          "effective_spread",
          "sweep_id");

  private static final List<String> VOLUMES =
      List.of(
          "volume",
          "trade_count",
          "buy_volume",
          "sell_volume",
          "hidden_volume",
          "unknown_side_volume",
          "cross_volume");

  static final List<String> BAR = Stream.concat(VOLUMES.stream(), Stream.of("bar_spec")).toList();

  static final List<String> BIN =
      Stream.concat(VOLUMES.stream(), Stream.of("window_spec", "bin_size")).toList();

  private RowValues() {}

  static TickerDay tickerDay(InternalRow row) {
    return new TickerDay(LocalDate.ofEpochDay(row.getInt(0)), text(row, 1), row.getInt(2));
  }

  static MessageRow message(InternalRow row) {
    return new MessageRow(
        row.getLong(0),
        row.getLong(1),
        row.getInt(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getInt(6),
        text(row, 7));
  }

  static List<String> book(int levels) {
    List<String> columns = new ArrayList<>(List.of("event_index", "time_ns"));
    for (int level = 1; level <= levels; level++) {
      columns.add("ask_price_" + level);
      columns.add("ask_size_" + level);
      columns.add("bid_price_" + level);
      columns.add("bid_size_" + level);
    }
    return columns;
  }

  static BookRow book(InternalRow row, int firstColumn, int levels) {
    BookRow book =
        new BookRow(
            row.getLong(firstColumn),
            row.getLong(firstColumn + 1),
            new long[levels],
            new long[levels],
            new long[levels],
            new long[levels]);
    for (int level = 0; level < levels; level++) {
      int first = firstColumn + 2 + 4 * level;
      book.askPrices()[level] = row.isNullAt(first) ? Price.EMPTY_ASK : row.getLong(first);
      book.askSizes()[level] = size(row, first + 1);
      book.bidPrices()[level] = row.isNullAt(first + 2) ? Price.EMPTY_BID : row.getLong(first + 2);
      book.bidSizes()[level] = size(row, first + 3);
    }
    return book;
  }

  private static long size(InternalRow row, int column) {
    return row.isNullAt(column) ? MISSING_SIZE : row.getLong(column);
  }

  static ChangeRow change(InternalRow row) {
    return new ChangeRow(
        row.getLong(0),
        row.getInt(1),
        text(row, 2),
        row.getLong(3),
        text(row, 4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        text(row, 8));
  }

  static SnapshotRow snapshot(InternalRow row) {
    return new SnapshotRow(
        row.getLong(0),
        text(row, 1),
        row.isNullAt(2) ? null : (Integer) row.getInt(2),
        row.getLong(3),
        row.getInt(4),
        number(row, 5),
        row.getLong(6),
        number(row, 7),
        number(row, 8),
        text(row, 9));
  }

  static OrderRow order(InternalRow row) {
    return new OrderRow(
        row.getLong(0),
        text(row, 1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        number(row, 5),
        number(row, 6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        number(row, 10),
        text(row, 11),
        text(row, 12));
  }

  static TradeRow trade(InternalRow row) {
    return new TradeRow(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        text(row, 4),
        row.getBoolean(5),
        row.getBoolean(6),
        row.getLong(7),
        number(row, 8),
        number(row, 9),
        number(row, 10),
        number(row, 11),
        number(row, 12),
        number(row, 13));
  }

  static VolumeRow bar(InternalRow row) {
    return volume(text(row, VOLUMES.size()), row);
  }

  /** Named as in the ledger: {@code session@0.01}. */
  static VolumeRow bin(InternalRow row) {
    return volume(text(row, VOLUMES.size()) + "@" + row.getDouble(VOLUMES.size() + 1), row);
  }

  private static VolumeRow volume(String spec, InternalRow row) {
    return new VolumeRow(
        spec,
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6));
  }

  private static String text(InternalRow row, int column) {
    return row.isNullAt(column) ? null : row.getUTF8String(column).toString();
  }

  private static Long number(InternalRow row, int column) {
    return row.isNullAt(column) ? null : (Long) row.getLong(column);
  }
}
