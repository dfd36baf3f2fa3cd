package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same Hub over TLS, as the real one is reached, and what only TLS can bring about. */
class HubOverTlsTest {
  private static final String DATASET = "owner/mixed";

  @TempDir static Path keys;
  private static SSLContext before;
  private static SSLContext tls;

  @TempDir Path cache;
  private HubDouble server;
  private HubFixture client;

  @BeforeAll
  static void trust() throws Exception {
    before = SSLContext.getDefault();
    tls = Tls.in(keys);
    SSLContext.setDefault(tls);
  }

  @AfterAll
  static void trustAsBefore() {
    SSLContext.setDefault(before);
  }

  @BeforeEach
  void start() throws Exception {
    server = new HubDouble(tls);
    server.dataset(DATASET).putAll(Samples.mixed());
    client = new HubFixture(server, cache);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyFileComesWholeAndTheTokenStaysWithTheHub() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);

    for (RepositoryFile file : client.hub.list(snapshot)) {
      Path link = new Downloads(client.hub).download(snapshot, file, bytes -> {});
      assertThat(link).hasBinaryContent(Samples.mixed().get(file.path()));
    }

    assertThat(server.seen()).anyMatch(seen -> seen.server().equals("storage"));
    assertThat(server.seen())
        .allMatch(seen -> (seen.authorization() == null) == seen.server().equals("storage"));
  }

  @Test
  void manySmallFilesComeOnManyConnectionsAtOnce() throws Exception {
    server.dataset("owner/many").putAll(Samples.small(400));
    Snapshot snapshot = client.resolve("owner/many");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> all = new ArrayList<>();
      for (RepositoryFile file : client.hub.list(snapshot)) {
        all.add(
            threads.submit(() -> new Downloads(client.hub).download(snapshot, file, bytes -> {})));
      }
      for (Future<Path> each : all) {
        assertThat(each.get()).isNotEmptyFile();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Timeout(120)
  void aRangeThatIsCutOrFallsSilentIsContinuedWhereItBroke() throws Exception {
    byte[] content = Samples.random((int) Downloads.LARGE_BYTES + 12_345, 7);
    server.dataset(DATASET).put("large.zip", content);
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger faults = new AtomicInteger(4);
    server.intercept(
        (seen, exchange) -> {
          int fault = seen.server().equals("storage") ? faults.getAndDecrement() : 0;
          if (fault <= 0) {
            return false;
          }
          HubFixture.sendSome(exchange, content, 4 << 20);
          if (fault % 2 == 0) {
            HubFixture.await(done);
          }
          return true;
        });
    HubFixture impatient = new HubFixture(server, cache, Duration.ofMillis(300));

    assertThat(impatient.download(DATASET, "large.zip")).hasBinaryContent(content);
    done.countDown();

    assertThat(faults.get()).isNegative();
  }

  /** It would be asked for with the token. */
  @Test
  void aPageOfAListingThatGivesUpTlsIsRefused() throws Exception {
    Snapshot snapshot = client.resolve(DATASET);
    server.intercept(
        (seen, exchange) -> {
          String plain = "http://localhost:" + server.endpoint().getPort() + "/x";
          exchange.getResponseHeaders().set("Link", "<" + plain + ">; rel=next");
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'[', ']'});
          return true;
        });
    HubException refused =
        catchThrowableOfType(HubException.class, () -> client.hub.list(snapshot));
    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNSAFE);
  }

  @Test
  void aRedirectThatGivesUpTlsIsRefused() {
    server.intercept(
        (seen, exchange) -> {
          if (!seen.target().contains("/resolve/")) {
            return false;
          }
          URI plain = URI.create("http://127.0.0.1:" + server.storage().getPort() + "/x");
          exchange.getResponseHeaders().set("Location", plain.toString());
          exchange.sendResponseHeaders(302, -1);
          return true;
        });

    HubException refused =
        catchThrowableOfType(HubException.class, () -> client.download(DATASET, "a/table.parquet"));

    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNSAFE);
    assertThat(server.seen()).noneMatch(seen -> seen.server().equals("storage"));
  }

  @Test
  void aCertificateThatNobodyTrustsIsNotTriedAgainAndTheCureIsSaid() throws Exception {
    SSLContext.setDefault(before);
    try {
      HubFixture suspicious = new HubFixture(server, cache);
      HubException refused =
          catchThrowableOfType(HubException.class, () -> suspicious.resolve(DATASET));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
      assertThat(refused).hasMessageContainingAll("localhost", "certificate", "trustStore");
      assertThat(suspicious.waits).isEmpty();
      assertThat(server.seen()).isEmpty();
    } finally {
      SSLContext.setDefault(tls);
    }
  }
}
