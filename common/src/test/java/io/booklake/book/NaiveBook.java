package io.booklake.book;

import io.booklake.model.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules of {@link BookRebuilder} once more, slow and obvious: the whole day in memory, plain
 * collections, every sum taken anew for every row. The engine must hand out the same.
 */
final class NaiveBook {
  private static final List<Byte> SIDES = List.of((byte) 1, (byte) -1);

  private static final class Order {
    final long id;
    Place place;
    boolean submitted;
    boolean endsWithDelete;
    int entry = -1;
    int firstReference = -1;
    int lastReference = -1;
    long takenLater;

    boolean inBook;
    boolean probable;
    long entryTime;
    long entrySize;
    long size;
    long filled;
    long cancelled;
    long queueAhead;
    int repairedAt;
    long repairedAtTime;

    Order(long id) {
      this.id = id;
    }

    Origin origin() {
      return submitted ? Origin.MESSAGE : Origin.INFERRED;
    }
  }

  /** A price of a side. */
  private static final class Place {
    final byte side;
    final long price;
    final TreeSet<Order> queue = new TreeSet<>(Comparator.comparingLong((Order order) -> order.id));
    final TreeSet<Order> waiting =
        new TreeSet<>(Comparator.comparingLong((Order order) -> order.id));
    final List<Order> candidates = new ArrayList<>();
    long lastResidual;
    long residualWhenLeft;
    int leftIndex;
    long leftTime;

    Place(byte side, long price) {
      this.side = side;
      this.price = price;
    }

    long known() {
      return queue.stream().mapToLong(order -> order.size).sum();
    }

    long proven() {
      return queue.stream().filter(order -> !order.probable).mapToLong(order -> order.size).sum();
    }
  }

  /** A published size and what is known of it. */
  private record Size(long published, long known, long proven) {}

  private final Day day;
  private final int snapshotInterval;
  private final Recording out = new Recording();
  private final FidelityCounter counter;
  private final Patience patience;
  private final List<List<Size>> published = new ArrayList<>();
  private final Map<Long, Order> orders = new TreeMap<>();
  private final List<Order> byAppearance = new ArrayList<>();
  private final Map<Byte, Map<Long, Place>> places =
      Map.of((byte) 1, new HashMap<>(), (byte) -1, new HashMap<>());
  private int now;
  private int sequence;

  private NaiveBook(Day day, int snapshotInterval) {
    this.day = day;
    this.snapshotInterval = snapshotInterval;
    counter = new FidelityCounter(day.levels);
    patience = new Patience(day.levels);
    for (int level = 0; level < day.levels; level++) {
      published.add(new ArrayList<>());
    }
  }

  static Recording rebuild(Day day, int snapshotInterval) {
    return new NaiveBook(day, snapshotInterval).run();
  }

  private Recording run() {
    readAhead();
    List<Order> inferred = inferEntries();
    for (now = 0; now < day.events.size(); now++) {
      sequence = 0;
      Day.Event event = day.events.get(now);
      Order submitted = apply(event);
      for (byte side : SIDES) {
        moveWindow(side, event);
      }
      for (Order order : inferred) {
        if (order.entry == now && order.firstReference > now) {
          arrive(order, event);
        }
      }
      for (byte side : SIDES) {
        settle(side, event);
      }
      if (submitted != null) {
        submitted.queueAhead = sharesAhead(submitted, event);
      }
      if (now % snapshotInterval == 0) {
        snapshot(event);
      }
    }
    for (Order order : byAppearance) {
      if (order.inBook) {
        exit(order, -1, -1, ExitReason.OPEN);
      } else if (order.place.candidates.remove(order)) {
        exit(order, order.place.leftIndex, order.place.leftTime, ExitReason.LOST);
      }
    }
    out.lives.sort(
        Comparator.comparingLong(Recording.Life::orderId)
            .thenComparingLong(Recording.Life::entryIndex));
    out.fidelity = fidelity(inferred.size());
    return out;
  }

  private Place place(byte side, long price) {
    return places.get(side).computeIfAbsent(price, any -> new Place(side, price));
  }

  private void readAhead() {
    for (int index = 0; index < day.events.size(); index++) {
      Day.Event event = day.events.get(index);
      if (event.type() > EventType.VISIBLE_EXECUTION) {
        continue;
      }
      Order order = orders.get(event.orderId());
      if (order == null) {
        order = new Order(event.orderId());
        order.place = place(event.direction() > 0 ? (byte) 1 : (byte) -1, event.price());
        orders.put(order.id, order);
        byAppearance.add(order);
      }
      if (event.type() == EventType.NEW_ORDER) {
        if (!order.submitted) {
          order.entry = index;
        }
        order.submitted = true;
      } else {
        if (order.firstReference < 0) {
          order.firstReference = index;
        }
        order.lastReference = index;
        order.takenLater += event.size();
        order.endsWithDelete = event.type() == EventType.DELETE;
      }
    }
  }

