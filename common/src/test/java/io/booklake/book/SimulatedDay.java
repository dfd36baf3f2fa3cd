package io.booklake.book;

import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Feature;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated ticker-day at several depths, with the true book at sampled events of each. */
final class SimulatedDay {

  /** A resting order as it really is. */
  record True(long orderId, byte direction, long priceTicks, long size) {}

  final Map<Integer, Day> days = new TreeMap<>();

  /** By depth and event: the true orders, each price in queue order. */
  private final Map<Integer, Map<Long, List<True>>> truth = new HashMap<>();

  SimulatedDay(DayPlan plan, int sampleInterval) throws IOException {
    for (int depth : plan.levels()) {
      days.put(depth, new Day(depth));
      truth.put(depth, new HashMap<>());
    }
    new Simulation(
            plan,
            batch -> days.get(batch.levels).add(batch),
            (depth, eventIndex, exchange) -> {
              if (eventIndex % sampleInterval == 0) {
                List<True> book = new ArrayList<>();
                for (byte side : new byte[] {1, -1}) {
                  exchange.forEachOrder(
                      side,
                      Integer.MAX_VALUE,
                      (level, price, id, size, entry) -> book.add(new True(id, side, price, size)));
                }
                truth.get(depth).put(eventIndex, book);
              }
            })
        .run();
  }

  /** Rebuilds one depth and holds every order that it names at sampled events against the truth. */
  Accuracy accuracy(int depth, Recording recording) {
    Day day = days.get(depth);
    Accuracy accuracy = new Accuracy();
    BookReplay replay = new BookReplay();
    int next = 0;
    for (int index = 0; index < day.events.size(); index++) {
      while (next < recording.changes.size() && recording.changes.get(next).eventIndex() == index) {
        ReplayCheck.apply(replay, recording.changes.get(next++));
      }
      List<True> book = truth.get(depth).get((long) index);
      if (book != null) {
        compare(replay, book, day.events.get(index), accuracy);
      }
    }
    return accuracy;
  }

  private static void compare(
      BookReplay replay, List<True> book, Day.Event event, Accuracy accuracy) {
    Map<Long, True> byId = new LinkedHashMap<>();
    Map<Long, Integer> rank = new HashMap<>();
    for (True order : book) {
      byId.put(order.orderId, order);
      rank.put(order.orderId, rank.size());
    }
    Map<Long, Integer> lastRank = new HashMap<>();
    for (BookReplay.Order order : replay.orders()) {
      boolean probable = order.origin() == Origin.REVALIDATED;
      True truth = byId.get(order.orderId());
      boolean there =
          truth != null
              && truth.direction == order.direction()
              && truth.priceTicks == order.priceTicks();
      if (probable) {
        accuracy.probable++;
        accuracy.probableWrong += there ? 0 : 1;
      } else {
        accuracy.proven++;
        accuracy.provenWrong += there ? 0 : 1;
      }
      if (there) {
        int wrong = truth.size == order.size() ? 0 : 1;
        if (shows(event, order)) {
          accuracy.inSight++;
          accuracy.sizeWrongInSight += wrong;
        } else {
          accuracy.outOfSight++;
          accuracy.sizeWrongOutOfSight += wrong;
        }
        int place = rank.get(order.orderId());
        Integer before = lastRank.put(order.direction() * order.priceTicks(), place);
        accuracy.misplaced += before == null || before < place ? 0 : 1;
      }
    }
    for (byte side : new byte[] {1, -1}) {
      for (int level = 0; level < event.sizes(side).length; level++) {
        accuracy.publishedShares += event.sizes(side)[level];
        for (BookReplay.Order order : replay.queue(side, event.prices(side)[level])) {
          True truth = byId.get(order.orderId());
          accuracy.trueShares += truth == null ? 0 : Math.min(truth.size, order.size());
        }
      }
    }
  }

  private static boolean shows(Day.Event event, BookReplay.Order order) {
    return Arrays.stream(event.prices(order.direction()))
        .anyMatch(price -> price == order.priceTicks());
  }

  /** Busy, normal and quiet days with all features, published at 10, 5, 3 and 1 levels. */
  static DayPlan plan(long seed, long events) {
    Activity[] activities = Activity.values();
    long price = seed % 5 == 4 ? 5_900_000_000L : 1_000_000L;
    return DayPlan.of(
            Listing.of("SIM", price, activities[(int) (seed % activities.length)]),
            LocalDate.of(2012, 6, 21),
            seed)
        .withLevels(10, 5, 3, 1)
        .withEvents(events)
        .withFeatures(Feature.values());
  }

  /** Rebuilds a number of days of 20,000 events at one depth; every 37th event is compared. */
  static Accuracy accuracyOfDays(int days, int depth) throws IOException {
    Accuracy accuracy = new Accuracy();
    for (long seed = 0; seed < days; seed++) {
      SimulatedDay simulated = new SimulatedDay(plan(seed, 20_000), 37);
      Recording recording = Recording.of(simulated.days.get(depth), 1000, 1024);
      accuracy.add(simulated.accuracy(depth, recording));
    }
    return accuracy;
  }

  /** Prints the table of docs/fidelity.md for a number of days. */
  public static void main(String[] arguments) throws IOException {
    for (int depth : new int[] {1, 3, 5, 10}) {
      Accuracy accuracy = accuracyOfDays(Integer.parseInt(arguments[0]), depth);
      System.out.println("| " + depth + " | " + accuracy.row());
    }
  }
}
