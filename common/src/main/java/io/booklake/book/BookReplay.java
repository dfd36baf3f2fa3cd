package io.booklake.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The known orders after any event: begins empty or with a snapshot, and takes changes in their
 * order. This is all that a consumer of {@code mbo} and {@code book_snapshots} has to do.
 */
public final class BookReplay {

  /**
   * A known order.
   *
   * @param orderId reference number; ascending, the queue of its price
   * @param direction 1 buy, -1 sell
   * @param priceTicks 1/10,000 USD
   * @param size shares left
   * @param origin how it is known: {@link Origin#MESSAGE}, {@link Origin#INFERRED} or {@link
   *     Origin#REVALIDATED}
   */
  public record Order(long orderId, byte direction, long priceTicks, long size, Origin origin) {}

  private final Map<Long, Order> orders = new HashMap<>();
  private final Map<Long, SortedMap<Long, Order>> bids = new HashMap<>();
  private final Map<Long, SortedMap<Long, Order>> asks = new HashMap<>();

  /**
   * Puts an order of a snapshot into the book.
   *
   * @throws IllegalStateException if it is there already
   */
  public void place(Order order) {
    if (orders.putIfAbsent(order.orderId, order) != null) {
      throw new IllegalStateException("order " + order.orderId + " is in the book already");
    }
    queues(order.direction)
        .computeIfAbsent(order.priceTicks, price -> new TreeMap<>())
        .put(order.orderId, order);
  }

  /**
   * Applies one change, see {@link MboSink#change}.
   *
   * @throws IllegalStateException if it does not fit the book: changes are missing, or out of order
   */
  public void apply(
      Action action,
      long orderId,
      byte direction,
      long priceTicks,
      long sizeChange,
      long remaining,
      Origin origin) {
    Order before = orders.get(orderId);
    long sizeBefore = before == null ? 0 : before.size;
    if ((action == Action.ADD) != (before == null) || sizeBefore + sizeChange != remaining) {
      throw new IllegalStateException(
          "the change does not fit: "
              + action.word()
              + " of order "
              + orderId
              + " by "
              + sizeChange
              + " to "
              + remaining
              + ", but the book holds "
              + (before == null ? "no such order" : before));
    }
    if (before != null) {
      orders.remove(orderId);
      queues(direction).get(priceTicks).remove(orderId);
    }
    if (remaining > 0) {
      place(
          new Order(
              orderId, direction, priceTicks, remaining, before == null ? origin : before.origin));
    }
  }

  private Map<Long, SortedMap<Long, Order>> queues(byte direction) {
    return direction > 0 ? bids : asks;
  }

  /** The known orders at a price, the head of the queue first; a residual stands before them. */
  public Collection<Order> queue(byte direction, long priceTicks) {
    SortedMap<Long, Order> queue = queues(direction).get(priceTicks);
    return queue == null ? List.of() : queue.values();
  }

  /** All known orders by number, in sight or not. */
  public List<Order> orders() {
    List<Order> all = new ArrayList<>(orders.values());
    all.sort(Comparator.comparingLong(Order::orderId));
    return all;
  }
}
