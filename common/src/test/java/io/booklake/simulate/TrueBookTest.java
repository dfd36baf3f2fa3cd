package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.Direction;
import io.booklake.model.Price;
import io.booklake.simulate.WrittenDay.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an {@link Observer} sees, held against what is published. */
class TrueBookTest {
  private static final int SEEDS = 20;

  @ParameterizedTest
  @EnumSource
  void thePublishedRowIsTheSumOfTheTrueQueues(Activity activity) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Map<Integer, List<String>> sums = new TreeMap<>();
      DayPlan plan = Plans.everything(activity, seed);
      WrittenDay day =
          WrittenDay.of(
              plan,
              (levels, eventIndex, exchange) -> {
                List<String> rows = sums.computeIfAbsent(levels, key -> new ArrayList<>());
                assertThat(eventIndex).isEqualTo(rows.size());
                rows.add(row(exchange, levels));
              });
      for (int depth : plan.levels()) {
        assertThat(sums.get(depth)).isEqualTo(day.books(depth));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void insideALevelOrdersStandByArrival(Activity activity) throws Exception {
    List<String> violations = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      WrittenDay.of(
          Plans.everything(activity, seed).withLevels(10),
          (levels, eventIndex, exchange) -> {
            for (byte direction : new byte[] {Direction.BUY, Direction.SELL}) {
              List<Resting> orders = orders(exchange, direction);
              for (int i = 1; i < orders.size(); i++) {
                Resting ahead = orders.get(i - 1);
                Resting behind = orders.get(i);
                if (behind.size <= 0
                    || !(behindInQueue(ahead, behind) || nextLevel(ahead, behind, direction))) {
                  violations.add(ahead + " before " + behind);
                }
              }
            }
          });
    }
    assertThat(violations).isEmpty();
  }

  private static boolean behindInQueue(Resting ahead, Resting behind) {
    return behind.level == ahead.level
        && behind.price == ahead.price
        && behind.orderId > ahead.orderId
        && behind.entryTimeNanos >= ahead.entryTimeNanos;
  }

  private static boolean nextLevel(Resting ahead, Resting behind, byte direction) {
    return behind.level == ahead.level + 1 && (ahead.price - behind.price) * direction > 0;
  }

  @ParameterizedTest
  @EnumSource
  void anExecutionHitsTheOrderThatStoodFirst(Activity activity) throws Exception {
    int executions = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Map<Integer, Long>> heads = new ArrayList<>();
      WrittenDay day =
          WrittenDay.of(
              Plans.everything(activity, seed).withLevels(3),
              (levels, eventIndex, exchange) -> {
                Map<Integer, Long> head = new TreeMap<>();
                for (byte direction : new byte[] {Direction.BUY, Direction.SELL}) {
                  orders(exchange, direction).stream()
                      .findFirst()
                      .ifPresent(order -> head.put((int) direction, order.orderId));
                }
                heads.add(head);
              });
      List<Message> messages = day.parsedMessages(3);
      for (int k = 1; k < messages.size(); k++) {
        Message event = messages.get(k);
        if (event.type() == 4) {
          assertThat(heads.get(k - 1)).containsEntry(event.direction(), event.orderId());
          executions++;
        }
      }
    }
    assertThat(executions).isPositive();
  }

  @Test
  void ordersLiveBeyondTheWindowAndComeFromBeforeTheOpen() throws Exception {
    Set<Long> submitted = new HashSet<>();
    Set<Long> preOpen = new HashSet<>();
    DayPlan plan = Plans.everything(Activity.BUSY, 1).withLevels(1);
    WrittenDay day =
        WrittenDay.of(
            plan,
            (levels, eventIndex, exchange) -> {
              if (eventIndex == 0) {
                for (Resting order : orders(exchange, Direction.BUY)) {
                  if (order.entryTimeNanos < 34_200_000_000_000L) {
                    preOpen.add(order.orderId);
                  }
                }
                assertThat(orders(exchange, Direction.BUY)).anyMatch(order -> order.level > 10);
              }
            });
    boolean referencesUnseen = false;
    boolean referencesPreOpen = false;
    for (Message event : day.parsedMessages(1)) {
      if (event.type() == 1) {
        submitted.add(event.orderId());
      } else if (event.type() <= 4 && !submitted.contains(event.orderId())) {
        referencesPreOpen |= preOpen.contains(event.orderId());
        referencesUnseen |= !preOpen.contains(event.orderId());
      }
    }
    assertThat(referencesPreOpen).isTrue();
    assertThat(referencesUnseen).isTrue();
  }

  private record Resting(int level, long price, long orderId, long size, long entryTimeNanos) {}

  private static List<Resting> orders(ExchangeView exchange, byte direction) {
    List<Resting> orders = new ArrayList<>();
    exchange.forEachOrder(
        direction,
        Integer.MAX_VALUE,
        (level, priceTicks, orderId, size, entryTimeNanos) ->
            orders.add(new Resting(level, priceTicks, orderId, size, entryTimeNanos)));
    return orders;
  }

  private static String row(ExchangeView exchange, int levels) {
    long[][] asks = sums(exchange, Direction.SELL, levels, Price.EMPTY_ASK);
    long[][] bids = sums(exchange, Direction.BUY, levels, Price.EMPTY_BID);
    List<String> numbers = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      numbers.add(asks[level][0] + "," + asks[level][1]);
      numbers.add(bids[level][0] + "," + bids[level][1]);
    }
    return String.join(",", numbers);
  }

  private static long[][] sums(ExchangeView exchange, byte direction, int levels, long empty) {
    long[][] sums = new long[levels][];
    for (int level = 0; level < levels; level++) {
      sums[level] = new long[] {empty, 0};
    }
    exchange.forEachOrder(
        direction,
        levels,
        (level, priceTicks, orderId, size, entryTimeNanos) -> {
          sums[level][0] = priceTicks;
          sums[level][1] += size;
        });
    return sums;
  }
}
