package io.booklake.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the lake are traced to lines and bytes that can be counted by eye. */
class ExplainIT {
  /** The lines begin at bytes 0, 27, 53, 79, 105 and 131; the last one has no end. */
  private static final String MESSAGES =
      """
      34200.1,1,11,100,1000000,1
      34200.2,1,12,50,1000000,1
      34200.3,4,11,30,1000000,1
      34200.3,4,11,70,1000000,1
      34260.5,2,12,10,1000000,1
      34260.6,1,13,20,1000500,-1""";

  /** The lines begin at bytes 0, 23, 46, 69, 91 and 113. */
  private static final String BOOKS =
      """
      1000500,50,1000000,100
      1000500,50,1000000,150
      1000500,50,1000000,120
      1000500,50,1000000,50
      1000500,50,1000000,40
      1000500,70,1000000,40
      """;

  @TempDir static Path folder;
  private static Path landing;
  private static Path lake;

  @BeforeAll
  static void makeALake() throws IOException {
    landing = Files.createDirectories(folder.resolve("landing"));
    lake = folder.resolve("lake");
    for (String ticker : List.of("HAND", "EDITED", "GONE")) {
      Files.writeString(landing.resolve(message(ticker)), MESSAGES);
      Files.writeString(landing.resolve(orderbook(ticker)), BOOKS);
    }
    Files.writeString(landing.resolve(message("WINDOWS")), MESSAGES.replace("\n", "\r\n"));
    Files.writeString(landing.resolve(orderbook("WINDOWS")), BOOKS.replace("\n", "\r\n"));
    gzip(landing.resolve(message("GZIP") + ".gz"), MESSAGES);
    gzip(landing.resolve(orderbook("GZIP") + ".gz"), BOOKS);
    try (ZipOutputStream archive =
        new ZipOutputStream(Files.newOutputStream(landing.resolve("delivery.zip")))) {
      archive.putNextEntry(new ZipEntry(message("ZIP")));
      archive.write(MESSAGES.getBytes(US_ASCII));
      archive.putNextEntry(new ZipEntry(orderbook("ZIP")));
      archive.write(BOOKS.getBytes(US_ASCII));
    }
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 1, "--events", 2_000);
    assertThat(Booklake.run("ingest", "--landing", landing, "--lake", lake).code())
        .as("the one with the line ends of Windows is quarantined")
        .isEqualTo(Main.PARTLY_DONE);
    Booklake.done("candles", "--lake", lake, "--bars", "time:30s,time:30m", "--empty-bars");
    Booklake.done("volume-profile", "--lake", lake, "--windows", "session");
    for (String width : List.of("0.01", "0.05")) {
      Booklake.done("volume-profile", "--lake", lake, "--windows", "time:30m", "--bin", width);
    }
    Booklake.done("depth-metrics", "--lake", lake, "--grids", "time:1s");
  }

  @ParameterizedTest
  @CsvSource({"HAND, .csv", "GZIP, .csv.gz", "ZIP, delivery.zip!/ZIP_"})
  void anEventIsTracedToItsLineAndTheBytesOfTheUnpackedText(String ticker, String location)
      throws IOException {
    JsonNode source = explained("messages", ticker, "--index", "2").get(0);

    assertThat(source.get("file").asText()).contains(location);
    assertThat(source.get("state").asText()).isEqualTo("unchanged");
    assertThat(source.get("first_line").asLong()).isEqualTo(3);
    assertThat(source.get("last_line").asLong()).isEqualTo(3);
    assertThat(source.get("first_byte").asLong()).isEqualTo(53);
    assertThat(source.get("byte_count").asLong()).isEqualTo(26);
    assertThat(texts(source)).containsExactly("34200.3,4,11,30,1000000,1");
    assertThat(source.get("rows").get(0).get("size").asLong()).isEqualTo(30);
  }

  @Test
  void aLastLineWithoutItsEndIsAsLongAsItIs() throws IOException {
    JsonNode source = explained("messages", "HAND", "--index", "5").get(0);

    assertThat(source.get("first_byte").asLong()).isEqualTo(131);
    assertThat(source.get("byte_count").asLong()).isEqualTo(26);
    assertThat(texts(source)).containsExactly("34260.6,1,13,20,1000500,-1");
  }

  @Test
  void aRowOfTheBookIsTracedToTheOrderbookFileAlone() throws IOException {
    List<JsonNode> sources = explained("depth", "HAND", "--index", "4");

    assertThat(sources).hasSize(1);
    assertThat(sources.get(0).get("source").asText()).isEqualTo("orderbook");
    assertThat(sources.get(0).get("first_byte").asLong()).isEqualTo(91);
    assertThat(texts(sources.get(0))).containsExactly("1000500,50,1000000,40");
  }

  @Test
  void aTradeIsTracedToTheFillsOfItsSweepAndTheQuotesBeforeThem() throws IOException {
    List<JsonNode> sources = explained("trades", "HAND", "--index", "3");

    assertThat(texts(sources.get(0)))
        .containsExactly("34200.3,4,11,30,1000000,1", "34200.3,4,11,70,1000000,1");
    assertThat(texts(sources.get(1)))
        .containsExactly("1000500,50,1000000,150", "1000500,50,1000000,120");
  }

  @Test
  void aChangeOfTheOrderLevelBookIsTracedToTheLinesOfItsEvent() throws IOException {
    List<JsonNode> sources = explained("mbo", "HAND", "--index", "4");

    assertThat(texts(sources.get(0))).containsExactly("34260.5,2,12,10,1000000,1");
    assertThat(texts(sources.get(1))).containsExactly("1000500,50,1000000,40");
    assertThat(sources.get(0).get("rows").get(0).get("size_change").asLong()).isEqualTo(-10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"time:30s@09:31:07", "time:30s@1142"})
  void aBarIsNamedByItsNumberOrATimeInIt(String bar) throws IOException {
    List<JsonNode> sources = explained("candles", "HAND", "--bar", bar);

    assertThat(texts(sources.get(0)))
        .containsExactly("34260.5,2,12,10,1000000,1", "34260.6,1,13,20,1000500,-1");
    assertThat(texts(sources.get(1)))
        .as("and the quote that stood when it began")
        .containsExactly("1000500,50,1000000,50", "1000500,50,1000000,40", "1000500,70,1000000,40");
    assertThat(sources.get(0).get("rows").get(0).get("event_count").asLong()).isEqualTo(2);
  }

  @Test
  void aBarWithoutEventsSaysThatNothingHappenedInIt() throws IOException {
    JsonNode only = explained("candles", "HAND", "--bar", "time:30s@09:30:30").get(0);

    assertThat(only.get("file").isNull()).isTrue();
    assertThat(only.get("rows").get(0).get("event_count").asLong()).isZero();
    assertThat(text("candles", "HAND", "--bar", "time:30s@09:30:30"))
        .contains("computed from no event");
  }

  @Test
  void aWindowOfAVolumeProfileIsTracedToItsMessages() throws IOException {
    List<JsonNode> sources = explained("volume-profile", "HAND", "--bar", "session@0");

    assertThat(sources).hasSize(1);
    assertThat(texts(sources.get(0))).containsExactly(MESSAGES.split("\n"));
    assertThat(sources.get(0).get("byte_count").asLong()).isEqualTo(157);
    assertThat(text("volume-profile", "SIMA", "--bar", "session@0"))
        .contains("window_spec", "and 1,990 more (--limit)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"time:30m@0.05@09:30", "time:1800s@0.05@19", "time:30m@0.050@19"})
  void aWindowWithSeveralWidthsOfPriceBinsIsExplainedInTheOneThatIsNamed(String bar)
      throws IOException {
    JsonNode source = explained("volume-profile", "SIMA", "--bar", bar).get(0);

    assertThat(source.get("rows").findValuesAsText("bin_size")).isNotEmpty().containsOnly("0.05");
    assertThat(explain("volume-profile", "SIMA", "--bar", "time:30m@19").err())
        .contains("several widths", "time:30m@0.01", "time:30m@0.05");
  }

  @Test
  void aStepOfDepthMetricsIsTracedToTheBookThatItHolds() throws IOException {
    List<JsonNode> carried = explained("depth-metrics", "HAND", "--bar", "time:1s@09:30:30");
    List<JsonNode> moved = explained("depth-metrics", "HAND", "--bar", "time:1s@09:31");

    assertThat(carried).hasSize(1);
    assertThat(texts(carried.get(0))).containsExactly("1000500,50,1000000,50");
    assertThat(moved.get(0).get("first_index").asLong()).isEqualTo(4);
    assertThat(moved.get(0).get("last_index").asLong()).isEqualTo(5);
    assertThat(moved.get(1).get("first_index").asLong()).isEqualTo(3);
  }

  @Test
  void theEventsOfABarAreThoseThatAnotherEngineFindsInTheFile() throws Exception {
    JsonNode source = explained("candles", "SIMA", "--bar", "time:30m@11:45").get(0);
    Path file = Path.of(URI.create(source.get("file").asText()));
    String query =
        "SELECT min(i), max(i), sum(CASE WHEN type IN (4, 5) THEN size ELSE 0 END) FROM"
            + " (SELECT row_number() OVER () - 1 AS i, * FROM read_csv('"
            + file
            + "', header = false, names = ['seconds', 'type', 'id', 'size', 'price', 'side']))"
            + " WHERE seconds >= 11.5 * 3600 AND seconds < 12 * 3600";
    long first;
    long last;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet found = sql.executeQuery(query)) {
      found.next();
      first = found.getLong(1);
      last = found.getLong(2);
      assertThat(source.get("rows").get(0).get("volume").asLong())
          .isPositive()
          .isEqualTo(found.getLong(3));
    }

    assertThat(source.get("first_index").asLong()).isPositive().isEqualTo(first);
    assertThat(source.get("last_index").asLong()).isEqualTo(last);
    int from = source.get("first_byte").asInt();
    String bytes =
        new String(
            Arrays.copyOfRange(
                Files.readAllBytes(file), from, from + source.get("byte_count").asInt()),
            US_ASCII);
    assertThat(bytes.lines())
        .containsExactlyElementsOf(Files.readAllLines(file).subList((int) first, (int) last + 1));
    assertThat(bytes).endsWith("\n");
  }

  @Test
  void whatTheLedgerKnowsOfTheRunIsTold() throws IOException {
    JsonNode source = explained("messages", "HAND", "--index", "0").get(0);

    assertThat(source.get("run_id").asText()).isNotEmpty();
    assertThat(source.get("run_host").asText()).isNotEmpty();
    assertThat(source.get("software_version").asText()).isNotEmpty();
    assertThat(source.get("configuration_hash").asText()).hasSize(64);
    assertThat(source.get("sha256").asText()).hasSize(64);
    assertThat(source.get("table_versions").get("messages").isIntegralNumber()).isTrue();
    assertThat(source.get("table_versions").get("candles").isIntegralNumber()).isTrue();
    assertThat(text("messages", "HAND", "--index", "0"))
        .contains(
            source.get("run_id").asText(),
            source.get("configuration_hash").asText(),
            "a plain file",
            "0 to 26 of the unpacked text, 27 with line ends",
            "1  34200.1,1,11,100,1000000,1");
  }

  @Test
  void aFileThatWasChangedSinceShowsNoneOfItsLines() throws IOException {
    Files.writeString(
        landing.resolve(message("EDITED")), "34260.7,1,14,1,1,1\n", StandardOpenOption.APPEND);

    JsonNode source = explained("messages", "EDITED", "--index", "2").get(0);

    assertThat(source.get("state").asText()).isEqualTo("changed");
    assertThat(source.get("remark").asText()).contains("changed since it was taken in", "SHA-256");
    assertThat(source.get("first_line").asLong()).isEqualTo(3);
    assertThat(source.get("first_byte").isNull()).isTrue();
    assertThat(source.get("lines").isNull()).isTrue();
    assertThat(text("messages", "EDITED", "--index", "2")).doesNotContain("34200.3,4");
  }

  @Test
  void aFileThatIsGoneIsSaidToBe() throws IOException {
    Files.deleteIfExists(landing.resolve(message("GONE")));

    assertThat(text("messages", "GONE", "--index", "2"))
        .contains("gone: it is not there any more", "GONE_2024-03-04")
        .containsPattern("size +30\n");
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBe() throws IOException {
    byte[] whole = Files.readAllBytes(landing.resolve(orderbook("GZIP") + ".gz"));
    Files.write(landing.resolve(orderbook("GZIP") + ".gz"), Arrays.copyOf(whole, 30));

    JsonNode source = explained("depth", "GZIP", "--index", "2").get(0);

    assertThat(source.get("state").asText()).isEqualTo("unreadable");
    assertThat(source.get("remark").asText()).contains("TRUNCATED");
  }

  @Test
  void aRejectedTickerDayIsLookedForInTheQuarantine() {
    Booklake.Outcome outcome = explain("messages", "WINDOWS", "--index", "2");

    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("is published in messages", "booklake show quarantine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages | --index | 6             | expected 0 to 5",
        "messages | --index | -1            | expected 0 to 5",
        "trades   | --index | 0             | event 0 of HAND",
        "orders   | --index | 0             | '--table: found ''orders'''",
        "candles  | --index | 0             | named by --bar",
        "messages | --bar   | time:1m@0     | named by --index",
        "candles  | --bar   | time:1m@0     | does not hold time:1m",
        "candles  | --bar   | time:30m@0    | the first is number 19",
        "candles  | --bar   | time:30m      | time:1m@09:35",
        "candles  | --bar   | time:30m@9:65 | time:1m@09:35",
        "candles  | --bar   | time:30x@0    | not a bar",
        "candles  | --bar   | time:30m@0.05@19 | does not hold time:30m@0.05",
      })
  void whatIsNotThereIsSaidWithWhatIs(String table, String option, String value, String words) {
    Booklake.Outcome outcome = explain(table, "HAND", option, value);

    assertThat(outcome.code()).as(outcome.out()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains(words);
  }

  @Test
  void aRowIsNamedInOneWayAndOfOneTickerDay() {
    assertThat(explain("messages", "HAND", "--index", "1", "--bar", "session@0").code())
        .isEqualTo(2);
    assertThat(explain("messages", "HAND").code()).isEqualTo(2);
    assertThat(Booklake.run("explain", "--lake", lake, "--table", "depth", "--index", 1).err())
        .contains("one ticker-day, found 6");
  }

  @Test
  void csvHasALineForEachFile() {
    assertThat(text("mbo", "HAND", "--index", "4", "--format", "csv").lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("table,trade_date,ticker,levels,row,source,file,dataset_revision,sha256");
  }

  private static String message(String ticker) {
    return ticker + "_2024-03-04_34200000_57600000_message_1.csv";
  }

  private static String orderbook(String ticker) {
    return ticker + "_2024-03-04_34200000_57600000_orderbook_1.csv";
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(US_ASCII));
    }
  }

  private static Booklake.Outcome explain(String table, String ticker, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("explain", "--lake", lake.toString(), "--table", table, "--ticker", ticker));
    words.addAll(List.of(options));
    return Booklake.run(words.toArray());
  }

  private static String text(String table, String ticker, String... options) {
    Booklake.Outcome outcome = explain(table, ticker, options);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.DONE);
    return outcome.out();
  }

  private static List<JsonNode> explained(String table, String ticker, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--format", "json"));
    return JsonLines.of(text(table, ticker, all.toArray(String[]::new)));
  }

  private static List<String> texts(JsonNode source) {
    List<String> texts = new ArrayList<>();
    source.get("lines").forEach(line -> texts.add(line.asText()));
    return texts;
  }
}
