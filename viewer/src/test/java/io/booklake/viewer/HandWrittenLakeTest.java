package io.booklake.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import io.booklake.read.SimulatedDay;
import io.booklake.read.WrittenLake;
import io.booklake.serve.ServerSettings;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server on a lake that changes under it, and on ticker-days with names out of the common. */
class HandWrittenLakeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int EVENTS = 300;
  private static final TickerDay DAY = SimulatedDay.of("SIM", 2);
  private static final String AT = "/api/days/2012-06-21/SIM/2";

  /** Looks at the ledger at every request. */
  private static final Limits EAGER =
      new Limits(
          2,
          8,
          Duration.ofSeconds(10),
          64,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ZERO,
          1_000_000,
          64 << 20);

  @TempDir private Path folder;
  private WrittenLake lake;
  private ViewerServer server;

  @BeforeEach
  void start() throws IOException {
    lake = new WrittenLake(folder);
    take(DAY, EVENTS);
    server = serve(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void take(TickerDay day, int events) throws IOException {
    lake.take(day, SimulatedDay.events(day, events), 50);
  }

  private ViewerServer serve(InetAddress host) throws IOException {
    return ViewerServer.start(
        LakeReader.open(folder.toString()), new ServerSettings(host, 0, Optional.empty()), EAGER);
  }

  @ParameterizedTest
  @CsvSource({"BRK^A, BRK%5EA", "A#B, A%23B", "C+$-.=, C%2B%24%2D%2E%3D", "D+E, D+E"})
  void everyTickerIsOpenedByItsEncodedName(String ticker, String encoded) throws Exception {
    take(SimulatedDay.of(ticker, 2), EVENTS);
    String address = "/api/days/2012-06-21/" + encoded + "/2";

    assertThat(json(address).at("/ledger/ticker").textValue()).isEqualTo(ticker);
    assertThat(json(address + "/rows/messages").get("rows").intValue()).isEqualTo(EVENTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/days?search=%zz",
        "/api/days?search=%ff%fe",
        "/api/days/2012-06-21/A%zz/2",
        "/api/days/2012-06-21/A%25zz/2",
        "/api/days/2012-06-21/A%ff/2"
      })
  void whatIsNotPercentEncodedIsRefused(String path) throws Exception {
    assertThat(raw(path)).startsWith("HTTP/1.1 400").contains("\"error\":");
  }

  @Test
  void theFirstRequestMayBeForAHeadAlone() throws Exception {
    HttpResponse<Void> head =
        CLIENT.send(
            HttpRequest.newBuilder(server.address().resolve(AT))
                .method("HEAD", BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).isNotEmpty();
  }

  /** What no HTTP library would send. */
  private String raw(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aLakeMadeAnewAtTheSamePlaceIsServedWithoutARestart() throws Exception {
    String pin = json(AT).get("pin").textValue();
    assertThat(json(AT + "/rows/messages").get("rows").intValue()).isEqualTo(EVENTS);
    deleteAll();
    lake = new WrittenLake(folder);
    take(DAY, 200);

    assertThat(get(AT + "/rows/messages?pin=" + pin).statusCode()).isEqualTo(410);
    assertThat(json(AT).at("/ledger/row_count").intValue()).isEqualTo(200);
    assertThat(json(AT + "/rows/messages").get("rows").intValue()).isEqualTo(200);
  }

  @Test
  void aFileThatWasLostIsAnErrorThatNamesItAndNotAnotherState() throws Exception {
    String pin = json(AT).get("pin").textValue();
    Path lost = dataFile("messages");
    Files.delete(lost);

    for (String query : List.of("", "?pin=" + pin)) {
      HttpResponse<String> answer = get(AT + "/rows/messages" + query);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains(lost.getFileName().toString(), "booklake verify");
    }
  }

  private Path dataFile(String table) throws IOException {
    try (Stream<Path> files = Files.walk(lake.path(table))) {
      return files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void whatIsRejectedMeanwhileIsSeenByWhoHasTheTickerDayAlready() throws Exception {
    HttpResponse<String> before = get(AT + "?pin=" + json(AT).get("pin").textValue());
    assertThat(before.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    String tag = before.headers().firstValue("ETag").orElseThrow();
    assertThat(get(AT, "If-None-Match", tag).statusCode()).isEqualTo(304);
    Map<String, Object> rejected = new HashMap<>();
    rejected.put("ticker", "SIM");
    rejected.put("reason", "ROW_COUNTS_DIFFER");
    lake.add(TableCatalog.QUARANTINE, DAY, List.of(rejected));

    HttpResponse<String> after = get(AT, "If-None-Match", tag);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(after.body()).get("quarantined").findValuesAsText("reason"))
        .containsExactly("ROW_COUNTS_DIFFER");
  }

  @Test
  void aLakeThatWasDeletedIsNotFound() throws Exception {
    deleteAll();

    for (String path : List.of("/api/days", AT, AT + "/rows/messages")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("there is no lake at");
    }
  }

  @Test
  void aSpecThatIsNotHeldIsNotFoundAndThoseThatAreHeldAreNamed() throws Exception {
    lake.add(TableCatalog.CANDLES, DAY, List.of());
    lake.publish(
        DAY, EVENTS, 50, List.of("messages", "candles"), Map.of("candles", "events:50,time:1m@1"));

    HttpResponse<String> answer = get(AT + "/rows/candles?spec=time:5m");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("time:5m", "events:50", "time:1m");
    assertThat(get(AT + "/rows/candles?spec=time:1m").statusCode()).isEqualTo(200);
    assertThat(get(AT + "/rows/candles?spec=time:60s").statusCode()).isEqualTo(200);
  }

  @Test
  void aWindowWithSeveralWidthsOfPriceBinsIsPagedInTheOneThatIsNamed() throws Exception {
    List<Map<String, Object>> bins = new ArrayList<>();
    for (double width : new double[] {0.01, 0.05}) {
      for (long window = 0; window < 7; window++) {
        bins.add(bin(window, width));
      }
    }
    lake.add(TableCatalog.VOLUME_PROFILE, DAY, bins);
    lake.publish(
        DAY,
        EVENTS,
        50,
        List.of("messages", "volume_profile"),
        Map.of("volume_profile", "events:10@0.01,events:10@0.05"));

    HttpResponse<String> ambiguous = get(AT + "/rows/volume_profile?spec=events:10");
    assertThat(ambiguous.statusCode()).isEqualTo(400);
    assertThat(ambiguous.body()).contains("events:10@0.01", "events:10@0.05");
    assertThat(json(AT).at("/tables/volume_profile"))
        .extracting(JsonNode::textValue)
        .containsExactly("events:10@0.01", "events:10@0.05");
    List<String> widths = new ArrayList<>();
    JsonNode page = null;
    do {
      String first = page == null ? "" : "&first=" + page.get("next");
      page = json(AT + "/rows/volume_profile?spec=events:10@0.05&limit=2" + first);
      page.at("/columns/bin_size").forEach(each -> widths.add(each.asText()));
    } while (!page.get("next").isNull());
    assertThat(widths).hasSize(7).containsOnly("0.05");
  }

  private static Map<String, Object> bin(long window, double width) {
    Map<String, Object> row = new HashMap<>();
    row.put("ticker", DAY.ticker());
    row.put("levels", DAY.levels());
    row.put("window_spec", "events:10");
    row.put("bin_size", width);
    row.put("window_index", window);
    row.put("start_index", window * 10);
    row.put("end_index", window * 10 + 9);
    row.put("price", 100.0);
    return row;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/days/2012-06-21/SI%2FM/2", "/api//days", "/api/days/%2e%2e/SIM/2"})
  void anAddressThatMayMeanSeveralThingsIsRefusedWithTheReason(String path) throws Exception {
    assertThat(raw(path)).startsWith("HTTP/1.1 400").contains("//", "/api/openapi.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/02", "/+2", "/2/book?index=007", "/2/book?index=-0"})
  void aNumberHasOneSpelling(String number) throws Exception {
    HttpResponse<String> answer = get("/api/days/2012-06-21/SIM" + number);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no zeros in front");
  }

  @Test
  void aServerAtAnotherAddressOfThisMachineAnswersToIt() throws Exception {
    try (ViewerServer other = serve(InetAddress.getByName("127.0.0.2"))) {
      assertThat(get(other.address().resolve("/api/days")).statusCode()).isEqualTo(200);
    }
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(folder)) {
          Files.delete(each);
        }
      }
    }
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return get(server.address().resolve(path), headers);
  }

  private static HttpResponse<String> get(URI address, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
