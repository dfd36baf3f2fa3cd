package io.booklake.book;

import io.booklake.model.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A tiny, busy ticker-day over a handful of prices, so that orders leave the window and come back
 * all the time. Rows are always true; with noise some messages are not.
 */
final class RandomDay {
  private static final long[] SIZES = {100, 100, 100, 200, 50, 10};

  private static final class Resting {
    final long id;
    final byte side;
    final long price;
    long size;

    Resting(long id, byte side, long price, long size) {
      this.id = id;
      this.side = side;
      this.price = price;
      this.size = size;
    }
  }

  private final Random random;
  private final Day day;
  private final double noise;
  private final List<Resting> book = new ArrayList<>();
  private long nextId = 1000;
  private long timeNanos = 34_200_000_000_000L;

  private RandomDay(long seed, int levels, double noise) {
    random = new Random(seed);
    day = new Day(levels);
    this.noise = noise;
  }

  /**
   * A day.
   *
   * @param noise share of messages that are wrong: another size, another order, or missing
   */
  static Day of(long seed, int levels, int steps, double noise) {
    return new RandomDay(seed, levels, noise).play(steps);
  }

  private Day play(int steps) {
    for (int i = random.nextInt(12); i > 0; i--) {
      submit();
    }
    for (int step = 0; step < steps; step++) {
      timeNanos += (long) (random.nextDouble() * random.nextDouble() * 4_000_000_000L);
      step();
    }
    return day;
  }

  private void step() {
    Day.Event before = row(EventType.HALT, 0, 0, -1, (byte) -1);
    int dice = random.nextInt(100);
    if (book.isEmpty() || dice < 45) {
      Resting order = submit();
      publish(before, EventType.NEW_ORDER, order, order.size);
    } else if (dice < 80) {
      Resting order = book.get(random.nextInt(book.size()));
      take(before, EventType.DELETE, order, order.size);
    } else if (dice < 86) {
      Resting order = book.get(random.nextInt(book.size()));
      take(before, EventType.PARTIAL_CANCEL, order, 1L + random.nextInt((int) order.size));
    } else if (dice < 97) {
      Resting order = best(random.nextBoolean() ? (byte) 1 : (byte) -1);
      take(before, EventType.VISIBLE_EXECUTION, order, 1L + random.nextInt((int) order.size));
    } else {
      byte type = (byte) (EventType.HIDDEN_EXECUTION + random.nextInt(3));
      day.events.add(row(type, type == EventType.CROSS_TRADE ? -1 : 0, 0, -1, (byte) -1));
    }
  }

  private Resting submit() {
    byte side = random.nextBoolean() ? (byte) 1 : (byte) -1;
    long distance = 1L + random.nextInt(6);
    long price = 1_000_000 - side * 100 * distance;
    nextId += 1 + random.nextInt(3);
    Resting order = new Resting(nextId, side, price, SIZES[random.nextInt(SIZES.length)]);
    book.add(order);
    return order;
  }

  private Resting best(byte side) {
    return book.stream()
        .filter(order -> order.side == side)
        .min(
            Comparator.comparingLong((Resting order) -> -side * order.price)
                .thenComparingLong(order -> order.id))
        .orElse(book.get(0));
  }

  private void take(Day.Event before, byte type, Resting order, long size) {
    order.size -= size;
    if (order.size == 0) {
      book.remove(order);
    }
    publish(before, type, order, size);
  }

  private void publish(Day.Event before, byte type, Resting order, long size) {
    long id = order.id;
    long told = size;
    if (random.nextDouble() < noise) {
      switch (random.nextInt(3)) {
        case 0 -> told = 1L + random.nextInt(200);
        case 1 -> id = 1000L + random.nextInt((int) (nextId - 999));
        default -> {
          return;
        }
      }
    }
    Day.Event event = row(type, id, told, order.price, order.side);
    if (visible(before, order) || visible(event, order)) {
      day.events.add(event);
    }
  }

  private static boolean visible(Day.Event event, Resting order) {
    long[] prices = event.prices(order.side);
    int last = prices.length - 1;
    return event.sizes(order.side)[last] == 0
        || (order.side > 0 ? order.price >= prices[last] : order.price <= prices[last]);
  }

  private Day.Event row(byte type, long id, long size, long price, byte direction) {
    TreeMap<Long, Long> asks = new TreeMap<>();
    TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    for (Resting order : book) {
      (order.side > 0 ? bids : asks).merge(order.price, order.size, Long::sum);
    }
    return new Day.Event(
        day.events.size(),
        timeNanos,
        type,
        id,
        size,
        price,
        direction,
        Day.padded((byte) -1, day.levels, top(asks.keySet().stream().toList())),
        Arrays.copyOf(top(List.copyOf(asks.values())), day.levels),
        Day.padded((byte) 1, day.levels, top(bids.keySet().stream().toList())),
        Arrays.copyOf(top(List.copyOf(bids.values())), day.levels));
  }

  private long[] top(List<Long> values) {
    return values.stream().limit(day.levels).mapToLong(Long::longValue).toArray();
  }
}