  private List<Order> inferEntries() {
    List<Order> inferred = new ArrayList<>();
    for (Order order : orders.values()) {
      if (!order.submitted) {
        order.entry = order.firstReference;
        for (Order other : orders.values()) {
          boolean announced =
              other.submitted && (other.firstReference < 0 || other.firstReference > other.entry);
          if (announced && other.id > order.id) {
            order.entry = Math.min(order.entry, other.entry);
          }
        }
        order.size = order.takenLater;
        order.entrySize = order.takenLater;
        order.queueAhead = OrderSink.UNKNOWN;
        inferred.add(order);
      }
    }
    return inferred;
  }

  private Order apply(Day.Event event) {
    Order order = orders.get(event.orderId());
    if (event.type() == EventType.NEW_ORDER) {
      submit(order, event);
      return order;
    }
    if (event.type() <= EventType.VISIBLE_EXECUTION) {
      refer(order, event);
    }
    return null;
  }

  private void submit(Order order, Day.Event event) {
    if (order.inBook) {
      leave(order, Origin.REPAIRED);
      exit(order, ExitReason.REPAIRED);
    } else if (order.place.waiting.remove(order)) {
      exit(order, order.repairedAt, order.repairedAtTime, ExitReason.REPAIRED);
    } else if (order.place.candidates.remove(order)) {
      exit(order, order.place.leftIndex, order.place.leftTime, ExitReason.LOST);
    }
    order.place = place(event.direction() > 0 ? (byte) 1 : (byte) -1, event.price());
    order.entry = now;
    order.entryTime = event.timeNanos();
    order.entrySize = event.size();
    order.size = event.size();
    order.filled = 0;
    order.cancelled = 0;
    order.queueAhead = OrderSink.UNKNOWN;
    enter(order, Origin.MESSAGE);
  }

  private void refer(Order order, Day.Event event) {
    boolean execution = event.type() == EventType.VISIBLE_EXECUTION;
    if (execution) {
      counter.visibleExecutions++;
    }
    order.takenLater -= event.size();
    if (order.place.waiting.remove(order)) {
      enter(order, order.origin());
    } else if (!order.inBook && !order.submitted && order.firstReference == now) {
      order.entryTime = event.timeNanos();
      enter(order, Origin.INFERRED);
    }
    if (!order.inBook) {
      counter.unknownReferences++;
      return;
    }
    if (execution) {
      heedPriority(order);
    }
    long taken = Math.min(event.size(), order.size);
    if (event.type() == EventType.DELETE) {
      counter.unmatchedDeletes += event.size() == order.size ? 0 : 1;
      taken = order.size;
    } else {
      counter.unmatchedReductions += event.size() > order.size ? 1 : 0;
    }
    order.filled += execution ? taken : 0;
    order.cancelled += execution ? 0 : taken;
    if (taken < order.size) {
      shrink(order, taken, Origin.MESSAGE);
    } else {
      leave(order, Origin.MESSAGE);
      exit(order, execution ? ExitReason.EXECUTED : ExitReason.CANCELLED);
    }
  }

  private void heedPriority(Order executed) {
    Place place = executed.place;
    if (place.queue.first() != executed) {
      counter.fifoExceptions++;
    }
    for (Order order : List.copyOf(place.queue.headSet(executed))) {
      if (order.probable) {
        repairAway(order);
      }
    }
    for (Order order : List.copyOf(place.candidates)) {
      if (order.id < executed.id) {
        lose(order);
      }
    }
  }

  /** Prices that left the window or were emptied, and those that came back into sight. */
  private void moveWindow(byte side, Day.Event event) {
    Set<Long> listed = listed(side, event);
    Set<Long> before = now == 0 ? Set.of() : listed(side, day.events.get(now - 1));
    List<Long> outwards = new ArrayList<>(places.get(side).keySet());
    outwards.sort(side > 0 ? Comparator.reverseOrder() : Comparator.naturalOrder());
    for (long price : outwards) {
      if (before.contains(price) && !inSight(side, price, event)) {
        left(place(side, price));
      }
    }
    // First what the row before still showed, then what comes into sight with nothing there.
    List<Long> emptied = new ArrayList<>(before.stream().filter(outwards::contains).toList());
    emptied.sort(side > 0 ? Comparator.reverseOrder() : Comparator.naturalOrder());
    outwards.stream().filter(price -> !before.contains(price)).forEach(emptied::add);
    for (long price : emptied) {
      if (inSight(side, price, event) && !listed.contains(price)) {
        emptied(place(side, price));
      }
    }
  }

