package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.EventBatch;
import io.booklake.simulate.WrittenDay.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  @Test
  void equalPlansGiveEqualBytesAndAnotherSeedGivesOthers() throws Exception {
    DayPlan plan = Plans.everything(Activity.BUSY, 7).withEvents(5000);
    WrittenDay one = WrittenDay.of(plan);
    WrittenDay same = WrittenDay.of(plan);
    WrittenDay other = WrittenDay.of(Plans.everything(Activity.BUSY, 8).withEvents(5000));
    for (int depth : plan.levels()) {
      assertThat(same.messageBytes(depth)).isEqualTo(one.messageBytes(depth));
      assertThat(same.bookBytes(depth)).isEqualTo(one.bookBytes(depth));
      assertThat(other.messageBytes(depth)).isNotEqualTo(one.messageBytes(depth));
    }
  }

  /**
   * A change of these digests changes every simulated file that anyone keeps: say so in the notes.
   */
  @Test
  void theBytesAreTheSameOnEveryMachine() throws Exception {
    WrittenDay day = WrittenDay.of(Plans.everything(Activity.NORMAL, 42).withEvents(20_000));
    assertThat(sha256(day.messageBytes(10)))
        .isEqualTo("55f1aef945dae4b7765a2cce93794b6eb2d55aa004cdde68241d5a9e6001264e");
    assertThat(sha256(day.bookBytes(10)))
        .isEqualTo("d498f7c739fc40a648795eef5bd7cae3542819e7f43b0960f6952d04ef8a1690");
  }

  @Test
  void theDeepestPairDoesNotDependOnTheOtherDepths() throws Exception {
    DayPlan plan = Plans.everything(Activity.NORMAL, 3);
    assertThat(WrittenDay.of(plan).bookBytes(10))
        .isEqualTo(WrittenDay.of(plan.withLevels(10)).bookBytes(10));
  }

  @ParameterizedTest
  @EnumSource
  void theDeepestPairHoldsThePlannedNumberOfEvents(Activity activity) throws Exception {
    for (long events : new long[] {10, 11, 100, 1024, 2049}) {
      for (long seed = 0; seed < 20; seed++) {
        DayPlan plan = Plans.everything(activity, seed).withEvents(events);
        assertThat(WrittenDay.of(plan).messages(10)).hasSize((int) events);
        assertThat(WrittenDay.of(plan.withFeatures()).messages(10)).hasSize((int) events);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfEventOccurs(Activity activity) throws Exception {
    List<Message> messages =
        WrittenDay.of(Plans.everything(activity, 1).withEvents(10_000)).parsedMessages(10);
    Map<Integer, Long> counts =
        messages.stream().collect(Collectors.groupingBy(Message::type, Collectors.counting()));
    assertThat(counts).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7);
    assertThat(counts.get(1)).isBetween(4_000L, 5_200L);
    assertThat(counts.get(3)).isBetween(3_000L, 4_900L);
    assertThat(counts.get(6)).isEqualTo(2);
    assertThat(counts.get(7)).isEqualTo(3);
    long sharedTimes =
        messages.stream()
            .collect(Collectors.groupingBy(Message::time, Collectors.counting()))
            .values()
            .stream()
            .filter(rows -> rows > 1)
            .mapToLong(rows -> rows)
            .sum();
    assertThat(sharedTimes).isBetween(500L, 2_000L);
    assertThat(new HashSet<>(messages).size())
        .as("some lines are exact duplicates")
        .isLessThan(messages.size());
  }

  @Test
  void eventsCrowdAtTheOpenAndAtTheClose() throws Exception {
    int[] byHalfHour = new int[13];
    for (Message event :
        WrittenDay.of(Plans.everything(Activity.BUSY, 1).withFeatures().withEvents(20_000))
            .parsedMessages(10)) {
      double seconds = Double.parseDouble(event.time()) - 34_200;
      byHalfHour[Math.min(12, (int) (seconds / 1800))]++;
    }
    assertThat(byHalfHour[0]).isGreaterThan(2 * byHalfHour[6]);
    assertThat(byHalfHour[12]).isGreaterThan(2 * byHalfHour[6]);
    assertThat(Arrays.stream(byHalfHour)).allMatch(events -> events > 500);
  }

  @Test
  void theDayBeginsWithTheOpeningCrossAndEndsWithTheClosingCross() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      List<Message> messages =
          WrittenDay.of(Plans.everything(Activity.NORMAL, seed)).parsedMessages(10);
      List<Message> crosses = messages.stream().filter(event -> event.type() == 6).toList();
      assertThat(crosses).extracting(Message::orderId).containsExactly(-1L, -2L);
      assertThat(crosses).allMatch(event -> event.direction() == -1 && event.size() > 1000);
      assertThat(messages.indexOf(crosses.get(0))).isBetween(0, 3);
      assertThat(messages.get(messages.size() - 1)).isEqualTo(crosses.get(1));
    }
  }

  @Test
  void aHaltStopsTradingThenQuotesComeBackThenTrading() throws Exception {
    boolean quotedWhileHalted = false;
    for (int seed = 0; seed < 50; seed++) {
      List<Message> messages =
          WrittenDay.of(Plans.everything(Activity.NORMAL, seed).withEvents(2000))
              .parsedMessages(10);
      List<Integer> halts = new ArrayList<>();
      for (int k = 0; k < messages.size(); k++) {
        if (messages.get(k).type() == 7) {
          halts.add(k);
        }
      }
      assertThat(halts).hasSize(3);
      assertThat(halts).extracting(k -> messages.get(k).price()).containsExactly(-1L, 0L, 1L);
      assertThat(halts)
          .allMatch(
              k ->
                  messages.get(k).orderId() == 0
                      && messages.get(k).size() == 0
                      && messages.get(k).direction() == -1);
      assertThat(halts.get(1)).as("nothing happens before quoting").isEqualTo(halts.get(0) + 1);
      List<Message> quoting = messages.subList(halts.get(1) + 1, halts.get(2));
      assertThat(quoting).allMatch(event -> event.type() <= 3);
      quotedWhileHalted |= quoting.stream().anyMatch(event -> event.type() == 1);
      double halted = Double.parseDouble(messages.get(halts.get(0)).time());
      double resumed = Double.parseDouble(messages.get(halts.get(2)).time());
      assertThat(resumed - halted).as("seconds halted").isBetween(120.0, 3600.0);
    }
    assertThat(quotedWhileHalted).isTrue();
  }

  @Test
  void withoutFeaturesThereAreVisibleOrdersAlone() throws Exception {
    DayPlan plan = Plans.everything(Activity.BUSY, 1).withEvents(3000).withFeatures();
    assertThat(WrittenDay.of(plan).parsedMessages(10)).allMatch(event -> event.type() <= 4);
  }

  @Test
  void hiddenExecutionsTellTheirSideUntilNasdaqMaskedIt() throws Exception {
    assertThat(
            hiddenDirections(
                new DayPlan(
                    Plans.listing(Activity.NORMAL),
                    Plans.SIDE_MASKED.minusDays(1),
                    List.of(1),
                    2000,
                    1,
                    Set.of(Feature.HIDDEN_ORDERS))))
        .containsExactlyInAnyOrder(1, -1);
    assertThat(
            hiddenDirections(
                new DayPlan(
                    Plans.listing(Activity.NORMAL),
                    Plans.SIDE_MASKED,
                    List.of(1),
                    2000,
                    1,
                    Set.of(Feature.HIDDEN_ORDERS))))
        .containsExactly(1);
  }

  @Test
  void onlyHiddenExecutionsFallOffTheGrid() throws Exception {
    List<Message> messages =
        WrittenDay.of(Plans.everything(Activity.NORMAL, 1).withEvents(5000)).parsedMessages(10);
    List<Message> offGrid =
        messages.stream().filter(event -> event.type() != 7 && event.price() % 100 != 0).toList();
    assertThat(offGrid).isNotEmpty().allMatch(event -> event.type() == 5 && event.orderId() == 0);
  }

  @Test
  void aQuietBookHasEmptyLevelsAndNowAndThenAnEmptySide() throws Exception {
    List<String> books =
        WrittenDay.of(Plans.everything(Activity.QUIET, 5).withEvents(20_000)).books(10);
    assertThat(books).anyMatch(row -> row.endsWith(",9999999999,0,-9999999999,0"));
    assertThat(books).anyMatch(row -> row.matches("9999999999,0,.*|\\d+,\\d+,-9999999999,0,.*"));
  }

  @Test
  void pricesNearSixBillionKeepAllTheirDigits() throws Exception {
    Listing listing = new Listing("BRK.A", 6_000_000_000L, 10_000, Activity.NORMAL);
    DayPlan plan = DayPlan.of(listing, Plans.SIDE_SHOWN, 1).withEvents(2000);
    assertThat(WrittenDay.of(plan).parsedMessages(10))
        .allMatch(event -> Math.abs(event.price() - 6_000_000_000L) < 50_000_000L);
  }

  @Test
  void theLocaleOfTheMachineDoesNotMatter() throws Exception {
    DayPlan plan = Plans.everything(Activity.NORMAL, 1);
    byte[] expected = WrittenDay.of(plan).messageBytes(10);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(WrittenDay.of(plan).messageBytes(10)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void batchesOfADepthFollowOneAnotherWithoutGaps() throws Exception {
    DayPlan plan = Plans.everything(Activity.BUSY, 1).withEvents(5000);
    long[] next = new long[11];
    new Simulation(
            plan,
            batch -> {
              assertThat(batch.rows).isBetween(1, EventBatch.DEFAULT_CAPACITY);
              assertThat(batch.firstIndex).isEqualTo(next[batch.levels]);
              next[batch.levels] += batch.rows;
            })
        .run();
    assertThat(next[10]).isEqualTo(5000);
  }

  @Test
  void aSinkThatFailsEndsTheDayWithItsOwnException() {
    IOException full = new IOException("no space left");
    Simulation simulation =
        new Simulation(
            Plans.everything(Activity.BUSY, 1).withEvents(5000),
            batch -> {
              throw full;
            });
    assertThatThrownBy(simulation::run).isSameAs(full);
  }

  @Test
  void aDayIsPlayedOnce() throws Exception {
    Simulation simulation = new Simulation(Plans.everything(Activity.QUIET, 1), batch -> {});
    simulation.run();
    assertThatThrownBy(simulation::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("new Simulation");
  }

  private static Set<Integer> hiddenDirections(DayPlan plan) throws Exception {
    return WrittenDay.of(plan).parsedMessages(1).stream()
        .filter(event -> event.type() == 5)
        .map(Message::direction)
        .collect(Collectors.toSet());
  }

  private static String sha256(byte[] bytes) throws Exception {
    assertThat(new String(bytes, StandardCharsets.US_ASCII)).endsWith("\n");
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
