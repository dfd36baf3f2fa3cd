package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolving, listing, errors that teach, and where the token goes. */
class HubTest {
  @TempDir Path cache;
  private HubDouble server;
  private HubFixture client;

  @BeforeEach
  void start() throws IOException {
    server = new HubDouble();
    client = new HubFixture(server, cache);
    server.dataset("owner/mixed").putAll(Samples.mixed());
    server.forget();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBranchIsPinnedToTheCommitThatItIsNow() throws Exception {
    Snapshot before = client.resolve("owner/mixed");
    String commit = server.dataset("owner/mixed").mainCommit();
    server.dataset("owner/mixed").put("README.md", "another".getBytes(StandardCharsets.UTF_8));

    assertThat(before.commit()).isEqualTo(commit);
    assertThat(client.file(before, "README.md").size())
        .isEqualTo(Samples.mixed().get("README.md").length);
    assertThat(client.resolve("owner/mixed").commit()).isNotEqualTo(commit);
  }

  @Test
  void aCommitIsNotAskedFor() throws Exception {
    String commit = server.dataset("owner/mixed").mainCommit();
    assertThat(client.resolve("owner/mixed@" + commit).commit()).isEqualTo(commit);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aBranchWithSlashesIsOneName() throws Exception {
    Repository repository = server.dataset("owner/mixed");
    repository.branch("refs/convert/parquet", repository.mainCommit());
    assertThat(client.resolve("hf://datasets/owner/mixed@refs/convert/parquet").commit())
        .isEqualTo(repository.mainCommit());
  }

  @Test
  void aListingIsReadToItsLastPage() throws Exception {
    server.pageSize(3);
    List<String> paths =
        client.hub.list(client.resolve("owner/mixed")).stream().map(RepositoryFile::path).toList();
    assertThat(paths).containsExactlyInAnyOrderElementsOf(Samples.mixed().keySet());
    assertThat(server.seen().stream().filter(seen -> seen.target().contains("/tree/")))
        .hasSizeGreaterThan(2);
  }

  @Test
  void aMissingRevisionNamesThoseThereAre() {
    server.dataset("owner/mixed").branch("nightly", server.dataset("owner/mixed").mainCommit());
    HubException refused = refused(() -> client.resolve("owner/mixed@nigthly"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.NO_REVISION);
    assertThat(refused).hasMessageContainingAll("'nigthly'", "main", "nightly");
  }

  @Test
  void aMissingDatasetSaysWhatATokenWouldDo() {
    HubException stranger =
        refused(
            () ->
                HubFixture.anonymous(server, cache)
                    .resolve(DatasetRevision.parse("owner/nothing")));
    assertThat(stranger.kind()).isEqualTo(HubException.Kind.NO_DATASET);
    assertThat(stranger).hasMessageContainingAll("owner/nothing", "HF_TOKEN", "/settings/tokens");

    HubException known = refused(() -> client.resolve("owner/nothing"));
    assertThat(known.kind()).isEqualTo(HubException.Kind.NO_DATASET);
    assertThat(known).hasMessageContaining("Check the name");
  }

  @Test
  void aGatedDatasetSaysWhereToAsk() {
    server.dataset("owner/mixed").gate();
    HubException refused =
        refused(
            () ->
                HubFixture.anonymous(server, cache).resolve(DatasetRevision.parse("owner/mixed")));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.GATED);
    assertThat(refused).hasMessageContaining(server.endpoint() + "/datasets/owner/mixed");
  }

  @Test
  void whatTheServerSaysIsMadeHarmlessBeforeItIsPrinted() {
    server.intercept(
        (seen, exchange) -> {
          HubDouble.refuse(exchange, 403, null, "no \u009b31m" + "x".repeat(500));
          return true;
        });
    HubException refused = refused(() -> client.resolve("owner/mixed"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNAUTHORIZED);
    assertThat(refused.getMessage()).doesNotContain("\u009b").hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/revision/", "/tree/"})
  void whatBreaksOffAndIsNoFileIsAskedForAgain(String question) throws Exception {
    AtomicInteger cuts = new AtomicInteger(2);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains(question) || cuts.getAndDecrement() <= 0) {
            return false;
          }
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("[{\"sha\": ".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          return true;
        });

    assertThat(client.file(client.resolve("owner/mixed"), "README.md").size())
        .isEqualTo(Samples.mixed().get("README.md").length);
    assertThat(cuts.get()).isNotPositive();
  }

  @Test
  void aTokenIsNeverSentToAnotherHost() throws Exception {
    Path file = client.download("owner/mixed", "a/table.parquet");

    assertThat(file).hasBinaryContent(Samples.mixed().get("a/table.parquet"));
    assertThat(server.seen().stream().filter(seen -> seen.server().equals("hub")))
        .isNotEmpty()
        .allSatisfy(seen -> assertThat(seen.authorization()).contains(HubFixture.TOKEN));
    assertThat(server.seen().stream().filter(seen -> seen.server().equals("storage")))
        .isNotEmpty()
        .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
  }

  @Test
  void aTokenIsInNoTextAtAll() {
    AccessToken token = new AccessToken(HubFixture.TOKEN);
    assertThat(token.toString()).doesNotContain(HubFixture.TOKEN);
    assertThat(client.hub.settings().toString()).doesNotContain(HubFixture.TOKEN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessToken("hf_a\r\nHost: evil"))
        .withMessageNotContaining("evil");
  }

  @Test
  void halfACharacterIsNoName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryFile("half \ud800", 1, "0".repeat(40), null, null));
  }