  private static Set<Long> listed(byte side, Day.Event event) {
    Set<Long> prices = new LinkedHashSet<>();
    for (int level = 0; level < event.prices(side).length; level++) {
      if (event.sizes(side)[level] > 0) {
        prices.add(event.prices(side)[level]);
      }
    }
    return prices;
  }

  private static boolean inSight(byte side, long price, Day.Event event) {
    int last = event.sizes(side).length - 1;
    long edge = event.prices(side)[last];
    return event.sizes(side)[last] == 0 || (side > 0 ? price >= edge : price <= edge);
  }

  private void left(Place place) {
    loseAll(place);
    place.leftIndex = now;
    place.leftTime = day.events.get(now).timeNanos();
    place.residualWhenLeft = place.lastResidual;
    for (Order order : List.copyOf(place.queue)) {
      if (order.lastReference <= now) {
        leave(order, Origin.EXPIRED);
        place.candidates.add(order);
        counter.expiredOrders++;
      }
    }
  }

  private void emptied(Place place) {
    loseAll(place);
    if (!place.queue.isEmpty()) {
      counter.overAttributions++;
    }
    List.copyOf(place.queue).forEach(this::repairAway);
  }

  private void arrive(Order order, Day.Event event) {
    order.entryTime = event.timeNanos();
    if (inSight(order.place.side, order.place.price, event)) {
      order.place.waiting.add(order);
    } else {
      enter(order, Origin.INFERRED);
    }
  }

  private void settle(byte side, Day.Event event) {
    Set<Long> before = now == 0 ? Set.of() : listed(side, day.events.get(now - 1));
    int level = 0;
    for (long price : listed(side, event)) {
      Place place = place(side, price);
      long published = event.sizes(side)[level];
      boolean fresh = !before.contains(price);
      if (fresh) {
        shrinkUnseen(place);
      }
      for (Order order : List.copyOf(place.waiting)) {
        if (order.size <= published - place.proven()) {
          for (Order probable : List.copyOf(place.queue.descendingSet())) {
            if (probable.probable && order.size > published - place.known()) {
              repairAway(probable);
            }
          }
        }
        if (order.size <= published - place.known()) {
          place.waiting.remove(order);
          enter(order, order.origin());
        }
      }
      long residual = published - place.known();
      if (residual < 0) {
        counter.overAttributions++;
        repair(place, -residual);
      }
      if (residual <= 0) {
        loseAll(place);
      } else if (fresh || residual != place.lastResidual) {
        takeBack(place, residual - place.residualWhenLeft);
      }
      place.lastResidual = published - place.known();
      this.published.get(level++).add(new Size(published, place.known(), place.proven()));
    }
  }

  private Fidelity fidelity(int inferredOrders) {
    List<Fidelity.Level> levels = new ArrayList<>();
    for (int level = 0; level < day.levels; level++) {
      List<Size> sizes = published.get(level);
      levels.add(
          new Fidelity.Level(
              level + 1,
              sizes.size(),
              sizes.stream().mapToLong(Size::published).sum(),
              sizes.stream().mapToLong(Size::proven).sum(),
              sizes.stream().mapToLong(size -> size.known - size.proven).sum(),
              sizes.stream()
                  .mapToDouble(size -> (double) size.proven / size.published)
                  .average()
                  .orElse(Double.NaN),
              sizes.stream()
                  .mapToDouble(size -> (double) size.known / size.published)
                  .average()
                  .orElse(Double.NaN)));
    }
    return new Fidelity(
        day.events.size(),
        levels,
        inferredOrders,
        counter.expiredOrders,
        counter.revalidatedOrders,
        counter.overAttributions,
        counter.visibleExecutions,
        counter.fifoExceptions,
        counter.unmatchedDeletes,
        counter.unmatchedReductions,
        counter.unknownReferences);
  }

  private void shrinkUnseen(Place place) {
    for (Order order : place.queue) {
      if (order.endsWithDelete
          && order.lastReference > now
          && order.entry < now
          && order.size > order.takenLater) {
        shrink(order, order.size - order.takenLater, Origin.INFERRED);
      }
    }
  }

  private void takeBack(Place place, long shares) {
    List<Order> fitting = fitting(place.candidates, shares);
    if (fitting.isEmpty() || shares <= 0) {
      return;
    }
    boolean loneRoundLot = fitting.size() == 1 && shares == Patience.ROUND_LOT;
    if (!patience.allows(
        day.events.get(now).timeNanos() - place.leftTime, now - place.leftIndex, loneRoundLot)) {
      return;
    }
    for (Order order : List.copyOf(place.candidates)) {
      if (fitting.contains(order)) {
        place.candidates.remove(order);
        enter(order, Origin.REVALIDATED);
        counter.revalidatedOrders++;
      } else {
        lose(order);
      }
    }
  }

