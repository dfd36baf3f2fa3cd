package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing: one commit, whatever happens on the way, and never twice. */
class PublicationTest {
  private static final DatasetRevision MAIN = DatasetRevision.parse("me/published");

  @TempDir Path cache;
  private HubDouble server;
  private HubFixture client;
  private Repository repository;
  private final List<Upload> uploads = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new HubDouble();
    client = new HubFixture(server, cache);
    repository = server.dataset(MAIN.dataset().toString());
    uploads.add(Upload.ofText("README.md", "A card"));
    uploads.add(Upload.ofText("empty.txt", ""));
    uploads.add(bytes("data/one.parquet", Samples.random(100_000, 1)));
    uploads.add(bytes("data/two.parquet", Samples.random(9_500_000, 2)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Upload bytes(String path, byte[] content) {
    return new Upload(
        path,
        content.length,
        from -> new ByteArrayInputStream(content, (int) from, content.length - (int) from));
  }

  @Test
  void allFilesComeWithOneCommitAndAgainWithNone() throws Exception {
    int before = repository.commitCount();
    Publication.Result first = publish();
    assertThat(first.published()).hasSize(4);
    assertThat(first.commit()).isEqualTo(repository.mainCommit());
    assertThat(repository.commitCount()).isEqualTo(before + 1);
    assertThat(repository.content("data/one.parquet")).isEqualTo(Samples.random(100_000, 1));
    assertThat(repository.content("data/two.parquet")).isEqualTo(Samples.random(9_500_000, 2));
    assertThat(repository.content("README.md")).asString().isEqualTo("A card");

    server.forget();
    Publication.Result second = publish();
    assertThat(second.published()).isEmpty();
    assertThat(second.commit()).isEqualTo(first.commit());
    assertThat(repository.commitCount()).isEqualTo(before + 1);
    assertThat(server.seen()).noneMatch(seen -> !seen.method().equals("GET"));
  }

  @Test
  void aContentThatWasUploadedByARunThatDiedIsNotSentAgain() throws Exception {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/")) {
            return false;
          }
          HubDouble.refuse(exchange, 403, null, "not allowed");
          return true;
        });
    assertThat(refused().kind()).isEqualTo(HubException.Kind.UNAUTHORIZED);
    assertThat(repository.paths()).isEmpty();
    server.heal();
    server.forget();
    publish();
    assertThat(server.seen()).noneMatch(seen -> seen.method().equals("PUT"));
    assertThat(repository.paths()).hasSize(4);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNotMadeTwice() throws Exception {
    int before = repository.commitCount();
    server.loseNextCommitAnswer();
    Publication.Result result = publish();
    assertThat(repository.commitCount()).isEqualTo(before + 1);
    assertThat(result.commit()).isEqualTo(repository.mainCommit());
  }

