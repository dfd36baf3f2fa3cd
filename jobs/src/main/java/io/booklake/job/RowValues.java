package io.booklake.job;

import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.booklake.verify.BookRow;
import io.booklake.verify.ChangeRow;
import io.booklake.verify.DerivedRow;
import io.booklake.verify.MessageRow;
import io.booklake.verify.OrderRow;
import io.booklake.verify.SnapshotRow;
import io.booklake.verify.TradeRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
          "event_index",
          "time_ns",
          "event_time",
          "event_type",
          "order_id",
          "size",
          "price",
          "direction",
          "mpid");

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
          "event_time",
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

  static final List<String> BAR = derived(TableCatalog.CANDLES);

  static final List<String> BIN = derived(TableCatalog.VOLUME_PROFILE);

  static final List<String> STEP = derived(TableCatalog.DEPTH_METRICS);

  private RowValues() {}

  static TickerDay tickerDay(InternalRow row) {
    return new TickerDay(LocalDate.ofEpochDay(row.getInt(0)), text(row, 1), row.getInt(2));
  }

  static MessageRow message(InternalRow row) {
    return new MessageRow(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getInt(7),
        text(row, 8));
  }

  static List<String> book(int levels) {
    List<String> columns = new ArrayList<>(List.of("event_index", "time_ns", "event_time"));
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
            row.getLong(firstColumn + 2),
            new long[levels],
            new long[levels],
            new long[levels],
            new long[levels]);
    for (int level = 0; level < levels; level++) {
      int first = firstColumn + 3 + 4 * level;
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
        row.getLong(4),
        text(row, 5),
        row.getBoolean(6),
        row.getBoolean(7),
        row.getLong(8),
        number(row, 9),
        number(row, 10),
        number(row, 11),
        number(row, 12),
        number(row, 13),
        number(row, 14));
  }

  private static List<String> derived(Table table) {
    List<String> columns = table.columnNames();
    return columns.subList(KEY.size(), columns.size());
  }

  static DerivedRow bar(InternalRow row) {
    List<Object> values = values(TableCatalog.CANDLES, row);
    return new DerivedRow(String.valueOf(values.get(0)), values);
  }

  /** Named as in the ledger: {@code session@0.01}. */
  static DerivedRow bin(InternalRow row) {
    List<Object> values = values(TableCatalog.VOLUME_PROFILE, row);
    return new DerivedRow(values.get(0) + "@" + values.get(1), values);
  }

  static DerivedRow step(InternalRow row) {
    List<Object> values = values(TableCatalog.DEPTH_METRICS, row);
    return new DerivedRow(String.valueOf(values.get(0)), values);
  }

  private static List<Object> values(Table table, InternalRow row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.numFields(); i++) {
      values.add(
          row.isNullAt(i) ? null : value(table.columns().get(KEY.size() + i).type(), row, i));
    }
    return values;
  }

  private static Object value(ColumnType type, InternalRow row, int column) {
    return switch (type) {
      case BOOLEAN -> row.getBoolean(column);
      case LONG, TIMESTAMP -> row.getLong(column);
      case DOUBLE -> row.getDouble(column);
      case STRING -> text(row, column);
      default -> throw new IllegalArgumentException("no derived table has a column of " + type);
    };
  }

  private static String text(InternalRow row, int column) {
    return row.isNullAt(column) ? null : row.getUTF8String(column).toString();
  }

  private static Long number(InternalRow row, int column) {
    return row.isNullAt(column) ? null : (Long) row.getLong(column);
  }
}
