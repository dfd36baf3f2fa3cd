package io.booklake.viewer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.booklake.model.Direction;
import io.booklake.read.DayReader;
import io.booklake.read.OrderBook;
import io.booklake.read.RowPage;
import io.booklake.read.RowQuery;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The life of an order: its rows of {@code orders}, and after every event that changed it or what
 * stands before it, how much of it is left and how much is ahead.
 */
final class OrderLife {
  /** Rows of mbo that are read at once. */
  private static final int PAGE_ROWS = 20_000;

  /** A longer story is told up to here, and says so. */
  private static final int MOST_STEPS = 5_000;

  private final ColumnBatch rows;
  private final long orderId;
  private final String side;
  private final long priceTicks;
  private final Map<Long, Long> ahead = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private long size;
  private long sharesAhead;

  /**
   * The order after an event.
   *
   * @param size shares left; 0 while it is not known to be there
   * @param ordersAhead known orders before it at its price
   * @param sharesAhead their shares; a residual stands before them and is not counted
   */
  private record Step(long eventIndex, long size, int ordersAhead, long sharesAhead) {}

  private OrderLife(ColumnBatch rows, long orderId) {
    this.rows = rows;
    this.orderId = orderId;
    side = rows.column("side").strings[0];
    priceTicks = rows.column("price").longs[0];
  }

  /**
   * Reads it.
   *
   * @throws NoSuchElementException if no message of the ticker-day speaks of it
   */
  static OrderLife read(DayReader day, long orderId) throws IOException {
    ColumnBatch rows = day.order(orderId);
    if (rows.rows == 0) {
      throw new NoSuchElementException(
          "no message of " + day.tickerDay() + " speaks of order " + orderId);
    }
    OrderLife life = new OrderLife(rows, orderId);
    long entry = rows.column("entry_index").longs[0];
    ColumnValues exits = rows.column("exit_index");
    int end = rows.rows - 1;
    long exit = exits.isNull(end) ? day.events() - 1 : Math.min(exits.longs[end], day.events() - 1);
    life.begin(day.book(entry).book());
    OptionalLong next = entry < exit ? OptionalLong.of(entry + 1) : OptionalLong.empty();
    while (next.isPresent() && !life.isCut()) {
      RowPage page =
          day.page(
              RowQuery.of("mbo")
                  .between(next.getAsLong(), exit)
                  .columns("event_index", "order_id", "side", "price", "remaining_size"),
              PAGE_ROWS);
      life.go(page.rows());
      next = page.next();
    }
    return life;
  }

  private boolean isCut() {
    return steps.size() >= MOST_STEPS;
  }

  private void begin(OrderBook book) {
    Stream.concat(
            book.outOfSight().stream(),
            Stream.concat(book.bids().stream(), book.asks().stream())
                .flatMap(level -> level.queue().stream()))
        .filter(
            order ->
                order.priceTicks() == priceTicks && Direction.side(order.direction()).equals(side))
        .forEach(order -> change(order.orderId(), order.size()));
    step(book.eventIndex());
  }

  private void go(ColumnBatch changes) {
    long[] events = changes.column("event_index").longs;
    long[] orders = changes.column("order_id").longs;
    String[] sides = changes.column("side").strings;
    long[] prices = changes.column("price").longs;
    long[] remaining = changes.column("remaining_size").longs;
    for (int row = 0; row < changes.rows && !isCut(); row++) {
      // At a price the queue is in the order of the numbers.
      if (orders[row] <= orderId && prices[row] == priceTicks && sides[row].equals(side)) {
        change(orders[row], remaining[row]);
        step(events[row]);
      }
    }
  }

  private void change(long order, long remaining) {
    if (order == orderId) {
      size = remaining;
    } else if (order < orderId) {
      Long before = remaining == 0 ? ahead.remove(order) : ahead.put(order, remaining);
      sharesAhead += remaining - (before == null ? 0 : before);
    }
  }

  private void step(long eventIndex) {
    Step now = new Step(eventIndex, size, ahead.size(), sharesAhead);
    int last = steps.size() - 1;
    if (last >= 0 && steps.get(last).eventIndex == eventIndex) {
      steps.set(last, now);
    } else {
      steps.add(now);
    }
  }

  /** As JSON. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeFieldName("order");
    Json.columns(json, rows);
    json.writeBooleanField("is_complete", !isCut());
    json.writeObjectFieldStart("steps");
    column(json, "event_index", steps.stream().map(Step::eventIndex).toList());
    column(json, "size", steps.stream().map(Step::size).toList());
    column(json, "orders_ahead", steps.stream().map(Step::ordersAhead).toList());
    column(json, "shares_ahead", steps.stream().map(Step::sharesAhead).toList());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void column(JsonGenerator json, String name, List<? extends Number> values)
      throws IOException {
    json.writeFieldName(name);
    Json.value(json, values);
  }
}
