package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.PairQuality;
import io.booklake.format.lobster.PairReader;
import io.booklake.model.Price;
import io.booklake.simulate.WrittenDay.Message;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the LOBSTER format, held against the text of many small simulated days. */
class PublishedRulesTest {
  private static final int SEEDS = 60;

  @ParameterizedTest
  @EnumSource
  void everyRowIsTheRowBeforePlusTheEvent(Activity activity) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      WrittenDay day = WrittenDay.of(Plans.everything(activity, seed));
      for (int depth : List.of(10, 5, 1)) {
        List<Message> messages = day.parsedMessages(depth);
        List<Row> rows = day.books(depth).stream().map(Row::of).toList();
        assertThat(rows).hasSameSizeAs(messages);
        for (int k = 1; k < rows.size(); k++) {
          Row before = rows.get(k - 1);
          Row after = rows.get(k);
          Message event = messages.get(k);
          String where = activity + " seed " + seed + " depth " + depth + " event " + k;
          boolean buy = event.direction() == 1;
          assertThat(buy ? after.asks : after.bids)
              .as(where + ", the other side")
              .isEqualTo(buy ? before.asks : before.bids);
          assertFollows(
              buy ? before.bids : before.asks, event, buy ? after.bids : after.asks, depth, where);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRowIsSortedAndNeverCrossedAndHasItsEmptyLevelsAtTheEnd(Activity activity)
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (String line : WrittenDay.of(Plans.everything(activity, seed)).books(10)) {
        Row row = Row.of(line);
        for (NavigableMap<Long, Long> side : List.of(row.asks, row.bids)) {
          Row.check(side.keySet().stream().allMatch(price -> price % 100 == 0), "off grid", line);
        }
        if (!row.asks.isEmpty() && !row.bids.isEmpty()) {
          assertThat(row.asks.firstKey()).isGreaterThan(row.bids.firstKey());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void timesNeverFallAndStayInTheSessionAndHaveThreeToNineDecimals(Activity activity)
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      BigDecimal last = new BigDecimal("34200");
      for (Message event : WrittenDay.of(Plans.everything(activity, seed)).parsedMessages(10)) {
        assertThat(event.time()).matches("\\d{5}\\.(\\d{3}|\\d{3,8}[1-9])");
        BigDecimal time = new BigDecimal(event.time());
        assertThat(time).isBetween(last, new BigDecimal("57600"));
        last = time;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyVisibleExecutionIsAtTheBestPriceOfTheRowBefore(Activity activity) throws Exception {
    int executions = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      WrittenDay day = WrittenDay.of(Plans.everything(activity, seed));
      List<Message> messages = day.parsedMessages(10);
      for (int k = 1; k < messages.size(); k++) {
        Message event = messages.get(k);
        if (event.type() == 4) {
          Row before = Row.of(day.books(10).get(k - 1));
          NavigableMap<Long, Long> side = event.direction() == 1 ? before.bids : before.asks;
          assertThat(event.price()).isEqualTo(side.firstKey());
          executions++;
        }
      }
    }
    assertThat(executions).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aShallowPairIsTheDeepOneCutToTheEventsThatTouchItsLevels(Activity activity)
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      WrittenDay day = WrittenDay.of(Plans.everything(activity, seed));
      List<Message> messages = day.parsedMessages(10);
      for (int depth : List.of(5, 1)) {
        List<String> expectedMessages = new ArrayList<>();
        List<String> expectedBooks = new ArrayList<>();
        for (int k = 0; k < messages.size(); k++) {
          Message event = messages.get(k);
          String book = day.books(10).get(k);
          Row row = Row.of(book);
          NavigableMap<Long, Long> side = event.direction() == 1 ? row.bids : row.asks;
          if (event.type() >= 5 || side.headMap(event.price()).size() < depth) {
            expectedMessages.add(day.messages(10).get(k));
            expectedBooks.add(String.join(",", List.of(book.split(",")).subList(0, 4 * depth)));
          }
        }
        assertThat(day.messages(depth)).isEqualTo(expectedMessages);
        assertThat(day.books(depth)).isEqualTo(expectedBooks);
        assertThat(day.messages(depth).size()).isLessThan(messages.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void idsRiseAndNoOrderGivesMoreThanItHad(Activity activity) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Map<Long, Long> left = new HashMap<>();
      Set<Long> gone = new HashSet<>();
      long lastId = 0;
      for (Message event : WrittenDay.of(Plans.everything(activity, seed)).parsedMessages(10)) {
        if (event.type() == 1) {
          assertThat(event.orderId()).isGreaterThan(lastId);
          lastId = event.orderId();
          left.put(event.orderId(), event.size());
        } else if (event.type() <= 4) {
          assertThat(gone).doesNotContain(event.orderId());
          assertThat(event.size()).isPositive();
          long rest = left.merge(event.orderId(), -event.size(), Long::sum);
          if (event.type() == 3 || rest == 0) {
            gone.add(event.orderId());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProductionParserAcceptsEveryRowAndFindsNoBrokenTransition(Activity activity)
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      DayPlan plan = Plans.everything(activity, seed);
      WrittenDay day = WrittenDay.of(plan);
      for (int depth : plan.levels()) {
        FileName name = plan.fileName(depth, FileName.Kind.MESSAGE);
        PairQuality quality = new PairQuality(depth);
        try (PairReader reader =
            new PairReader(
                name.tickerDay(),
                PairReader.Projection.all(name.tickerDay()),
                name.toString(),
                new ByteArrayInputStream(day.messageBytes(depth)),
                name.other().toString(),
                new ByteArrayInputStream(day.bookBytes(depth)))) {
          EventBatch batch = reader.newBatch();
          while (reader.read(batch)) {
            quality.add(batch);
          }
        }
        assertThat(quality.rows()).isEqualTo(day.messages(depth).size());
        assertThat(quality.brokenTransitions()).isZero();
        assertThat(quality.crossedRows()).isZero();
        assertThat(quality.halts()).isEqualTo(1);
      }
    }
  }

  private static void assertFollows(
      NavigableMap<Long, Long> before,
      Message event,
      NavigableMap<Long, Long> after,
      int depth,
      String where) {
    NavigableMap<Long, Long> expected = new TreeMap<>(before);
    if (event.type() == 1) {
      expected.merge(event.price(), event.size(), Long::sum);
      if (expected.size() > depth) {
        expected.pollLastEntry();
      }
    } else if (event.type() <= 4) {
      assertThat(before).as(where).containsKey(event.price());
      long rest = expected.merge(event.price(), -event.size(), Long::sum);
      assertThat(rest).as(where).isNotNegative();
      if (rest == 0) {
        expected.remove(event.price());
        if (after.size() == depth) {
          // The level that came into sight: nothing in the file says what it holds.
          Map.Entry<Long, Long> edge = after.lastEntry();
          assertThat(expected.tailMap(edge.getKey())).as(where).isEmpty();
          expected.put(edge.getKey(), edge.getValue());
        }
      }
    }
    assertThat(after).as(where).isEqualTo(expected);
  }

  /** One row: size by price, best price first; empty levels left out. */
  private record Row(NavigableMap<Long, Long> asks, NavigableMap<Long, Long> bids) {
    static Row of(String line) {
      String[] parts = line.split(",", -1);
      Row row = new Row(new TreeMap<>(), new TreeMap<>(Comparator.reverseOrder()));
      for (int column = 0; column < parts.length; column += 2) {
        boolean ask = column % 4 == 0;
        long price = Long.parseLong(parts[column]);
        long size = Long.parseLong(parts[column + 1]);
        NavigableMap<Long, Long> side = ask ? row.asks : row.bids;
        if (size == 0) {
          check(price == (ask ? Price.EMPTY_ASK : Price.EMPTY_BID), "no placeholder", line);
        } else {
          check(side.size() == column / 4, "an empty level before an occupied one", line);
          check(
              side.isEmpty() || (ask ? side.lastKey() < price : side.lastKey() > price),
              "not sorted",
              line);
          side.put(price, size);
        }
      }
      return row;
    }

    /** Plain, because it runs for every level of every row of thousands of days. */
    private static void check(boolean holds, String otherwise, String line) {
      if (!holds) {
        throw new AssertionError(otherwise + ": " + line);
      }
    }
  }
}
