package io.booklake.read;

import io.booklake.book.Action;
import io.booklake.book.BookReplay;
import io.booklake.book.Origin;
import io.booklake.model.Direction;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order-level book of a ticker-day at one event, and from there to any other: the snapshot
 * before it, and the changes since. For one thread.
 */
public final class BookCursor {
  private final DayReader day;
  private final int interval;
  private List<BookReplay.Order> snapshot;
  private List<Change> changes;
  private long window = -1;
  private BookReplay replay;
  private int applied;
  private long index;

  /**
   * A row of {@code mbo}.
   *
   * @param after the order as the change leaves it
   */
  private record Change(long eventIndex, Action action, long sizeChange, BookReplay.Order after) {}

  BookCursor(DayReader day, int interval, long eventIndex) throws IOException {
    this.day = day;
    this.interval = interval;
    moveTo(eventIndex);
  }

  /** The event after which the book stands here. */
  public long eventIndex() {
    return index;
  }

  /**
   * Goes to an event.
   *
   * @throws IndexOutOfBoundsException if there is no such event; the cursor stays where it is
   */
  public void moveTo(long eventIndex) throws IOException {
    if (eventIndex < 0 || eventIndex >= day.events()) {
      throw new IndexOutOfBoundsException(
          "event "
              + eventIndex
              + " of "
              + day.tickerDay()
              + ": expected 0 to "
              + (day.events() - 1));
    }
    long from = eventIndex - eventIndex % interval;
    if (from != window) {
      load(from);
      restart();
    } else if (eventIndex < index) {
      restart();
    }
    while (applied < changes.size() && changes.get(applied).eventIndex <= eventIndex) {
      apply(changes.get(applied++));
    }
    index = eventIndex;
  }

  /**
   * Goes to the next event.
   *
   * @return false at the last one, where the cursor stays
   */
  public boolean forward() throws IOException {
    if (index + 1 == day.events()) {
      return false;
    }
    moveTo(index + 1);
    return true;
  }

  /**
   * Goes to the event before.
   *
   * @return false at the first one, where the cursor stays
   */
  public boolean back() throws IOException {
    if (index == 0) {
      return false;
    }
    moveTo(index - 1);
    return true;
  }

  private void load(long from) throws IOException {
    ColumnBatch orders =
        day.rows(
            RowQuery.of("book_snapshots")
                .between(from, from)
                .columns("side", "price", "order_id", "size", "origin"));
    long last = Math.min(from + interval, day.events()) - 1;
    // The snapshot holds what its own event changed.
    ColumnBatch stream =
        day.rows(
            RowQuery.of("mbo")
                .between(from + 1, Math.max(from + 1, last))
                .columns(
                    "event_index",
                    "action",
                    "order_id",
                    "side",
                    "price",
                    "size_change",
                    "remaining_size",
                    "origin"));
    snapshot = orders(orders, "size");
    List<BookReplay.Order> after = orders(stream, "remaining_size");
    long[] events = stream.column("event_index").longs;
    String[] actions = stream.column("action").strings;
    long[] sizeChanges = stream.column("size_change").longs;
    changes = new ArrayList<>(stream.rows);
    for (int row = 0; row < stream.rows; row++) {
      changes.add(
          new Change(
              events[row],
              Action.of(actions[row]).orElseThrow(),
              sizeChanges[row],
              after.get(row)));
    }
    window = from;
  }

  /** The orders that rows speak of; residuals are none. */
  private static List<BookReplay.Order> orders(ColumnBatch rows, String sizeColumn) {
    ColumnValues orderIds = rows.column("order_id");
    String[] sides = rows.column("side").strings;
    long[] prices = rows.column("price").longs;
    long[] sizes = rows.column(sizeColumn).longs;
    String[] origins = rows.column("origin").strings;
    List<BookReplay.Order> orders = new ArrayList<>(rows.rows);
    for (int row = 0; row < rows.rows; row++) {
      if (!orderIds.isNull(row)) {
        orders.add(
            new BookReplay.Order(
                orderIds.longs[row],
                Direction.ofSide(sides[row]),
                prices[row],
                sizes[row],
                Origin.of(origins[row]).orElseThrow()));
      }
    }
    return orders;
  }

  /** Goes back to the snapshot. */
  private void restart() {
    replay = new BookReplay();
    applied = 0;
    snapshot.forEach(replay::place);
  }

  private void apply(Change change) {
    BookReplay.Order order = change.after;
    replay.apply(
        change.action,
        order.orderId(),
        order.direction(),
        order.priceTicks(),
        change.sizeChange,
        order.size(),
        order.origin());
  }

  /** The book as it stands here. */
  public OrderBook book() throws IOException {
    ColumnBatch published =
        day.rows(RowQuery.of("depth").between(index, index).columns(bookColumns()));
    if (published.rows != 1) {
      throw new IOException(
          "depth of "
              + day.tickerDay()
              + ": found "
              + published.rows
              + " rows of event "
              + index
              + ", expected 1; 'booklake verify' tells more");
    }
    Map<String, ColumnValues> row = new HashMap<>();
    published.columns().forEach(column -> row.put(column.column.name(), column));
    Set<Long> shown = new HashSet<>();
    List<OrderBook.Level> bids = levels(row, Direction.BUY, shown);
    List<OrderBook.Level> asks = levels(row, Direction.SELL, shown);
    return new OrderBook(
        index,
        bids,
        asks,
        replay.orders().stream().filter(order -> !shown.contains(order.orderId())).toList());
  }

  private String[] bookColumns() {
    List<String> names = new ArrayList<>();
    for (int level = 1; level <= day.tickerDay().levels(); level++) {
      for (String side : List.of("ask", "bid")) {
        names.add(side + "_price_" + level);
        names.add(side + "_size_" + level);
      }
    }
    return names.toArray(String[]::new);
  }

  private List<OrderBook.Level> levels(
      Map<String, ColumnValues> row, byte direction, Set<Long> shown) {
    String side = Direction.side(direction);
    List<OrderBook.Level> levels = new ArrayList<>();
    for (int level = 1; level <= day.tickerDay().levels(); level++) {
      ColumnValues prices = row.get(side + "_price_" + level);
      if (prices.isNull(0)) {
        continue;
      }
      long price = prices.longs[0];
      long size = row.get(side + "_size_" + level).longs[0];
      List<BookReplay.Order> queue = List.copyOf(replay.queue(direction, price));
      queue.forEach(order -> shown.add(order.orderId()));
      long known = queue.stream().mapToLong(BookReplay.Order::size).sum();
      levels.add(new OrderBook.Level(level, price, size, size - known, queue));
    }
    return levels;
  }
}
