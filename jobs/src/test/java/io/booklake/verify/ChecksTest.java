package io.booklake.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that need no Spark, on simulated days, many of them with messages that are wrong. */
class ChecksTest {
  private static final List<String> CHECKS =
      List.of("row_counts", "event_times", "replay", "orders", "trades");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatTheEngineHandsOutPassesOnSoundDays(int levels) throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      assertSound(CheckedDay.simulated(seed, levels, 600, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void andOnDaysWithNumbersUsedTwiceAndSizesThatAreWrong(int levels) throws IOException {
    long unknown = 0;
    for (long seed = 0; seed < 40; seed++) {
      CheckedDay day = CheckedDay.simulated(seed, levels, 600, 0.1);
      assertSound(day);
      unknown += day.figures.get("unknown_reference_count");
    }
    assertThat(unknown).isPositive();
  }

  private static void assertSound(CheckedDay day) {
    for (String check : CHECKS) {
      CheckResult result = day.result(check);
      assertThat(result.state()).as(result.toString()).isEqualTo(CheckResult.State.OK);
      assertThat(result.rows()).isPositive();
    }
  }

  @Test
  void everyLostRowOfTheChangeStreamIsFound() throws IOException {
    CheckedDay day = CheckedDay.simulated(7, 3, 300, 0);
    for (int lost = 0; lost < day.changes.size(); lost++) {
      ChangeRow row = day.changes.remove(lost);
      assertThat(
              day.result("replay").state() == CheckResult.State.FAILED
                  || day.result("orders").state() == CheckResult.State.FAILED)
          .as("without %s", row)
          .isTrue();
      day.changes.add(lost, row);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "published_shares",
        "proven_shares",
        "probable_shares",
        "expired_order_count",
        "revalidated_order_count"
      })
  void everyChangedFigureOfFidelityIsFound(String figure) throws IOException {
    CheckedDay day = CheckedDay.simulated(7, 3, 5_000, 0);
    long noted = day.figures.merge(figure, 1L, Long::sum);
    assertThat(noted).isGreaterThan(1);
    assertThat(day.result("replay").note())
        .isEqualTo("ticker_days: %s found %d, mbo and depth give %d", figure, noted, noted - 1);
  }

  @Test
  void everyLostRowOfASnapshotIsFound() throws IOException {
    CheckedDay day = CheckedDay.simulated(8, 3, 300, 0);
    for (int lost = 0; lost < day.snapshots.size(); lost++) {
      SnapshotRow row = day.snapshots.remove(lost);
      assertThat(day.result("replay").note())
          .as("without %s", row)
          .startsWith("book_snapshots, event_index " + row.snapshotIndex());
      day.snapshots.add(lost, row);
    }
  }

  @Test
  void everyLostLifeIsFound() throws IOException {
    CheckedDay day = CheckedDay.simulated(9, 3, 300, 0.1);
    for (int lost = 0; lost < day.orders.size(); lost++) {
      OrderRow row = day.orders.remove(lost);
      assertThat(day.result("orders").state())
          .as("without %s", row)
          .isEqualTo(CheckResult.State.FAILED);
      day.orders.add(lost, row);
    }
  }

  @Test
  void everyLostTradeIsFound() throws IOException {
    CheckedDay day = CheckedDay.simulated(12, 2, 600, 0);
    assertThat(day.trades).isNotEmpty();
    for (int lost = 0; lost < day.trades.size(); lost++) {
      TradeRow row = day.trades.remove(lost);
      assertThat(day.result("trades").note())
          .isEqualTo(
              "trades, event_index "
                  + row.eventIndex()
                  + ": no trade, but messages hold an execution");
      day.trades.add(lost, row);
    }
  }

  @Test
  void everyChangedSizeAboveTheDeepestLevelIsFoundByTheRowsAroundIt() throws IOException {
    CheckedDay day = CheckedDay.simulated(10, 3, 300, 0);
    for (BookRow row : day.books) {
      for (long[] sizes : List.of(row.askSizes(), row.bidSizes())) {
        for (int level = 0; level < sizes.length - 1; level++) {
          sizes[level]++;
          assertThat(day.result("row_counts").state())
              .as("level %d of %d", level + 1, row.eventIndex())
              .isEqualTo(CheckResult.State.FAILED);
          sizes[level]--;
        }
      }
    }
  }

  @Test
  void aShallowDayIsTheCutOfTheDeeperOneAndEveryLostEventIsFound() throws IOException {
    List<CheckedDay> days = CheckedDay.simulated(11, List.of(5, 2), 600, 0);
    List<Event> deep = days.get(0).events();
    List<Event> shallow = days.get(1).events();
    CheckResult sound = cut(days.get(1), deep, shallow);
    assertThat(sound.state()).as(sound.note()).isEqualTo(CheckResult.State.OK);
    assertThat(sound.rows()).isEqualTo(shallow.size());

    for (int lost = 1; lost < shallow.size(); lost++) {
      Event event = shallow.remove(lost);
      assertThat(cut(days.get(1), deep, shallow).state())
          .as("without %s", event.message())
          .isEqualTo(CheckResult.State.FAILED);
      shallow.add(lost, event);
    }
  }

  private static CheckResult cut(CheckedDay day, List<Event> deep, List<Event> shallow) {
    return new CutCheck(day.tickerDay, 5).of(deep.iterator(), shallow.iterator());
  }
}
