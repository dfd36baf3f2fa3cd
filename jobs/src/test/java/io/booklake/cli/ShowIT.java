package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a lake is shown, and what is said of the rest. */
class ShowIT {
  @TempDir static Path folder;
  private static Path lake;

  @BeforeAll
  static void makeALake() {
    Path landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 2, "--events", 2_000);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:10s,events:500", "--empty-bars");
  }

  @Test
  void theLimitIsSpokenOfOnlyWhereItLeavesRowsOut() {
    assertThat(show("ticker-days", "--limit", 2)).contains(": 2 rows").doesNotContain("(--limit)");
    assertThat(show("ticker-days", "--limit", 1)).contains(": 1 rows (--limit)");
    assertThat(show("messages", "--index", "7", "--limit", 2))
        .contains(": 2 rows")
        .doesNotContain("(--limit)");
    assertThat(show("messages", "--index", "7", "--limit", 1)).contains(": 1 rows (--limit)");
    assertThat(show("candles", "--limit", 2)).contains(": 2 rows (--limit)");
    assertThat(show("messages", "--index", "7", "--limit", Integer.MAX_VALUE)).contains(": 2 rows");
  }

  @Test
  void ofTheBookTheLimitIsForTheOrdersOfALevelInEveryFormat() {
    Function<JsonNode, String> level = row -> row.get("side").asText() + row.get("level").asText();
    Map<String, List<JsonNode>> all = orders(1_000).collect(Collectors.groupingBy(level));
    Map<String, List<JsonNode>> some = orders(1).collect(Collectors.groupingBy(level));

    assertThat(all.values()).anyMatch(orders -> orders.size() > 1);
    assertThat(some.keySet()).isEqualTo(all.keySet());
    some.forEach(
        (name, orders) -> assertThat(orders).as(name).containsExactly(all.get(name).get(0)));
  }

  private static Stream<JsonNode> orders(int limit) {
    return json("book", "--ticker", "SIMA", "--index", 1_999, "--limit", limit)
        .filter(row -> !row.get("order_id").isNull());
  }

  @Test
  void theLedgerHasNothingToShowOfATickerThatIsNotPublished() {
    Booklake.Outcome outcome = Booklake.run("show", "ticker-days", "--lake", lake, "--ticker", "X");
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("no ticker-day of this selection is published");
  }

  @Test
  void whereAllWasRejectedTheQuarantineTellsAndNothingIsPublished() throws IOException {
    Path landing = folder.resolve("rejected-landing");
    Path rejected = folder.resolve("rejected-lake");
    Files.createDirectories(landing);
    Files.writeString(landing.resolve("AAA_2024-03-04_34200000_57600000_message_1.csv"), "1,2\n");
    Files.writeString(landing.resolve("AAA_2024-03-04_34200000_57600000_orderbook_1.csv"), "1\n");
    assertThat(Booklake.run("ingest", "--landing", landing, "--lake", rejected).code())
        .isEqualTo(Main.PARTLY_DONE);

    assertThat(Booklake.done("show", "quarantine", "--lake", rejected)).contains("AAA", ": 1 rows");
    Booklake.Outcome ledger = Booklake.run("show", "ticker-days", "--lake", rejected);
    assertThat(ledger.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(ledger.err()).contains("no ticker-day of this selection is published");
  }

  @Test
  void barsWithoutEventsAreShownWhereNoRangeIsAskedFor() {
    assertThat(candles()).anyMatch(row -> row.get("event_count").asLong() == 0);
    assertThat(candles("--index", "0..1999"))
        .isNotEmpty()
        .noneMatch(row -> row.get("event_count").asLong() == 0);
  }

  @Test
  void barsOfOneKindAreThoseOfAllThatAreOfThatKind() {
    assertThat(candles("--spec", "time:10000ms"))
        .isEqualTo(candles("--spec", "time:10s"))
        .isNotEmpty();
    assertThat(candles("--spec", "events:500"))
        .hasSizeGreaterThan(1)
        .isEqualTo(
            candles().stream()
                .filter(row -> row.get("bar_spec").asText().equals("events:500"))
                .toList());
  }

  @Test
  void aKindOfBarThatIsNotHeldNamesThoseThatAre() {
    Booklake.Outcome outcome = Booklake.run("show", "candles", "--lake", lake, "--spec", "time:2m");
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err())
        .contains("--spec: found 'time:2m', expected one", "candles", "[events:500, time:10s]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "ticker-days", "book"})
  void whatHasNoKindsIsNotAskedForOne(String what) {
    Booklake.Outcome outcome = Booklake.run("show", what, "--lake", lake, "--spec", "time:10s");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--spec: found it with " + what, "expected with candles");
  }

  @Test
  void columnsAreThoseAskedForInTheirOrderInEveryFormat() {
    assertThat(show("ticker-days", "--columns", "row_count,ticker", "--format", "csv").lines())
        .hasSize(3)
        .startsWith("row_count,ticker");
    assertThat(json("ticker-days", "--columns", "mbo_row_count"))
        .hasSize(2)
        .allMatch(row -> row.size() == 1 && row.get("mbo_row_count").asLong() > 0);
    assertThat(show("ticker-days", "--columns", "ticker,levels").lines().skip(1))
        .first()
        .isEqualTo("  ticker  levels");
    assertThat(
            json("book", "--ticker", "SIMA", "--index", 100, "--columns", "price")
                .map(JsonNode::size))
        .isNotEmpty()
        .containsOnly(1);
  }

  @Test
  void aColumnThatIsNotThereNamesThoseThatAre() {
    Booklake.Outcome outcome =
        Booklake.run("show", "depth", "--lake", lake, "--columns", "ask_prise_1");
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err())
        .contains("--columns: found 'ask_prise_1', expected", "ask_size_10")
        .contains("did you mean 'ask_price_1'?");
    Booklake.Outcome drawn =
        Booklake.run("show", "book", "--lake", lake, "--columns", "price", "--ticker", "SIMA");
    assertThat(drawn.code()).isEqualTo(2);
    assertThat(drawn.err()).contains("--columns: found it with a drawn book");
  }

  @Test
  void ofAWideTablePeopleSeeWhatFitsOnAScreenAndProgramsSeeAll() {
    int all = json("ticker-days").toList().get(0).size();

    assertThat(show("ticker-days").lines())
        .hasSize(4)
        .allMatch(line -> line.length() < 170)
        .first()
        .asString()
        .endsWith(": 2 rows, 8 of " + all + " columns (--columns all)");
    assertThat(
            show("ticker-days", "--columns", "all").lines().toList().get(1).strip().split(" +", -1))
        .hasSize(all);
  }

  private static List<JsonNode> candles(Object... more) {
    List<Object> words = new ArrayList<>(List.of("--ticker", "SIMA", "--limit", 5_000));
    words.addAll(List.of(more));
    return json("candles", words.toArray()).toList();
  }

  private static Stream<JsonNode> json(String what, Object... more) {
    List<Object> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--format", "json"));
    ObjectMapper mapper = new ObjectMapper();
    return show(what, words.toArray())
        .lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (JsonProcessingException e) {
                throw new AssertionError(line, e);
              }
            });
  }

  private static String show(String what, Object... more) {
    List<Object> words = new ArrayList<>(List.of("show", what, "--lake", lake));
    words.addAll(List.of(more));
    return Booklake.done(words.toArray());
  }
}
