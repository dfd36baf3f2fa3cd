package io.booklake.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.OrderBook;
import io.booklake.read.RowQuery;
import io.booklake.serve.ServerSettings;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as clients meet it, on a lake that the real command line wrote. */
class ServerIT {
  private static final String DAY = "/api/days/2024-03-04/SIMA/10";
  private static final String TOKEN = "a-token-for-the-tests";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;

  private static LakeReader lake;
  private static DayReader day;
  private static ViewerServer server;

  @BeforeAll
  static void start() throws IOException {
    lake = LakeReader.open(DemoLake.simulated().toString(), new Configuration());
    day = lake.day(new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 10));
    server = start(Optional.empty(), Limits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static ViewerServer start(Optional<String> token, Limits limits) throws IOException {
    return ViewerServer.start(
        lake, new ServerSettings(InetAddress.getLoopbackAddress(), 0, token), limits);
  }

  @Test
  void whatIsPublishedIsListedAndCanBeSearched() throws Exception {
    JsonNode all = json("/api/days");
    assertThat(all.get("total").longValue()).isEqualTo(2);
    assertThat(all.findValuesAsText("ticker")).containsExactly("SIMA", "SIMB");
    assertThat(json("/api/days?search=simb").findValuesAsText("ticker")).containsExactly("SIMB");
    assertThat(json("/api/days?to=2024-03-03").get("days")).isEmpty();
    assertThat(json("/api/days?from=2024-03-04&offset=1&limit=1").findValuesAsText("ticker"))
        .containsExactly("SIMB");
  }

  @Test
  void aTickerDayComesWithItsLedgerAndWhatWasRejectedBesideIt() throws Exception {
    JsonNode entry = json(DAY);
    assertThat(entry.at("/ledger/row_count").longValue()).isEqualTo(day.events());
    assertThat(entry.at("/ledger/message_sha256").textValue())
        .isEqualTo(day.ledgerEntry().get("message_sha256"));
    assertThat(entry.at("/tables/candles")).extracting(JsonNode::textValue).contains("time:1m");
    assertThat(entry.get("quarantined").findValuesAsText("reason"))
        .containsExactly("MISSING_ORDERBOOK_FILE");
  }

  @ParameterizedTest
  @CsvSource({
    "messages, ",
    "depth, ",
    "trades, ",
    "mbo, ",
    "book_snapshots, ",
    "orders, ",
    "candles, events:50",
    "volume_profile, session",
    "depth_metrics, time:1s"
  })
  void rowsAreThoseOfTheReaderHoweverTheyArePaged(String table, String spec) throws Exception {
    RowQuery query = RowQuery.of(table).between(100, 1_500);
    ColumnBatch expected = day.rows(spec == null ? query : query.spec(spec));
    // A snapshot is of one event, an order of many, and pages are cut between events.
    boolean isWhole = List.of("book_snapshots", "orders").contains(table);
    int limit = isWhole ? expected.rows : Math.max(100, expected.rows / 3);
    int rows = 0;
    for (Long first = 100L; first != null; ) {
      JsonNode page =
          json(
              DAY
                  + "/rows/"
                  + table
                  + "?first="
                  + first
                  + "&last=1500&limit="
                  + limit
                  + (spec == null ? "" : "&spec=" + spec));
      int more = page.get("rows").intValue();
      for (String column : List.of(order(table), "price", "size", "volume", "spread")) {
        JsonNode values = page.get("columns").get(column);
        if (values != null) {
          for (int i = 0; i < more; i++) {
            assertThat(values.get(i).asText())
                .as("%s of row %s", column, rows + i)
                .isEqualTo(
                    expected.column(column).isNull(rows + i)
                        ? "null"
                        : Json.text(expected.column(column), rows + i));
          }
        }
      }
      rows += more;
      first = page.get("next").isNull() ? null : (Long) page.get("next").longValue();
    }
    assertThat(rows).isEqualTo(expected.rows).isPositive();
  }

  @Test
  void aPageThatCannotHoldTheRowsOfOneEventIsRefused() throws Exception {
    HttpResponse<String> answer = get(DAY + "/rows/book_snapshots?first=1000&last=1000&limit=3");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("more than 3 rows of one event");
  }

  @Test
  void ordersAreThoseThatAreThereAtAnyEventOfTheRangeAndComeInOneAnswerOrNone() throws Exception {
    JsonNode there = json(DAY + "/rows/orders?first=1000&last=1000&columns=entry_index,exit_index");
    int rows = there.get("rows").intValue();
    assertThat(rows).isPositive();
    for (int row = 0; row < rows; row++) {
      assertThat(there.at("/columns/entry_index/" + row).longValue()).isLessThanOrEqualTo(1_000);
      JsonNode exit = there.at("/columns/exit_index/" + row);
      assertThat(exit.isNull() || exit.longValue() >= 1_000).as("exit %s", exit).isTrue();
    }
    String range = DAY + "/rows/orders?first=1000&last=1000&limit=";
    assertThat(json(range + rows).get("next").isNull()).isTrue();
    HttpResponse<String> refused = get(range + (rows - 1));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("more than " + (rows - 1) + " rows", "not sorted by events", "50000");
  }

  @Test
  void everyTableThatATickerDaySaysToHoldAnswers() throws Exception {
    for (Map.Entry<String, JsonNode> table : json(DAY).get("tables").properties()) {
      String spec = table.getValue().isEmpty() ? "" : "&spec=" + table.getValue().get(0).asText();
      String path = DAY + "/rows/" + table.getKey() + "?first=1000&last=1000" + spec;
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void aParameterThatIsLeftOutIsNamed() throws Exception {
    assertThat(JSON.readTree(get(DAY + "/event?index=7").body()).get("error").textValue())
        .startsWith("the parameter type is required: ");
  }

  private static String order(String table) {
    return switch (table) {
      case "book_snapshots" -> "snapshot_index";
      case "orders" -> "order_id";
      case "candles" -> "bar_index";
      case "volume_profile" -> "window_index";
      case "depth_metrics" -> "step_index";
      default -> "event_index";
    };
  }

  @Test
  void aRangeOfTimeIsThatOfItsEvents() throws Exception {
    JsonNode messages = json(DAY + "/rows/messages?first=500&last=600").at("/columns/time_ns");
    long from = messages.get(0).longValue();
    long to = messages.get(100).longValue();
    JsonNode found = json(DAY + "/rows/messages?first_time_ns=" + from + "&last_time_ns=" + to);
    JsonNode indexes = found.at("/columns/event_index");
    assertThat(indexes.get(0).longValue()).isEqualTo(day.firstIndexAt(from).getAsLong());
    assertThat(indexes.get(indexes.size() - 1).longValue())
        .isEqualTo(day.lastIndexAt(to).getAsLong());
    assertThat(json(DAY + "/rows/messages?last_time_ns=0").get("rows").intValue()).isZero();
    assertThat(json(DAY + "/at?time_ns=" + from).get("index").longValue())
        .isEqualTo(indexes.get(0).longValue());
    assertThat(json(DAY + "/at?time_ns=86400000000000").get("index").isNull()).isTrue();
  }

  @Test
  void theNextAndThePreviousEventOfATypeAreTheReaders() throws Exception {
    assertThat(json(DAY + "/event?index=700&type=4").get("index").longValue())
        .isEqualTo(day.next((byte) 4, 700).getAsLong());
    assertThat(json(DAY + "/event?index=700&type=4&direction=previous").get("index").longValue())
        .isEqualTo(day.previous((byte) 4, 700).getAsLong());
    assertThat(json(DAY + "/event?index=0&type=3&direction=previous").get("index").isNull())
        .isTrue();
  }

  @Test
  void theBookIsTheReaders() throws Exception {
    OrderBook expected = day.book(1_234).book();
    JsonNode book = json(DAY + "/book?index=1234");
    assertThat(book.get("bids").findValuesAsText("residual"))
        .isEqualTo(expected.bids().stream().map(level -> "" + level.residual()).toList());
    assertThat(book.at("/asks/0/queue/order_id"))
        .extracting(JsonNode::longValue)
        .isEqualTo(expected.asks().get(0).queue().stream().map(order -> order.orderId()).toList());
    assertThat(book.at("/out_of_sight/order_id")).hasSize(expected.outOfSight().size());
  }

  @Test
  void anOrdersPlaceInTheQueueIsThatOfEveryBookOfItsLife() throws Exception {
    OrderBook.Level level = day.book(1_500).book().bids().get(1);
    long orderId = level.queue().get(level.queue().size() - 1).orderId();
    JsonNode life = json(DAY + "/orders/" + orderId);
    assertThat(life.at("/order/order_id/0").longValue()).isEqualTo(orderId);
    JsonNode steps = life.get("steps");
    assertThat(steps.get("event_index").size()).isPositive();
    for (int i = 0; i < steps.get("event_index").size(); i++) {
      OrderBook book = day.book(steps.get("event_index").get(i).longValue()).book();
      long size = 0;
      long ahead = 0;
      for (OrderBook.Level each : book.bids()) {
        for (var order : each.queue()) {
          if (each.priceTicks() == level.priceTicks() && order.orderId() < orderId) {
            ahead += order.size();
          }
          size += order.orderId() == orderId ? order.size() : 0;
        }
      }
      for (var order : book.outOfSight()) {
        if (order.priceTicks() == level.priceTicks() && order.direction() > 0) {
          ahead += order.orderId() < orderId ? order.size() : 0;
          size += order.orderId() == orderId ? order.size() : 0;
        }
      }
      assertThat(steps.get("size").get(i).longValue()).isEqualTo(size);
      assertThat(steps.get("shares_ahead").get(i).longValue()).isEqualTo(ahead);
    }
  }

  @Test
  void csvHasTheSameRowsUnderAHeader() throws Exception {
    String csv =
        get(DAY + "/rows/messages?first=5&last=7&columns=event_index,price&format=csv").body();
    JsonNode rows = json(DAY + "/rows/messages?first=5&last=7").at("/columns/price");
    assertThat(csv.lines())
        .containsExactly(
            "event_index,price", "5," + rows.get(0), "6," + rows.get(1), "7," + rows.get(2));
    assertThat(get(DAY + "/rows/messages?limit=10&format=csv").statusCode()).isEqualTo(400);
  }

  @Test
  void arrowHasTheSameRowsInColumns() throws Exception {
    HttpResponse<InputStream> answer =
        CLIENT.send(
            HttpRequest.newBuilder(
                    server.address().resolve(DAY + "/rows/messages?first=5&last=7&format=arrow"))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    ColumnBatch expected = day.rows(RowQuery.of("messages").between(5, 7));
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(answer.body(), memory)) {
      assertThat(reader.loadNextBatch()).isTrue();
      BigIntVector prices = (BigIntVector) reader.getVectorSchemaRoot().getVector("price");
      assertThat(prices.getValueCount()).isEqualTo(3);
      for (int row = 0; row < 3; row++) {
        assertThat(prices.get(row)).isEqualTo(expected.column("price").longs[row]);
      }
    }
  }

  /** Times and what is NULL among them; the address says the ticker-day already. */
  @Test
  void parquetHasTheSameRowsForOtherEngines() throws Exception {
    HttpResponse<Path> answer =
        CLIENT.send(
            HttpRequest.newBuilder(
                    server.address().resolve(DAY + "/rows/mbo?first=5&last=90&format=parquet"))
                .build(),
            HttpResponse.BodyHandlers.ofFile(folder.resolve("mbo.parquet")));
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.apache.parquet");
    ColumnBatch expected = day.rows(RowQuery.of("mbo").between(5, 90));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet found = sql.executeQuery("SELECT * FROM '" + answer.body() + "'")) {
      int row = 0;
      for (; found.next(); row++) {
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          ColumnValues values = expected.column(found.getMetaData().getColumnName(i));
          Object value = found.getObject(i);
          Object text = value instanceof OffsetDateTime time ? time.toInstant() : value;
          assertThat(text == null ? null : text.toString())
              .as("%s", values.column)
              .isEqualTo(values.isNull(row) ? null : Json.text(values, row));
        }
      }
      assertThat(row).isEqualTo(expected.rows).isPositive();
      assertThat(found.getMetaData().getColumnCount()).isEqualTo(expected.columns().size() - 3);
    }
  }

  @Test
  void anAnswerWithAPinMayBeKeptForEverAndAnotherStateIsGone() throws Exception {
    String pin = json(DAY).get("pin").textValue();
    HttpResponse<String> pinned = get(DAY + "/book?index=10&pin=" + pin);
    assertThat(pinned.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
    assertThat(get(DAY + "/book?index=10").headers().firstValue("Cache-Control"))
        .hasValue("private, no-cache");
    String tag = pinned.headers().firstValue("ETag").orElseThrow();
    assertThat(get(server, DAY + "/book?index=10", "If-None-Match", tag))
        .satisfies(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(304);
              assertThat(answer.body()).isEmpty();
            });
    assertThat(get(DAY + "/book?index=10&pin=" + "0".repeat(24)).statusCode()).isEqualTo(410);
  }

  @Test
  void whatIsLargeIsPackedForThoseWhoTakeIt() throws Exception {
    HttpResponse<InputStream> packed =
        CLIENT.send(
            HttpRequest.newBuilder(server.address().resolve(DAY + "/rows/depth?last=200"))
                .header("Accept-Encoding", "gzip")
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (InputStream body = new GZIPInputStream(packed.body())) {
      assertThat(JSON.readTree(body)).isEqualTo(json(DAY + "/rows/depth?last=200"));
    }
  }

  @Test
  void everyDescribedRequestIsAnsweredAndEveryDescribedBoundHolds() throws Exception {
    JsonNode paths = json("/api/openapi.json").get("paths");
    Map<String, String> samples =
        Map.of(
            "date",
            "2024-03-04",
            "ticker",
            "SIMA",
            "levels",
            "10",
            "table",
            "trades",
            "order",
            "" + day.book(99).book().bids().get(0).queue().get(0).orderId(),
            "index",
            "7",
            "time_ns",
            "40000000000000",
            "type",
            "1");
    assertThat(paths.size()).isEqualTo(7);
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      String address = path.getKey();
      StringBuilder required = new StringBuilder();
      List<String> wrong = new ArrayList<>();
      for (JsonNode parameter : path.getValue().at("/get/parameters")) {
        String name = parameter.get("name").textValue();
        if (parameter.get("in").textValue().equals("path")) {
          address = address.replace("{" + name + "}", samples.get(name));
          continue;
        }
        if (parameter.get("required").booleanValue()) {
          required.append('&').append(name).append('=').append(samples.get(name));
        }
        JsonNode schema = parameter.get("schema");
        wrong.add(name + "=%00");
        if (schema.has("minimum")) {
          wrong.add(name + "=" + (schema.get("minimum").longValue() - 1));
          wrong.add(name + "=" + (schema.get("maximum").longValue() + 1));
          wrong.add(name + "=NaN");
        }
      }
      assertThat(get(address + "?" + required).statusCode()).as(address).isEqualTo(200);
      for (String each : wrong) {
        HttpResponse<String> refused = get(address + "?" + required + "&" + each);
        assertThat(refused.statusCode()).as("%s?%s&%s", address, required, each).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).get("error").textValue()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/assets/../../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/..;/..;/etc/passwd",
        "/assets/%00",
        "/api/days/2024-03-04/..%2F..%2Fetc/10",
        "/api/days/2024-03-04/%2e%2e/10",
        "/api/days/2024-03-04/SIMA/10/rows/..%5c..%5cmessages",
        "/api/days/2024-03-04/SIMA/10/rows/ticker_days",
        "/api/days/2024-13-04/SIMA/10",
        "/api/days/2024-03-04/SIMA/-1",
        "/api/days/2024-03-04/SIMA/99999999999999999999",
        "/api/days/2024-03-04/SIMA/7",
        "/api/days/2024-03-04/SIMC/10",
        "/api/days/2024-03-04/SIMA/10/book?index=4000000",
        "/api/days/2024-03-04/SIMA/10/book?index=1e3",
        "/api/days/2024-03-04/SIMA/10/book?index=0x10",
        "/api/days/2024-03-04/SIMA/10/book",
        "/api/days/2024-03-04/SIMA/10/book?index=1&index=2",
        "/api/days/2024-03-04/SIMA/10/book?index=1&debug=true",
        "/api/days/2024-03-04/SIMA/10/rows/messages?first=9&last=3",
        "/api/days/2024-03-04/SIMA/10/rows/messages?first_time_ns=40000000000000&last_time_ns=36000000000000",
        "/api/days/2024-03-04/SIMA/10/rows/messages?first=1&first_time_ns=1",
        "/api/days/2024-03-04/SIMA/10/rows/messages?limit=1000000000",
        "/api/days/2024-03-04/SIMA/10/rows/messages?columns=price,secret",
        "/api/days/2024-03-04/SIMA/10/rows/messages?spec=time:1m",
        "/api/days/2024-03-04/SIMA/10/rows/candles",
        "/api/days/2024-03-04/SIMA/10/orders/42",
        "/api/days?search=%27%20OR%201=1",
        "/api/days?from=9999-99-99",
        "/index.html",
        "/META-INF/MANIFEST.MF"
      })
  void aHostileRequestIsRefusedWithAReason(String path) throws Exception {
    String answer =
        raw(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 4")
        .contains("\"error\":")
        .doesNotContain("root:", "\tat ");
  }

  @Test
  void theLicensesOfWhatIsInThePageAreServedWithIt() throws Exception {
    HttpResponse<String> licenses = get(server, "/licenses.md");

    assertThat(licenses.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(licenses.body()).contains("uplot", "lightweight-charts", "Permission is hereby");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /api/days HTTP/1.1|Host: localhost, 405",
    "DELETE /api/days HTTP/1.1|Host: localhost, 405",
    "TRACE / HTTP/1.1|Host: localhost, 405",
    "GET /api/days HTTP/1.1|Host: localhost|Content-Length: 5, 413",
    "GET /api/days HTTP/1.1|Host: localhost|Transfer-Encoding: chunked, 413",
    "GET /api/days HTTP/1.1|Host: evil.example, 403",
    "GET /api/days HTTP/1.1, 400",
    "GET /api/days HTTP/1.1|Host: localhost|Content-Length: -1, 400",
    "NONSENSE, 400"
  })
  void aRequestThatIsNoQuestionIsRefused(String request, int status) throws Exception {
    assertThat(raw(server, request.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status)
        .contains("{\"error\":", "application/json", "nosniff")
        .doesNotContainIgnoringCase("jetty");
  }

  @Test
  void headersHaveALimit() throws Exception {
    String answer =
        raw(
            server,
            "GET /api/days HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                + "x".repeat(20_000)
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431").contains("{\"error\":", "nosniff");
  }

  @Test
  void withoutTheTokenThereIsNoData() throws Exception {
    try (ViewerServer guarded = start(Optional.of(TOKEN), Limits.DEFAULT)) {
      for (String path : List.of("/api/days", DAY, "/metrics", "/api/openapi.json", "/nothing")) {
        assertThat(get(guarded, path).statusCode()).as(path).isEqualTo(401);
        assertThat(get(guarded, path, "Authorization", "Bearer " + TOKEN + "x").statusCode())
            .isEqualTo(401);
        assertThat(get(guarded, path, "Authorization", "Basic " + TOKEN).statusCode())
            .isEqualTo(401);
      }
      assertThat(get(guarded, "/api/days", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
      assertThat(get(guarded, "/").statusCode()).isEqualTo(200);
      assertThat(get(guarded, "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoSendsARequestBitByBitIsCutOffAndKeepsNobodyWaiting() throws Exception {
    Limits limits =
        new Limits(
            2,
            8,
            Duration.ofSeconds(5),
            64,
            Duration.ofSeconds(30),
            // Long enough for the quick ones on a machine that stalls.
            Limits.DEFAULT.requestTime(),
            Duration.ofSeconds(5),
            1_000_000,
            64 << 20);
    try (ViewerServer guarded = start(Optional.empty(), limits)) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), guarded.address().getPort());
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX-".getBytes(StandardCharsets.UTF_8));
        slow.add(socket);
      }
      assertThat(get(guarded, "/api/days").statusCode()).isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(isCutOff(socket)).isTrue();
        socket.close();
      }
      assertThat(get(guarded, "/api/days").statusCode()).isEqualTo(200);
    }
  }

  /** Goes on sending a byte now and then until the other side is gone. */
  private static boolean isCutOff(Socket socket) throws InterruptedException {
    try {
      socket.setSoTimeout(100);
      for (int i = 0; i < 600; i++) {
        socket.getOutputStream().write('x');
        try {
          if (socket.getInputStream().read() < 0) {
            return true;
          }
        } catch (java.net.SocketTimeoutException e) {
          Thread.sleep(1);
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void anAnswerOfManyColumnsHasFewerRowsAndSaysWhereToGoOn() throws Exception {
    Limits limits =
        new Limits(
            2,
            8,
            Duration.ofSeconds(5),
            64,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            60,
            64 << 20);
    try (ViewerServer small = start(Optional.empty(), limits)) {
      String columns = "/rows/messages?columns=event_index,price,size&first=10";
      JsonNode page = new ObjectMapper().readTree(get(small, DAY + columns).body());
      assertThat(page.get("rows").intValue()).isEqualTo(20);
      assertThat(page.get("next").longValue()).isEqualTo(30);
      assertThat(get(small, DAY + columns + "&last=29&format=csv").body().lines()).hasSize(21);
      assertThat(get(small, DAY + columns + "&last=30&format=csv").body())
          .contains("more than 20 rows", "a higher limit up to 20 for so many columns");
    }
  }

  @Test
  void moreRequestsThanThereIsRoomForAreTurnedAwayAndNoneFails() throws Exception {
    Limits limits =
        new Limits(
            1,
            4,
            Duration.ofMinutes(5),
            64,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            1_000_000,
            64 << 20);
    try (ViewerServer small = start(Optional.empty(), limits)) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        URI address = small.address().resolve(DAY + "/rows/depth?first=" + i);
        answers.add(
            CLIENT
                .sendAsync(
                    HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode));
      }
      List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
      assertThat(statuses).contains(200).isSubsetOf(200, 503);
      assertThat(get(small, "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void prometheusIsToldWhatWasAnsweredWithoutWhatClientsChose() throws Exception {
    get(DAY + "/book?index=1");
    assertThat(get("/metrics").body())
        .contains(
            "booklake_viewer_answers_total{endpoint=\"/api/days/{date}/{ticker}/{levels}/book\"",
            "booklake_viewer_lake_read_bytes_total",
            "jvm_memory_used_bytes")
        .doesNotContain("SIMA");
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return get(server, path);
  }

  private static HttpResponse<String> get(ViewerServer of, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(of.address().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What no HTTP library would send. */
  private static String raw(ViewerServer of, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), of.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