  /** All candidates, or all but the only one without which they fit, or none. */
  private static List<Order> fitting(List<Order> candidates, long shares) {
    long sum = candidates.stream().mapToLong(order -> order.size).sum();
    if (sum == shares) {
      return candidates;
    }
    List<Order> without = candidates.stream().filter(order -> sum - order.size == shares).toList();
    return without.size() == 1
        ? candidates.stream().filter(order -> order != without.get(0)).toList()
        : List.of();
  }

  private void repair(Place place, long excess) {
    long left = excess;
    for (int certainty = 0; certainty < 4; certainty++) {
      for (Order order : List.copyOf(place.queue.descendingSet())) {
        long takeable =
            switch (certainty) {
              case 0 -> order.probable ? order.size : 0;
              case 1 -> order.lastReference > now ? order.size - order.takenLater : 0;
              case 2 -> order.lastReference > now ? 0 : order.size;
              default -> order.size;
            };
        long taken = Math.min(left, takeable);
        if (taken > 0) {
          left -= taken;
          if (taken == order.size) {
            repairAway(order);
          } else {
            shrink(order, taken, Origin.REPAIRED);
          }
        }
      }
    }
  }

  private void enter(Order order, Origin origin) {
    order.place.queue.add(order);
    order.inBook = true;
    order.probable = origin == Origin.REVALIDATED;
    emit(Action.ADD, order, order.size, order.size, origin);
  }

  private void shrink(Order order, long shares, Origin origin) {
    order.size -= shares;
    emit(Action.REDUCE, order, -shares, order.size, origin);
  }

  private void leave(Order order, Origin origin) {
    order.place.queue.remove(order);
    order.inBook = false;
    emit(Action.REMOVE, order, -order.size, 0, origin);
  }

  private void repairAway(Order order) {
    leave(order, Origin.REPAIRED);
    if (order.lastReference > now) {
      order.repairedAt = now;
      order.repairedAtTime = day.events.get(now).timeNanos();
      order.place.waiting.add(order);
    } else {
      exit(order, ExitReason.REPAIRED);
    }
  }

  private void loseAll(Place place) {
    List.copyOf(place.candidates).forEach(this::lose);
  }

  private void lose(Order order) {
    order.place.candidates.remove(order);
    exit(order, order.place.leftIndex, order.place.leftTime, ExitReason.LOST);
  }

  private long sharesAhead(Order order, Day.Event event) {
    int level = new ArrayList<>(listed(order.place.side, event)).indexOf(order.place.price);
    if (level < 0 || !order.inBook) {
      return OrderSink.UNKNOWN;
    }
    return event.sizes(order.place.side)[level]
        - order.place.queue.tailSet(order).stream().mapToLong(behind -> behind.size).sum();
  }

  private void snapshot(Day.Event event) {
    for (byte side : SIDES) {
      int level = 1;
      for (long price : listed(side, event)) {
        Place place = place(side, price);
        long residual = event.sizes(side)[level - 1] - place.known();
        if (residual > 0) {
          out.snapshots.add(
              new Recording.SnapshotRow(
                  now, side, level, price, 0, null, residual, null, null, Origin.RESIDUAL));
        }
        snapshot(place, level++);
      }
      List<Long> outwards = new ArrayList<>(places.get(side).keySet());
      outwards.sort(side > 0 ? Comparator.reverseOrder() : Comparator.naturalOrder());
      outwards.removeAll(listed(side, event));
      outwards.forEach(price -> snapshot(place(side, price), SnapshotSink.OUT_OF_SIGHT));
    }
  }

  private void snapshot(Place place, int level) {
    int position = 1;
    for (Order order : place.queue) {
      out.snapshots.add(
          new Recording.SnapshotRow(
              now,
              place.side,
              level,
              place.price,
              position++,
              order.id,
              order.size,
              (long) order.entry,
              order.entryTime,
              order.probable ? Origin.REVALIDATED : order.origin()));
    }
  }

  private void emit(Action action, Order order, long sizeChange, long remaining, Origin origin) {
    out.change(
        now,
        sequence++,
        action,
        order.id,
        order.place.side,
        order.place.price,
        sizeChange,
        remaining,
        origin);
  }

  private void exit(Order order, ExitReason reason) {
    exit(order, now, day.events.get(now).timeNanos(), reason);
  }

  private void exit(Order order, long exitIndex, long exitTime, ExitReason reason) {
    out.order(
        order.id,
        order.place.side,
        order.place.price,
        order.entry,
        order.entryTime,
        exitIndex,
        exitTime,
        order.entrySize,
        order.filled,
        order.cancelled,
        order.queueAhead,
        reason,
        order.origin());
  }
}