  /** Of a port of its own, as another service on the Hub's host may be. */
  @Test
  void theTokenStaysWithTheHubsPort() throws Exception {
    downloadFrom("http://localhost:" + server.storage().getPort() + "/owner/mixed/x");
    assertThat(server.seen().stream().filter(seen -> seen.server().equals("storage")))
        .isNotEmpty()
        .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
  }

  /** At the Hub's own port, as the real one's storage is. */
  @Test
  void theTokenStaysWithTheHubsHost() throws Exception {
    downloadFrom("http://127.0.0.1:" + server.endpoint().getPort() + "/elsewhere");
    assertThat(server.seen())
        .filteredOn(seen -> seen.target().equals("/elsewhere"))
        .isNotEmpty()
        .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
  }

  /** Follows the Hub to a place where the file is not. */
  private void downloadFrom(String elsewhere) {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/resolve/")) {
            return false;
          }
          exchange.getResponseHeaders().set("Location", elsewhere);
          exchange.sendResponseHeaders(302, -1);
          return true;
        });
    refused(() -> client.download("owner/mixed", "a/table.parquet"));
  }

  @Test
  void aListingThatIsLongerThanWhatIsAwaitedAndBreaksOffIsAskedForAgain() throws Exception {
    server.dataset("owner/many").putAll(Samples.small(2_000));
    server.pageSize(10_000);
    AtomicInteger cuts = new AtomicInteger(2);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/tree/") || cuts.getAndDecrement() <= 0) {
            return false;
          }
          exchange.sendResponseHeaders(200, 400_000);
          exchange.getResponseBody().write("[ ".repeat(150_000).getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          return true;
        });
    assertThat(client.hub.list(client.resolve("owner/many"))).hasSize(2_000);
    assertThat(cuts.get()).isNegative();
    assertThat(client.waits).hasSize(2);
  }

  /** Else whoever serves a file could have the Hub asked in this user's name. */
  @Test
  void aServerThatSendsBackToTheHubGetsNoTokenSent() throws Exception {
    byte[] content = Samples.random(3_000_000, 2);
    server.intercept(
        (seen, exchange) -> {
          if (seen.server().equals("storage")) {
            exchange.getResponseHeaders().set("Location", server.endpoint() + "/back");
            exchange.sendResponseHeaders(302, -1);
          } else if (seen.target().equals("/back")) {
            // So that it is asked for the rest.
            HubFixture.sendSome(exchange, content, 1_000_000);
          } else {
            return false;
          }
          return true;
        });
    refused(() -> client.download("owner/mixed", "a/table.parquet"));
    assertThat(server.seen())
        .filteredOn(seen -> seen.target().equals("/back"))
        .hasSizeGreaterThan(1)
        .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
  }

  @Test
  void aServerThatSendsWhatItWasSentBackToTheHubIsRefused() {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.server().equals("storage")) {
            return false;
          }
          exchange.getResponseHeaders().set("Location", server.endpoint() + "/api/repos/delete");
          exchange.sendResponseHeaders(307, -1);
          return true;
        });
    Request post =
        Request.post(server.storage().resolve("/x"), "application/json", new byte[2], true);
    assertThat(refused(() -> client.hub.transport().send(post)).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
    assertThat(server.seen()).allMatch(seen -> seen.server().equals("storage"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%1b%5b31m/%e2%80%ae", "//HUB/%07"})
  void whereARedirectLeadsIsMadeHarmlessBeforeItIsPrinted(String location) {
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/api/")) {
            exchange
                .getResponseHeaders()
                .set("Location", location.replace("HUB", server.endpoint().getAuthority()));
            exchange.sendResponseHeaders(302, -1);
            return true;
          }
          return HubFixture.sendJson(exchange, "no JSON");
        });
    HubException refused = refused(() -> client.resolve("owner/mixed"));
    assertThat(refused.getMessage()).contains("expected JSON").matches("\\P{C}+");
  }

  @Test
  void whatIsNoHttpIsMadeHarmlessBeforeItIsPrinted() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerRudely(rude));
      answering.start();
      Hub hub =
          new Hub(
              new HubSettings(
                  URI.create("http://localhost:" + rude.getLocalPort()),
                  Optional.empty(),
                  cache,
                  false,
                  Proxies.of(name -> null)),
              new Timing(Duration.ofSeconds(30), Duration.ofSeconds(30), wait -> {}));
      HubException refused = refused(() -> hub.resolve(DatasetRevision.parse("owner/mixed")));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
      assertThat(refused.getMessage()).contains("evil").matches("\\P{C}+");
    }
  }

  private static void answerRudely(ServerSocket rude) {
    while (true) {
      try (Socket socket = rude.accept()) {
        socket.getInputStream().read(new byte[10_000]);
        socket
            .getOutputStream()
            .write("\u001b]0;evil\u0007\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The test is done.
        return;
      }
    }
  }

  @Test
  void redirectsInACircleEnd() {
    server.intercept(
        (seen, exchange) -> {
          exchange.getResponseHeaders().set("Location", seen.target());
          exchange.sendResponseHeaders(302, -1);
          return true;
        });
    HubException refused = refused(() -> client.resolve("owner/mixed"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNSAFE);
    assertThat(refused).hasMessageContaining("circles");
  }

  @Test
  void redirectsThatNeverEndEnd() {
    AtomicInteger count = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          exchange.getResponseHeaders().set("Location", "/other/" + count.incrementAndGet());
          exchange.sendResponseHeaders(307, -1);
          return true;
        });
    assertThat(refused(() -> client.resolve("owner/mixed")).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
    assertThat(count.get()).isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://host/x",
        "http:relative",
        "http://[",
        "http://127.0.0.1:99999/x"
      })
  void redirectsToNoWebAddressAreRefused(String location) {
    server.intercept(
        (seen, exchange) -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
          return true;
        });
    assertThat(refused(() -> client.resolve("owner/mixed")).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "a//b", "a/./b", "", "a\\u0000b"})
  void aListingWithAHostilePathIsRefused(String path) {
    server.intercept(
        (seen, exchange) ->
            seen.target().contains("/tree/")
                && HubFixture.sendJson(
                    exchange,
                    "[{\"type\":\"file\",\"path\":\""
                        + path
                        + "\",\"size\":1,\"oid\":\""
                        + "0".repeat(40)
                        + "\"}]"));
    HubException refused = refused(() -> client.hub.list(client.resolve("owner/mixed")));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNSAFE);
    assertThat(refused.getMessage()).doesNotContain("\n", "\0");
  }

  /** Such a file is refused where it is wanted, and the others of its dataset are not. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a\\b", "a\nb", "a\u202eb", "a\u001b[31mb", "soft\u00adhyphen", "no\ufeffbreak"})
  void anOddNameIsRefusedAloneAndNotPrinted(String path) throws Exception {
    server.dataset("owner/mixed").put(path, new byte[1]);
    Snapshot snapshot = client.resolve("owner/mixed");
    assertThat(client.hub.list(snapshot)).hasSize(Samples.mixed().size() + 1);
    RepositoryFile odd = client.file(snapshot, path);
    HubException refused =
        refused(() -> new Downloads(client.hub).download(snapshot, odd, bytes -> {}));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.NAME);
    assertThat(refused.concernsWholeDataset()).isFalse();
    assertThat(refused.getMessage()).matches("\\P{C}+");
    assertThat(client.download("owner/mixed", "README.md")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.csv",
        "\ud83d\udc69\u200d\ud83d\udcbb.csv"
      })
  void aNameOfPersianOrOfEmojiIsOneAsAnyOther(String path) throws Exception {
    server.dataset("owner/mixed").put(path, new byte[] {7});
    assertThat(client.download("owner/mixed", path)).hasBinaryContent(new byte[] {7});
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, (1L << 50) + 1, Long.MAX_VALUE})
  void aSizeThatNoFileHasIsNone(long size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryFile("a", size, "0".repeat(40), null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "0", "", "ABCDEF0123456789ABCDEF0123456789ABCDEF01"})
  void aListingWithAChecksumThatIsNoneIsRefused(String oid) {
    server.intercept(
        (seen, exchange) ->
            seen.target().contains("/tree/")
                && HubFixture.sendJson(
                    exchange,
                    "[{\"type\":\"file\",\"path\":\"a\",\"size\":1,\"oid\":\"" + oid + "\"}]"));
    assertThat(refused(() -> client.hub.list(client.resolve("owner/mixed"))).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
  }

  /** That of a content in LFS becomes the name of a file in the cache. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "",
        "0123456789012345678901234567890123456789",
        "ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789"
      })
  void aChecksumOfAContentThatIsNoneIsRefused(String checksum) {
    String blobId = "0".repeat(40);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryFile("a", 1, blobId, checksum, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryFile("a", 1, blobId, "0".repeat(64), checksum));
  }

  @Test
  void aRevisionThatIsNoCommitIsRefused() {
    server.intercept((seen, exchange) -> HubFixture.sendJson(exchange, "{\"sha\":\"../../etc\"}"));
    assertThat(refused(() -> client.resolve("owner/mixed")).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"error\":\"busy\"}", "null", "\"[]\""})
  void whatIsNoListIsNotTakenForAListingWithoutFiles(String body) {
    server.intercept(
        (seen, exchange) ->
            seen.target().contains("/tree/") && HubFixture.sendJson(exchange, body));
    HubException refused = refused(() -> client.hub.list(client.resolve("owner/mixed")));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(refused).hasMessageContaining("expected a list of files");
  }

  /** Of several headers, and of one with words before the relation, as a proxy may make of it. */
  @ParameterizedTest
  @ValueSource(strings = {"</first>; rel=first", "</x>; title=\"a, <b>; rel=next\"; rel=\"up\""})
  void theNextPageIsFoundBehindOtherLinks(String other) throws Exception {
    server.intercept(
        (seen, exchange) -> {
          boolean first = seen.target().contains("/tree/") && !seen.target().contains("cursor");
          if (first) {
            exchange.getResponseHeaders().add("Link", other);
            exchange
                .getResponseHeaders()
                .add("Link", "<" + seen.target() + "&cursor=0>; title=\"more\"; rel=next");
          }
          return first && HubFixture.sendJson(exchange, "[]");
        });
    assertThat(client.hub.list(client.resolve("owner/mixed"))).hasSize(Samples.mixed().size());
  }

  @Test
  void aListingThatLeadsToAnotherHostIsRefused() {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/tree/")) {
            return false;
          }
          exchange.getResponseHeaders().set("Link", "<" + server.storage() + "/x>; rel=\"next\"");
          return HubFixture.sendJson(exchange, "[]");
        });
    assertThat(refused(() -> client.hub.list(client.resolve("owner/mixed"))).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
    assertThat(server.seen()).noneMatch(seen -> seen.server().equals("storage"));
  }

  @Test
  void aListingThatLeadsInCirclesIsRefused() {
    AtomicInteger pages = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/tree/")) {
            return false;
          }
          if (pages.incrementAndGet() < 20) {
            exchange.getResponseHeaders().set("Link", "<" + seen.target() + ">; rel=next");
          }
          return HubFixture.sendJson(exchange, "[]");
        });
    assertThat(refused(() -> client.hub.list(client.resolve("owner/mixed"))).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
  }

  @Test
  void anAnswerWithoutEndIsNotReadToIt() {
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/tree/")) {
            return false;
          }
          exchange.sendResponseHeaders(200, 0);
          for (long sent = 0; sent <= Answer.LONGEST_JSON; sent += blanks.length) {
            exchange.getResponseBody().write(blanks);
          }
          return true;
        });
    assertThat(refused(() -> client.hub.list(client.resolve("owner/mixed"))).kind())
        .isEqualTo(HubException.Kind.UNSAFE);
  }

  @Test
  void anAnswerThatIsNoJsonIsNotTakenForOne() {
    server.intercept(
        (seen, exchange) -> HubFixture.sendJson(exchange, "<html>Sign in to the hotel</html>"));
    HubException refused = refused(() -> client.resolve("owner/mixed"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(refused).hasMessageContaining("proxy");
  }

  @Test
  void aStormOfLimitsIsWaitedOutAsTheHubSays() throws Exception {
    AtomicInteger storm = new AtomicInteger(5);
    server.intercept(
        (seen, exchange) -> {
          if (storm.getAndDecrement() <= 0) {
            return false;
          }
          exchange.getResponseHeaders().set("RateLimit", "\"api\";r=0;t=55");
          HubDouble.refuse(exchange, 429, null, "too many");
          return true;
        });
    client.resolve("owner/mixed");
    assertThat(server.seen()).hasSize(6);
    assertThat(client.waits)
        .hasSize(5)
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(56)));
  }

  @Test
  void aStormThatDoesNotEndSaysThatATokenHelps() {
    server.intercept(
        (seen, exchange) -> {
          exchange.getResponseHeaders().set("Retry-After", "3");
          HubDouble.refuse(exchange, 429, null, "too many");
          return true;
        });
    HubException refused =
        refused(
            () ->
                HubFixture.anonymous(server, cache).resolve(DatasetRevision.parse("owner/mixed")));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.RATE_LIMITED);
    assertThat(refused).hasMessageContaining("HF_TOKEN");
    assertThat(server.seen()).hasSize(1 + Backoff.RETRIES);
  }

  @Test
  void whatAServerAsksToWaitIsWaited() throws Exception {
    refuseOnce("Retry-After", "300");
    client.resolve("owner/mixed");
    assertThat(client.waits)
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(300)));
  }

  @Test
  void aLimitThatIsNotReachedIsNotWaitedFor() throws Exception {
    refuseOnce("RateLimit", "\"api\";r=3;t=55");
    client.resolve("owner/mixed");
    assertThat(client.waits).containsExactly(Duration.ofSeconds(1));
  }

  private void refuseOnce(String header, String value) {
    AtomicInteger refusals = new AtomicInteger(1);
    server.intercept(
        (seen, exchange) -> {
          if (refusals.getAndDecrement() <= 0) {
            return false;
          }
          exchange.getResponseHeaders().set(header, value);
          HubDouble.refuse(exchange, 503, null, "busy");
          return true;
        });
  }

  @Test
  void aShorterLimitDoesNotEndALongerOne() throws Exception {
    List<Duration> waits = new ArrayList<>();
    Backoff backoff = new Backoff(waits::add);
    for (String seconds : List.of("300", "1")) {
      backoff.noteLimit(
          HttpHeaders.of(Map.of("Retry-After", List.of(seconds)), (name, value) -> true));
    }
    backoff.awaitLimit();
    assertThat(waits)
        .singleElement()
        .satisfies(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(100)));
  }

  @Test
  void aLimitOfHoursIsNotWaitedFor() {
    server.intercept(
        (seen, exchange) -> {
          exchange.getResponseHeaders().set("RateLimit", "\"api\";r=0;t=86400");
          HubDouble.refuse(exchange, 429, null, "too many");
          return true;
        });
    assertThat(refused(() -> client.resolve("owner/mixed")).kind())
        .isEqualTo(HubException.Kind.RATE_LIMITED);
    assertThat(server.seen()).hasSize(1);
    assertThat(client.waits).isEmpty();
  }

  @Test
  void aBurstOfServerErrorsIsTriedAgainWithGrowingWaits() throws Exception {
    AtomicInteger burst = new AtomicInteger(5);
    server.intercept(
        (seen, exchange) -> {
          if (burst.getAndDecrement() <= 0) {
            return false;
          }
          HubDouble.refuse(exchange, burst.get() % 2 == 0 ? 500 : 503, null, "sorry");
          return true;
        });
    client.resolve("owner/mixed");
    assertThat(client.waits)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(8));
  }

  @Test
  void aServerThatStaysBrokenIsGivenUp() {
    server.intercept(
        (seen, exchange) -> {
          HubDouble.refuse(exchange, 502, null, "sorry");
          return true;
        });
    HubException refused = refused(() -> client.resolve("owner/mixed"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(refused).hasMessageContaining("502");
  }

  @Test
  void nobodyThereIsSaidWithWhatToCheck() {
    server.close();
    HubException refused = refused(() -> client.resolve("owner/mixed"));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(refused).hasMessageContainingAll("HF_ENDPOINT", "proxy");
  }

  @Test
  void offlineNothingIsAskedAndTheCacheAnswers() throws Exception {
    Snapshot snapshot = client.resolve("owner/mixed");
    List<RepositoryFile> files = client.hub.list(snapshot);
    Downloads downloads = new Downloads(client.hub);
    downloads.keep(snapshot, files);
    downloads.download(snapshot, client.file(snapshot, "a/table.parquet"), bytes -> {});
    server.forget();
    Hub offline =
        new Hub(
            new HubSettings(
                server.endpoint(), Optional.empty(), cache, true, Proxies.of(name -> null)));

    Snapshot again = offline.resolve(DatasetRevision.parse("owner/mixed"));
    assertThat(again.commit()).isEqualTo(snapshot.commit());
    assertThat(offline.list(again)).containsExactlyInAnyOrderElementsOf(files);
    assertThat(
            new Downloads(offline)
                .download(again, client.file(snapshot, "a/table.parquet"), bytes -> {}))
        .hasBinaryContent(Samples.mixed().get("a/table.parquet"));
    assertThat(
            refused(
                    () ->
                        new Downloads(offline)
                            .download(again, client.file(snapshot, "pack.zip"), bytes -> {}))
                .kind())
        .isEqualTo(HubException.Kind.OFFLINE);
    assertThat(refused(() -> offline.resolve(DatasetRevision.parse("owner/other"))).kind())
        .isEqualTo(HubException.Kind.OFFLINE);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aKeptReferenceThatIsNoCommitIsNone() throws Exception {
    Path kept = cache.resolve("datasets--owner--mixed/refs/main");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "../../x");
    Hub offline =
        new Hub(
            new HubSettings(
                server.endpoint(), Optional.empty(), cache, true, Proxies.of(name -> null)));

    assertThat(refused(() -> offline.resolve(DatasetRevision.parse("owner/mixed"))).kind())
        .isEqualTo(HubException.Kind.OFFLINE);
  }

  @Test
  void aKeptListingThatIsBrokenIsAskedForAgain() throws Exception {
    Snapshot snapshot = client.resolve("owner/mixed");
    List<RepositoryFile> files = client.hub.list(snapshot);
    Path kept = cache.resolve("datasets--owner--mixed/trees/" + snapshot.commit() + ".json");
    for (String broken :
        List.of(
            "{",
            "{\"format_version\": 2}",
            "{\"format_version\":1,\"files\":{\"../x\":{\"size\":1,\"blob_id\":\""
                + "0".repeat(40)
                + "\"}}}")) {
      new Downloads(client.hub).keep(snapshot, files);
      Files.writeString(kept, broken);
      assertThat(client.hub.list(snapshot)).isEqualTo(files);
    }
  }

  @Test
  void theEnvironmentIsReadAsPythonReadsIt() throws Exception {
    Path home = cache.resolve("home");
    Files.createDirectories(home.resolve(".cache/huggingface"));
    Files.writeString(home.resolve(".cache/huggingface/token"), "hf_ofTheFile\n");

    HubSettings plain = settings(Map.of(), home);
    assertThat(plain.endpoint()).hasToString("https://huggingface.co");
    assertThat(plain.cacheFolder()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(plain.token().orElseThrow().authorization()).isEqualTo("Bearer hf_ofTheFile");
    assertThat(plain.offline()).isFalse();

    HubSettings full =
        settings(
            Map.of(
                "HF_ENDPOINT", "http://localhost:8080/",
                "HF_TOKEN", " hf_one ",
                "HUGGING_FACE_HUB_TOKEN", "hf_two",
                "HF_HOME", "~/hf",
                "HF_HUB_OFFLINE", "yes"),
            home);
    assertThat(full.endpoint()).hasToString("http://localhost:8080");
    assertThat(full.token().orElseThrow().authorization()).isEqualTo("Bearer hf_one");
    assertThat(full.cacheFolder()).isEqualTo(home.resolve("hf/hub"));
    assertThat(full.offline()).isTrue();

    assertThat(settings(Map.of("HF_HUB_CACHE", "/c", "HF_HOME", "/h"), home).cacheFolder())
        .isEqualTo(Path.of("/c"));
    assertThat(settings(Map.of("XDG_CACHE_HOME", "/x"), home).cacheFolder())
        .isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(
            settings(Map.of("HUGGING_FACE_HUB_TOKEN", "hf_two"), home)
                .token()
                .orElseThrow()
                .authorization())
        .isEqualTo("Bearer hf_two");
    assertThat(settings(Map.of("HF_TOKEN_PATH", "/nowhere/token"), home).token()).isEmpty();
    for (String none : List.of("huggingface.co", "ftp://huggingface.co")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings(Map.of("HF_ENDPOINT", none), home))
          .withMessageContaining("HF_ENDPOINT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://me:secret word@host", "http://me:secret^@host", "http://me:secret@host"})
  void anEndpointWithAPasswordIsRefusedAndNotRepeated(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("HF_ENDPOINT", endpoint), cache))
        .withMessageContaining("HF_ENDPOINT")
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  private static HubSettings settings(Map<String, String> environment, Path home)
      throws IOException {
    return HubSettings.of(environment::get, home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "a/b/c",
        "../x",
        "a/..",
        "a--b/c",
        "/x",
        "x/",
        "a/b@../x",
        "a/b@",
        "a/b@\u001b[31m",
        "a b/c"
      })
  void whatIsNoDatasetIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DatasetRevision.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner/_data", "_owner/data_", "o/n.v1-x"})
  void aNameMayBeginWithALine(String text) {
    assertThat(DatasetRevision.parse(text).dataset()).hasToString(text);
  }

  private interface Call {
    Object call() throws IOException;
  }

  private static HubException refused(Call call) {
    HubException refused = catchThrowableOfType(HubException.class, call::call);
    assertThat(refused).isNotNull();
    return refused;
  }
}
