package io.booklake.hub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client of a {@link HubDouble}, whose waits pass at once and are noted. */
final class HubFixture {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  static final String TOKEN = "hf_secretOfTheTest";

  final List<Duration> waits = new CopyOnWriteArrayList<>();
  final Path cache;
  final Hub hub;

  HubFixture(HubDouble server, Path cache) {
    this(server, cache, Duration.ofSeconds(30));
  }

  HubFixture(HubDouble server, Path cache, Duration silence) {
    this(server, cache, silence, Proxies.of(name -> null));
  }

  HubFixture(HubDouble server, Path cache, Duration silence, Proxies proxies) {
    this.cache = cache;
    this.hub =
        new Hub(
            new HubSettings(
                server.endpoint(), Optional.of(new AccessToken(TOKEN)), cache, false, proxies),
            new Timing(Duration.ofSeconds(30), silence, waits::add));
  }

  static Hub anonymous(HubDouble server, Path cache) {
    return new Hub(
        new HubSettings(
            server.endpoint(), Optional.empty(), cache, false, Proxies.of(name -> null)),
        new Timing(Duration.ofSeconds(30), Duration.ofSeconds(30), wait -> {}));
  }

  Snapshot resolve(String dataset) throws IOException {
    return hub.resolve(DatasetRevision.parse(dataset));
  }

  RepositoryFile file(Snapshot snapshot, String path) throws IOException {
    return hub.list(snapshot).stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  Path download(String dataset, String path) throws IOException {
    Snapshot snapshot = resolve(dataset);
    return new Downloads(hub).download(snapshot, file(snapshot, path), bytes -> {});
  }

  /** Takes a request whole and answers it; true, as it is answered. */
  static boolean sendJson(HttpExchange exchange, String text) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    return true;
  }

  /** Answers a request for a content, or a range of it, by its head and some bytes at most. */
  static void sendSome(HttpExchange exchange, byte[] content, int most) throws IOException {
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    boolean isPart = range.matches();
    int from = isPart ? Integer.parseInt(range.group(1)) : 0;
    int to = isPart ? Integer.parseInt(range.group(2)) + 1 : content.length;
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
    exchange.sendResponseHeaders(isPart ? 206 : 200, to - from);
    exchange.getResponseBody().write(content, from, Math.min(most, to - from));
    exchange.getResponseBody().flush();
  }

  /** Holds an exchange: until the test is done with what it waits for. */
  static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Names of all contents in the cache that somebody would take for whole. */
  static List<Path> blobs(Path cache) throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.getParent().endsWith("blobs"))
          .filter(file -> !file.toString().endsWith(".incomplete"))
          .toList();
    }
  }
}