  @Test
  void aCommitThatFailsBeforeItIsMadeIsTriedAgain() throws Exception {
    int before = repository.commitCount();
    AtomicInteger failures = new AtomicInteger(3);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/") || failures.getAndDecrement() <= 0) {
            return false;
          }
          HubDouble.refuse(exchange, 503, null, "sorry");
          return true;
        });
    publish();
    assertThat(repository.commitCount()).isEqualTo(before + 1);
  }

  @Test
  void somebodyElsesCommitMeanwhileIsNotOverwritten() throws Exception {
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/commit/")) {
            repository.put("theirs.txt", "theirs".getBytes(StandardCharsets.UTF_8));
          }
          return false;
        });
    HubException refused = refused();
    assertThat(refused.kind()).isEqualTo(HubException.Kind.MOVED);
    assertThat(refused).hasMessageContaining("Run it again");
    assertThat(repository.paths()).containsExactly("theirs.txt");
    server.heal();
    publish();
    assertThat(repository.paths()).contains("theirs.txt", "data/two.parquet");
  }

  @Test
  void whatWasCommittedAfterTheBranchWasLookedAtIsNotOverwritten() throws Exception {
    Snapshot looked = client.hub.resolve(MAIN);
    repository.put("README.md", "Theirs".getBytes(StandardCharsets.UTF_8));
    HubException refused = catchThrowableOfType(HubException.class, () -> publish(looked));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.MOVED);
    assertThat(repository.content("README.md")).asString().isEqualTo("Theirs");
    assertThat(repository.paths()).containsExactly("README.md");
  }

  @Test
  void aCommitThatIsRefusedForGoodIsNotTriedAgainAndTheHubsReasonIsTold() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/")) {
            return false;
          }
          commits.incrementAndGet();
          byte[] reason =
              "{\"error\": \"Invalid metadata in README.md:\\n\\u001b[31m configs[0]\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, reason.length);
          exchange.getResponseBody().write(reason);
          return true;
        });
    assertThat(refused())
        .hasMessageContaining("answers 400")
        .hasMessageEndingWith("The Hub says: Invalid metadata in README.md: ?[31m configs[0]");
    assertThat(commits).hasValue(1);
    assertThat(client.waits).isEmpty();
  }

  @Test
  void addressesThatExpireBeforeTheyAreUsedAreAskedForAgain() throws Exception {
    expireAfterOneUpload();
    for (int file = 0; file < 3; file++) {
      uploads.add(bytes("data/more_" + file + ".parquet", Samples.random(1000, 10 + file)));
    }
    publish();
    assertThat(repository.content("data/two.parquet")).isEqualTo(Samples.random(9_500_000, 2));
    assertThat(repository.content("data/more_2.parquet")).isEqualTo(Samples.random(1000, 12));
    assertThat(server.seen())
        .filteredOn(seen -> seen.target().endsWith("/objects/batch"))
        .hasSizeGreaterThan(2);
  }

  /** As if each upload took as long as the addresses are good for: a batch's second is refused. */
  private void expireAfterOneUpload() {
    Set<String> taken = ConcurrentHashMap.newKeySet();
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().endsWith("/objects/batch")) {
            taken.clear();
          }
          if (!seen.method().equals("PUT")) {
            return false;
          }
          // The parts of one content are sent to the same folder.
          taken.add(seen.target().replaceFirst("^(/part/[^/]+).*", "$1"));
          if (taken.size() == 1) {
            return false;
          }
          exchange.getRequestBody().readAllBytes();
          HubDouble.refuse(exchange, 403, null, "Request has expired");
          return true;
        });
  }

  @Test
  void storageThatRefusesIsNotTakenForTheHub() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.method().equals("PUT")) {
            return false;
          }
          tries.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          byte[] reason =
              "<Error><Code>AccessDenied</Code><Message>No room</Message></Error>"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, reason.length);
          exchange.getResponseBody().write(reason);
          return true;
        });
    HubException refused = refused();
    assertThat(refused.kind()).isEqualTo(HubException.Kind.STORAGE);
    assertThat(refused)
        .hasMessageContainingAll(
            "storage at 127.0.0.1 answers 403", ".parquet'", "Storage says: No room")
        .hasMessageNotContainingAny("token", "Signature");
    assertThat(tries).hasValue(3);
    assertThat(repository.paths()).isEmpty();
  }

  @Test
  void aContentThatTheHubLeavesOutOfItsAnswerIsNotTakenForUploaded() throws Exception {
    for (String left : List.of("/objects/batch", "/preupload/main")) {
      server.heal();
      server.intercept(
          (seen, exchange) -> {
            if (!seen.target().endsWith(left)) {
              return false;
            }
            exchange.getRequestBody().readAllBytes();
            byte[] nothing = "{\"objects\": [], \"files\": []}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            return true;
          });
      assertThat(refused()).as(left).hasMessageContaining("the Hub does not say");
      assertThat(repository.paths()).as(left).isEmpty();
    }
  }

  @Test
  void whatSomebodyElseCommittedIsNotTakenForOursThoughItHoldsOneOfOurFiles() throws Exception {
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/commit/")) {
            repository.put("README.md", "A card".getBytes(StandardCharsets.UTF_8));
          }
          return false;
        });
    assertThat(refused().kind()).isEqualTo(HubException.Kind.MOVED);
    assertThat(repository.paths()).containsExactly("README.md");
  }

  @Test
  void aCommitThatMeetsALimitIsTriedAgain() throws Exception {
    int before = repository.commitCount();
    AtomicInteger limits = new AtomicInteger(2);
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/") || limits.getAndDecrement() <= 0) {
            return false;
          }
          HubDouble.refuse(exchange, 429, null, "too many");
          return true;
        });
    publish();
    assertThat(repository.commitCount()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 412})
  void whicheverStatusSaysThatSomebodyCommittedIsNotTriedAgain(int status) {
    AtomicInteger commits = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/")) {
            return false;
          }
          commits.incrementAndGet();
          HubDouble.refuse(exchange, status, null, "meanwhile");
          return true;
        });
    assertThat(refused().kind()).isEqualTo(HubException.Kind.MOVED);
    assertThat(commits).hasValue(1);
  }

  @Test
  void aCommitThatFailsAgainAndAgainIsGivenUp() {
    AtomicInteger commits = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/") || commits.incrementAndGet() > 20) {
            return false;
          }
          HubDouble.refuse(exchange, 503, null, "sorry");
          return true;
        });
    assertThat(refused().kind()).isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(commits).hasValue(1 + Backoff.RETRIES);
  }

  /** After such a redirect a browser would only look, and what was sent is not for another. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void aCommitDoesNotFollowARedirectThatIsForReads(int status) {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/commit/")) {
            return false;
          }
          exchange.getResponseHeaders().set("Location", server.storage() + "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          return true;
        });
    assertThat(refused()).hasMessageContaining("answers " + status);
    assertThat(server.seen()).noneMatch(seen -> seen.target().equals("/elsewhere"));
  }

  @Test
  void moreFilesThanOneQuestionTakesAreAllPublished() throws Exception {
    for (int file = 0; file <= BranchQuestions.MOST_FILES; file++) {
      uploads.add(bytes("more/" + file + ".parquet", Samples.random(10, 100 + file)));
    }
    publish();
    assertThat(repository.paths()).hasSize(4 + 1 + BranchQuestions.MOST_FILES);
    assertThat(repository.content("more/256.parquet")).isEqualTo(Samples.random(10, 356));
  }

  @Test
  void aFileThatTheDatasetIgnoresIsNotPassedOver() {
    server.intercept(
        (seen, exchange) ->
            seen.target().contains("/preupload/")
                && HubFixture.sendJson(
                    exchange,
                    "{\"files\": [{\"path\": \"README.md\", \"uploadMode\": \"regular\","
                        + " \"shouldIgnore\": true}]}"));
    assertThat(refused()).hasMessageContainingAll("ignores 'README.md'", ".gitignore");
    assertThat(repository.paths()).isEmpty();
  }

  @Test
  void aContentThatTheHubRefusesIsNotTakenForOneThatItHas() {
    answerBatches("\"error\": {\"code\": 403, \"message\": \"no room\"}");
    assertThat(refused()).hasMessageContaining("does not take a content: no room");
  }

  @Test
  void partsThatDoNotMakeTheWholeAreNotSent() {
    answerBatches(
        "\"actions\": {\"upload\": {\"href\": \"%s/x\", \"header\": {\"chunk_size\": \"1000\","
                .formatted(server.endpoint())
            + " \"00001\": \"%s/part/x/1\"}}}".formatted(server.storage()));
    assertThat(refused()).hasMessageContaining("do not make the whole");
    assertThat(server.seen()).noneMatch(seen -> seen.method().equals("PUT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "http:relative", "http://[", ""})
  void whatIsNoWebAddressIsNotUploadedTo(String address) {
    answerBatches("\"actions\": {\"upload\": {\"href\": \"" + address + "\"}}");
    assertThat(refused().kind()).isEqualTo(HubException.Kind.UNSAFE);
  }

  /** Says the same of every content. */
  private void answerBatches(String answer) {
    Pattern checksum = Pattern.compile("[0-9a-f]{64}");
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().endsWith("/objects/batch")) {
            return false;
          }
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String objects =
              checksum
                  .matcher(asked)
                  .results()
                  .map(found -> "{\"oid\": \"" + found.group() + "\", " + answer + "}")
                  .collect(Collectors.joining(", "));
          return HubFixture.sendJson(exchange, "{\"objects\": [" + objects + "]}");
        });
  }

  @Test
  void aContentThatTheHubDoesNotFindWholeIsNotCommitted() {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().startsWith("/lfs/verify/")) {
            return false;
          }
          HubDouble.refuse(exchange, 422, null, "the object is not there");
          return true;
        });
    assertThat(refused()).hasMessageContaining("the object is not there");
    assertThat(repository.paths()).isEmpty();
  }

  @Test
  void aContentOfNoBytesIsNotSentToStorage() throws Exception {
    uploads.clear();
    uploads.add(bytes("data/empty.parquet", new byte[0]));
    publish();
    assertThat(repository.content("data/empty.parquet")).isEmpty();
    assertThat(server.seen()).noneMatch(seen -> seen.server().equals("storage"));
  }

  @Test
  void aFileThatIsShorterThanItWasIsNotPublished() {
    uploads.add(
        new Upload("data/three.parquet", 10, from -> new ByteArrayInputStream(new byte[9])));
    assertThatIOException()
        .isThrownBy(this::publish)
        .withMessageContainingAll("data/three.parquet", "found 9 bytes, expected 10");
    assertThat(repository.paths()).isEmpty();
  }

  @Test
  void aCommitIsNoBranchToPublishTo() {
    DatasetRevision commit = new DatasetRevision(MAIN.dataset(), repository.mainCommit());
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> new Publication(client.hub, commit)))
        .hasMessageContainingAll(repository.mainCommit(), "a branch", "me/published@main");
  }

  @Test
  void anUploadThatFailsIsTriedAgainWithTheSameBytes() throws Exception {
    // Once each: an answer before the end of the body also costs the connection, and so another
    // try.
    Set<String> refused = ConcurrentHashMap.newKeySet();
    server.intercept(
        (seen, exchange) -> {
          if (!seen.method().equals("PUT") || !refused.add(seen.target())) {
            return false;
          }
          exchange.getRequestBody().readNBytes(1000);
          HubDouble.refuse(exchange, 500, null, "InternalError");
          return true;
        });
    publish();
    assertThat(refused).hasSizeGreaterThan(1);
    assertThat(repository.content("data/two.parquet")).isEqualTo(Samples.random(9_500_000, 2));
  }

  @Test
  void theTokenGoesToTheHubAndNotToItsStorage() throws Exception {
    publish();
    assertThat(server.seen())
        .filteredOn(seen -> seen.server().equals("storage"))
        .isNotEmpty()
        .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
  }

  @Test
  void whoHasNoTokenIsToldWhichOneIsNeeded() {
    HubException refused =
        catchThrowableOfType(
            HubException.class, () -> new Publication(HubFixture.anonymous(server, cache), MAIN));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNAUTHORIZED);
    assertThat(refused).hasMessageContainingAll("me/published", "HF_TOKEN", "write");
  }

  @Test
  void aPathThatLeadsOutIsRefused() {
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> Upload.ofText("../x", "text")))
        .isNotNull();
  }

  private Publication.Result publish() throws IOException {
    return publish(client.hub.resolve(MAIN));
  }

  private Publication.Result publish(Snapshot parent) throws IOException {
    return new Publication(client.hub, MAIN).publish(parent, uploads, "summary", bytes -> {});
  }

  private HubException refused() {
    HubException refused = catchThrowableOfType(HubException.class, this::publish);
    assertThat(refused).isNotNull();
    return refused;
  }
}
