package io.booklake.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

  /** One side; a price without orders is in neither map. */
  private static final class Side {
    final SortedMap<Long, SortedMap<Long, Order>> queues;
    final SortedMap<Long, Long> shares;
    final Map<Long, Long> probable = new HashMap<>();

    Side(Comparator<Long> outwards) {
      queues = new TreeMap<>(outwards);
      shares = new TreeMap<>(outwards);
    }

    void add(Order order) {
      queues.computeIfAbsent(order.priceTicks, price -> new TreeMap<>()).put(order.orderId, order);
      shares.merge(order.priceTicks, order.size, Long::sum);
      addProbable(order, order.size);
    }

    private void addProbable(Order order, long size) {
      if (order.origin == Origin.REVALIDATED) {
        probable.merge(order.priceTicks, size, (a, b) -> a + b == 0 ? null : (Long) (a + b));
      }
    }

    void remove(Order order) {
      SortedMap<Long, Order> queue = queues.get(order.priceTicks);
      queue.remove(order.orderId);
      shares.merge(order.priceTicks, -order.size, Long::sum);
      addProbable(order, -order.size);
      if (queue.isEmpty()) {
        queues.remove(order.priceTicks);
        shares.remove(order.priceTicks);
      }
    }
  }

  private final Map<Long, Order> orders = new HashMap<>();
  private final Side bids = new Side(Comparator.reverseOrder());
  private final Side asks = new Side(Comparator.naturalOrder());

  /**
   * Puts an order of a snapshot into the book.
   *
   * @throws IllegalStateException if it is there already
   */
  public void place(Order order) {
    if (orders.putIfAbsent(order.orderId, order) != null) {
      throw new IllegalStateException("order " + order.orderId + " is in the book already");
    }
    side(order.direction).add(order);
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
    boolean elsewhere =
        before != null && (before.direction != direction || before.priceTicks != priceTicks);
    if ((action == Action.ADD) != (before == null)
        || elsewhere
        || sizeBefore + sizeChange != remaining
        || (action == Action.REMOVE) != (remaining == 0)) {
      throw new IllegalStateException(
          "the change does not fit: "
              + action.word()
              + " of order "
              + orderId
              + " by "
              + sizeChange
              + " to "
              + remaining
              + (direction > 0 ? ", bid " : ", ask ")
              + priceTicks
              + ", but the book holds "
              + (before == null ? "no such order" : before));
    }
    if (before != null) {
      orders.remove(orderId);
      side(direction).remove(before);
    }
    if (remaining > 0) {
      place(
          new Order(
              orderId, direction, priceTicks, remaining, before == null ? origin : before.origin));
    }
  }

  private Side side(byte direction) {
    return direction > 0 ? bids : asks;
  }

  /** The known orders at a price, the head of the queue first; a residual stands before them. */
  public Collection<Order> queue(byte direction, long priceTicks) {
    SortedMap<Long, Order> queue = side(direction).queues.get(priceTicks);
    return queue == null ? List.of() : Collections.unmodifiableCollection(queue.values());
  }

  /** Shares of the known orders by price, in sight or not, the best price first. */
  public SortedMap<Long, Long> shares(byte direction) {
    return Collections.unmodifiableSortedMap(side(direction).shares);
  }

  /** Those of the shares that are of orders taken back by their size alone. */
  public Map<Long, Long> probableShares(byte direction) {
    return Collections.unmodifiableMap(side(direction).probable);
  }

  /** All known orders by number, in sight or not. */
  public List<Order> orders() {
    List<Order> all = new ArrayList<>(orders.values());
    all.sort(Comparator.comparingLong(Order::orderId));
    return all;
  }
}
