package io.booklake.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A Hub that runs here: an HTTP server with the addresses, answers, headers and errors of the real
 * one, as {@code huggingface_hub} 2.4 asks them. Python's client is the referee of that. Contents
 * in LFS lie on a second server under another host name, as they do there.
 *
 * <p>Faults are added from outside: {@link #intercept} sees every request first.
 */
public final class HubDouble implements AutoCloseable {

  static {
    // Small answers would wait 40 ms for an acknowledgement otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "-1");
  }

  /**
   * A request that was answered.
   *
   * @param server {@code hub} or {@code storage}
   * @param method HTTP's
   * @param target path and query, as sent
   * @param authorization what was sent; null if nothing
   */
  public record Seen(String server, String method, String target, String authorization) {}

  /** Answers a request in place of the double. */
  @FunctionalInterface
  public interface Interceptor {
    /** Returns true where it has answered. */
    boolean answers(Seen request, HttpExchange exchange) throws IOException;
  }

  /** To the first byte of an answer, over a network. */
  private static final Duration DISTANCE = Duration.ofMillis(20);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Pattern API = Pattern.compile("/api/datasets/([^/]+/[^/]+)(?:/(.*))?");
  private static final Pattern FILE =
      Pattern.compile("/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)");
  private static final Pattern BATCH =
      Pattern.compile("/datasets/([^/]+/[^/]+)\\.git/info/lfs/objects/batch");

  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
  private final Map<String, byte[]> parts = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Interceptor> interceptors = new CopyOnWriteArrayList<>();
  private final AtomicLong contentBytes = new AtomicLong();
  private final AtomicInteger atWork = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String scheme;
  private final HttpServer hub;
  private final HttpServer storage;
  private volatile boolean records = true;
  private volatile boolean losesCommitAnswer;
  private volatile int pageSize = 1000;
  private volatile int partBytes = 1 << 20;
  private volatile long multipartFrom = 4L << 20;

  /** Starts it on ports that are free. */
  public HubDouble() throws IOException {
    this(0, null);
  }

  /** Starts it on ports that are free, to be asked over TLS, as the real one. */
  public HubDouble(SSLContext tls) throws IOException {
    this(0, tls);
  }

  private HubDouble(int port, SSLContext tls) throws IOException {
    scheme = tls == null ? "http" : "https";
    hub = server(port, tls, "hub", this::answer);
    storage = server(0, tls, "storage", this::answerStorage);
  }

  /**
   * Runs it until it is killed, for programs in other languages: {@code HubDouble [PORT [FILES]]}.
   * Prints its address. Has a dataset {@code owner/mixed} with small, large, empty and oddly named
   * files, {@code bench/small} with 5,000 files, {@code bench/distant} with the same, each of which
   * is waited for as if it came from far away, {@code bench/large} with one of 2 GB, and {@code
   * bench/many} with as many small ones as it is told.
   */
  public static void main(String[] arguments) throws IOException {
    HubDouble running =
        new HubDouble(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0, null);
    running.records = false;
    Samples.addTo(running);
    if (arguments.length > 1) {
      running.dataset("bench/many").putAll(Samples.small(Integer.parseInt(arguments[1])));
    }
    running.intercept(HubDouble::waitIfDistant);
    System.out.println(running.endpoint());
    System.out.flush();
  }

  private static boolean waitIfDistant(Seen request, HttpExchange exchange) throws IOException {
    if (request.target().startsWith("/datasets/bench/distant/")) {
      try {
        Thread.sleep(DISTANCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the double is stopped");
      }
    }
    return false;
  }

  private HttpServer server(int port, SSLContext tls, String name, Handler handler)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server;
    if (tls == null) {
      server = HttpServer.create(address, 1024);
    } else {
      HttpsServer secured = HttpsServer.create(address, 1024);
      secured.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secured;
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(name, exchange, handler));
    server.start();
    return server;
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void handle(String server, HttpExchange exchange, Handler handler) throws IOException {
    atWork.incrementAndGet();
    try (exchange) {
      Seen request =
          new Seen(
              server,
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"));
      if (records) {
        seen.add(request);
      }
      for (Interceptor each : interceptors) {
        if (each.answers(request, exchange)) {
          return;
        }
      }
      handler.handle(exchange);
    } catch (IOException | RuntimeException e) {
      if (!isBroken(e)) {
        e.printStackTrace();
      }
      throw e;
    } finally {
      atWork.decrementAndGet();
    }
  }

  /** Waits until it answers nobody any more: what a client gave up is sent for a while. */
  public void awaitQuiet() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (atWork.get() > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("still answering " + atWork.get() + " requests");
      }
      Thread.sleep(5);
    }
  }

  /** A client that goes away, or a connection that a fault cuts, is no error here. */
  private static boolean isBroken(Exception e) {
    String text = String.valueOf(e.getMessage());
    return e instanceof IOException
        && (text.contains("Broken pipe")
            || text.contains("reset")
            || text.contains("closed")
            || text.contains("insufficient bytes"));
  }

  /** Where the Hub is; its storage has another host name. */
  public URI endpoint() {
    return URI.create(scheme + "://localhost:" + hub.getAddress().getPort());
  }

  /** Where contents in LFS lie. */
  public URI storage() {
    return URI.create(scheme + "://127.0.0.1:" + storage.getAddress().getPort());
  }

  /** A dataset, made where there is none. */
  public Repository dataset(String id) {
    return repositories.computeIfAbsent(id, name -> new Repository());
  }

  /** Lets somebody see every request first, and answer it otherwise. */
  public void intercept(Interceptor interceptor) {
    interceptors.add(interceptor);
  }

  /** Knows the token no longer, where the target of a request contains this. */
  public void forgetTokenOf(String part) {
    intercept(
        (seen, exchange) -> {
          if (seen.target().contains(part)) {
            refuse(exchange, 401, null, "token expired");
            return true;
          }
          return false;
        });
  }

  /** Makes the next commit, and closes the connection instead of answering. */
  public void loseNextCommitAnswer() {
    losesCommitAnswer = true;
  }

  /** Ends all faults. */
  public void heal() {
    interceptors.clear();
  }

  /** Every request since {@link #forget}. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Bytes of contents sent since {@link #forget}. */
  public long contentBytes() {
    return contentBytes.get();
  }

  /** Forgets what it was asked. */
  public void forget() {
    seen.clear();
    contentBytes.set(0);
  }

  /** Files of a listing's page. */
  public void pageSize(int files) {
    pageSize = files;
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Matcher api = API.matcher(path);
    Matcher file = FILE.matcher(path);
    Matcher batch = BATCH.matcher(path);
    if (path.startsWith("/lfs/")) {
      completeOrVerify(exchange, path);
    } else if (path.equals("/api/validate-yaml")) {
      ObjectNode valid = JSON.createObjectNode();
      valid.putArray("errors");
      valid.putArray("warnings");
      send(exchange, 200, valid);
    } else if (path.equals("/api/repos/create")) {
      create(exchange);
    } else if (batch.matches()) {
      if (isAllowed(exchange, batch.group(1))) {
        batch(exchange, batch.group(1));
      }
    } else if (file.matches()) {
      if (isAllowed(exchange, file.group(1))) {
        file(exchange, file.group(1), decoded(file.group(2)), decoded(file.group(3)));
      }
    } else if (api.matches()) {
      if (isAllowed(exchange, api.group(1))) {
        api(exchange, api.group(1), api.group(2) == null ? "" : api.group(2));
      }
    } else {
      refuse(exchange, 404, null, "Sorry, we can't find the page you are looking for.");
    }
  }

  private boolean isAllowed(HttpExchange exchange, String id) throws IOException {
    Repository repository = repositories.get(id);
    if (repository == null) {
      // The Hub does not tell strangers whether it exists.
      boolean stranger = exchange.getRequestHeaders().getFirst("Authorization") == null;
      refuse(exchange, stranger ? 401 : 404, "RepoNotFound", "Repository not found");
      return false;
    }
    if (repository.gated && exchange.getRequestHeaders().getFirst("Authorization") == null) {
      refuse(exchange, 401, "GatedRepo", "Access to dataset " + id + " is restricted.");
      return false;
    }
    return true;
  }

  private void api(HttpExchange exchange, String id, String rest) throws IOException {
    Repository repository = repositories.get(id);
    String[] words = rest.split("/", 3);
    String revision = words.length > 1 ? decoded(words[1]) : "main";
    if (words[0].equals("refs")) {
      references(exchange, repository);
      return;
    }
    String commit = repository.resolve(revision);
    if (commit == null) {
      refuse(exchange, 404, "RevisionNotFound", "Invalid rev id: " + revision);
      return;
    }
    switch (words[0]) {
      case "", "revision" -> information(exchange, id, commit);
      case "tree" -> tree(exchange, id, commit, words.length > 2 ? decoded(words[2]) : "");
      case "paths-info" -> paths(exchange, repository.commits.get(commit));
      case "preupload" -> preupload(exchange, repository.commits.get(commit));
      case "commit" -> commit(exchange, id, revision);
      case "commits" -> commits(exchange, commit);
      default -> refuse(exchange, 404, null, "no such address");
    }
  }

  private static void references(HttpExchange exchange, Repository repository) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    ArrayNode branches = all.putArray("branches");
    repository.branches.forEach(
        (name, commit) ->
            branches
                .addObject()
                .put("name", name)
                .put("ref", "refs/heads/" + name)
                .put("targetCommit", commit));
    all.putArray("tags");
    all.putArray("converts");
    send(exchange, 200, all);
  }

  private void information(HttpExchange exchange, String id, String commit) throws IOException {
    ObjectNode all =
        JSON.createObjectNode()
            .put("_id", "0")
            .put("id", id)
            .put("author", id.substring(0, id.indexOf('/')))
            .put("sha", commit)
            .put("lastModified", "2026-08-01T00:00:00.000Z")
            .put("private", false)
            .put("gated", repositories.get(id).gated)
            .put("disabled", false)
            .put("downloads", 0)
            .put("likes", 0);
    all.putArray("tags");
    ArrayNode siblings = all.putArray("siblings");
    repositories
        .get(id)
        .commits
        .get(commit)
        .keySet()
        .forEach(path -> siblings.addObject().put("rfilename", path));
    send(exchange, 200, all);
  }

  private static void commits(HttpExchange exchange, String commit) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    all.addObject()
        .put("id", commit)
        .put("title", "a commit")
        .put("message", "")
        .put("date", "2026-08-01T00:00:00.000Z")
        .putArray("authors");
    send(exchange, 200, all);
  }

  private void tree(HttpExchange exchange, String id, String commit, String folder)
      throws IOException {
    Map<String, String> query = query(exchange);
    boolean recursive = "true".equalsIgnoreCase(query.get("recursive"));
    Map<String, Blob> files = repositories.get(id).commits.get(commit);
    List<ObjectNode> entries = entries(files, folder, recursive);
    if (entries.isEmpty() && !folder.isEmpty()) {
      refuse(exchange, 404, "EntryNotFound", folder + " does not exist on \"" + commit + "\"");
      return;
    }
    int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
    int to = Math.min(entries.size(), from + pageSize);
    if (to < entries.size()) {
      exchange
          .getResponseHeaders()
          .set(
              "Link",
              "<"
                  + endpoint()
                  + exchange.getRequestURI().getRawPath()
                  + "?recursive="
                  + recursive
                  + "&expand=false&cursor="
                  + to
                  + ">; rel=\"next\"");
    }
    ArrayNode page = JSON.createArrayNode();
    page.addAll(entries.subList(from, to));
    send(exchange, 200, page);
  }

  private static List<ObjectNode> entries(
      Map<String, Blob> files, String folder, boolean recursive) {
    String prefix = folder.isEmpty() ? "" : folder.replaceAll("/+$", "") + "/";
    TreeSet<String> folders = new TreeSet<>();
    List<ObjectNode> entries = new ArrayList<>();
    files.forEach(
        (path, blob) -> {
          if (!path.startsWith(prefix)) {
            return;
          }
          String rest = path.substring(prefix.length());
          for (int slash = rest.indexOf('/'); slash >= 0; slash = rest.indexOf('/', slash + 1)) {
            folders.add(prefix + rest.substring(0, slash));
            if (!recursive) {
              return;
            }
          }
          ObjectNode entry = JSON.createObjectNode().put("path", path);
          blob.describe(entry);
          entries.add(entry);
        });
    folders.forEach(path -> entries.add(0, folder(path)));
    return entries;
  }

  private static ObjectNode folder(String path) {
    return JSON.createObjectNode()
        .put("type", "directory")
        .put("oid", "0".repeat(40))
        .put("size", 0)
        .put("path", path);
  }

  private static void paths(HttpExchange exchange, Map<String, Blob> files) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    ArrayNode found = JSON.createArrayNode();
    for (String pair : form.split("&", -1)) {
      if (pair.startsWith("paths=")) {
        String path = decoded(pair.substring("paths=".length()).replace("+", "%20"));
        if (files.containsKey(path)) {
          files.get(path).describe(found.addObject().put("path", path));
        } else if (files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"))) {
          found.add(folder(path));
        }
      }
    }
    send(exchange, 200, found);
  }

  private void file(HttpExchange exchange, String id, String revision, String path)
      throws IOException {
    Repository repository = repositories.get(id);
    String commit = repository.resolve(revision);
    if (commit == null) {
      refuse(exchange, 404, "RevisionNotFound", "Invalid rev id: " + revision);
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", commit);
    Blob blob = repository.commits.get(commit).get(path);
    if (blob == null) {
      refuse(exchange, 404, "EntryNotFound", "Entry not found");
    } else if (blob.large()) {
      exchange.getResponseHeaders().set("X-Linked-Etag", '"' + blob.etag() + '"');
      exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(blob.size()));
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              storage() + "/" + id + "/" + blob.sha256() + "?Signature=secret~of%7Cstorage");
      exchange.sendResponseHeaders(302, -1);
    } else {
      exchange.getResponseHeaders().set("ETag", "W/\"" + blob.etag() + '"');
      content(exchange, blob);
    }
  }

  private void content(HttpExchange exchange, Blob blob) throws IOException {
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    long from = 0;
    long to = blob.size();
    boolean partial = range.matches();
    if (partial) {
      from = Long.parseLong(range.group(1));
      to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)) + 1);
      if (from >= blob.size()) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + blob.size());
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + blob.size());
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(to - from));
      exchange.sendResponseHeaders(partial ? 206 : 200, -1);
      return;
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, to == from ? -1 : to - from);
    try (OutputStream out = exchange.getResponseBody()) {
      blob.write(counted(out), from, to);
    }
  }

  private OutputStream counted(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        // Counted first: whoever has read them all may ask at once.
        contentBytes.addAndGet(length);
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          contentBytes.addAndGet(-length);
          throw e;
        }
      }
    };
  }

  private void answerStorage(HttpExchange exchange) throws IOException {
    String[] words = exchange.getRequestURI().getRawPath().split("/", -1);
    if (exchange.getRequestHeaders().getFirst("Authorization") != null) {
      // As S3 does: two ways to authenticate are one too many.
      refuse(exchange, 400, null, "Only one auth mechanism allowed");
    } else if (exchange.getRequestMethod().equals("PUT")) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (words[1].equals("part")) {
        parts.put(words[2] + "/" + words[3], body);
      } else {
        upload(words[1] + "/" + words[2], words[3], body);
      }
      exchange.getResponseHeaders().set("ETag", etag(body));
      exchange.sendResponseHeaders(200, -1);
    } else {
      String id = words[1] + "/" + words[2];
      Blob blob = large(repositories.get(id), words[3]);
      if (blob == null) {
        refuse(exchange, 403, null, "AccessDenied");
      } else {
        content(exchange, blob);
      }
    }
  }

  private static String etag(byte[] content) {
    return '"' + Blob.of(content, true).sha256() + '"';
  }

  private void upload(String id, String sha256, byte[] content) {
    Blob blob = Blob.of(content, true);
    if (blob.sha256().equals(sha256)) {
      repositories.get(id).uploaded.put(sha256, blob);
    }
  }

  private static Blob large(Repository repository, String sha256) {
    Blob uploaded = repository.uploaded.get(sha256);
    return uploaded != null
        ? uploaded
        : repository.commits.values().stream()
            .flatMap(files -> files.values().stream())
            .filter(blob -> blob.large() && blob.sha256().equals(sha256))
            .findFirst()
            .orElse(null);
  }

  private void create(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    String id = asked.path("organization").asText("owner") + "/" + asked.path("name").asText();
    if (repositories.containsKey(id)) {
      send(
          exchange,
          409,
          JSON.createObjectNode()
              .put("error", "You already created this dataset repo")
              .put("url", endpoint() + "/datasets/" + id));
    } else {
      dataset(id);
      send(exchange, 200, JSON.createObjectNode().put("url", endpoint() + "/datasets/" + id));
    }
  }

  private static void preupload(HttpExchange exchange, Map<String, Blob> files) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode all = answer.putArray("files");
    JsonNode asked = JSON.readTree(exchange.getRequestBody()).path("files");
    if (asked.size() > 256) {
      refuse(exchange, 400, null, "too many files");
      return;
    }
    for (JsonNode file : asked) {
      String path = file.path("path").asText();
      ObjectNode entry =
          all.addObject()
              .put("path", path)
              .put(
                  "uploadMode",
                  Repository.isLarge(path, file.path("size").asLong()) ? "lfs" : "regular")
              .put("shouldIgnore", false);
      if (files.containsKey(path)) {
        entry.put("oid", files.get(path).etag());
      }
    }
    send(exchange, 200, answer);
  }

  private void batch(HttpExchange exchange, String id) throws IOException {
    ObjectNode answer = JSON.createObjectNode().put("transfer", "basic");
    ArrayNode objects = answer.putArray("objects");
    for (JsonNode asked : JSON.readTree(exchange.getRequestBody()).path("objects")) {
      String sha256 = asked.path("oid").asText();
      long size = asked.path("size").asLong();
      ObjectNode object = objects.addObject().put("oid", sha256).put("size", size);
      if (large(repositories.get(id), sha256) == null) {
        ObjectNode actions = object.putObject("actions");
        ObjectNode upload = actions.putObject("upload");
        if (size < multipartFrom) {
          upload.put("href", storage() + "/" + id + "/" + sha256 + "?X-Amz-Signature=secret");
        } else {
          answer.put("transfer", "multipart");
          upload.put("href", endpoint() + "/lfs/complete/" + id + "/" + sha256);
          ObjectNode header =
              upload.putObject("header").put("chunk_size", String.valueOf(partBytes));
          for (int part = 1; (part - 1L) * partBytes < size; part++) {
            header.put(
                String.format("%05d", part), storage() + "/part/" + sha256 + "/" + part + "?s=1");
          }
        }
        actions.putObject("verify").put("href", endpoint() + "/lfs/verify/" + id + "/" + sha256);
      }
    }
    send(exchange, 200, answer);
  }

  private void completeOrVerify(HttpExchange exchange, String path) throws IOException {
    String[] words = path.split("/", -1);
    String id = words[3] + "/" + words[4];
    String sha256 = words[5];
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    if (words[2].equals("complete")) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (JsonNode part : asked.path("parts")) {
        byte[] bytes = parts.get(sha256 + "/" + part.path("partNumber").asInt());
        // As S3 does: who does not know what it called a part did not send it.
        if (bytes != null && part.path("etag").asText().equals(etag(bytes))) {
          whole.writeBytes(bytes);
        }
      }
      upload(id, sha256, whole.toByteArray());
    }
    boolean whole = large(repositories.get(id), sha256) != null;
    if (whole) {
      send(exchange, 200, JSON.createObjectNode());
    } else {
      refuse(exchange, 422, null, "the object is not there");
    }
  }

  private void commit(HttpExchange exchange, String id, String branch) throws IOException {
    Repository repository = repositories.get(id);
    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
      refuse(exchange, 401, null, "Invalid username or password.");
      return;
    }
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (repository) {
      Map<String, Blob> files = new TreeMap<>(repository.head(branch));
      for (String line : text.strip().split("\n", -1)) {
        JsonNode operation = JSON.readTree(line);
        JsonNode value = operation.path("value");
        String path = value.path("path").asText();
        switch (operation.path("key").asText()) {
          case "header" -> {
            String parent = value.path("parentCommit").asText(null);
            if (parent != null && !parent.equals(repository.branches.get(branch))) {
              refuse(
                  exchange,
                  412,
                  null,
                  "A commit has happened since. Please refresh and try again.");
              return;
            }
          }
          case "file" ->
              files.put(
                  path, Blob.of(Base64.getDecoder().decode(value.path("content").asText()), false));
          case "lfsFile" -> {
            Blob blob = large(repository, value.path("oid").asText());
            if (blob == null) {
              refuse(exchange, 400, null, "LFS object does not exist: " + path);
              return;
            }
            files.put(path, blob);
          }
          case "deletedFile" -> files.remove(path);
          case "deletedFolder" -> files.keySet().removeIf(file -> file.startsWith(path));
          default -> {
            refuse(exchange, 400, null, "unknown operation");
            return;
          }
        }
      }
      String commit = repository.commit(branch, files);
      if (losesCommitAnswer) {
        losesCommitAnswer = false;
        return;
      }
      send(
          exchange,
          200,
          JSON.createObjectNode()
              .put("success", true)
              .put("commitOid", commit)
              .put("commitUrl", endpoint() + "/datasets/" + id + "/commit/" + commit)
              .put("hookOutput", ""));
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** An error as the Hub says it. */
  public static void refuse(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    if (code != null) {
      exchange.getResponseHeaders().set("X-Error-Code", code);
    }
    exchange.getResponseHeaders().set("X-Error-Message", message);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      send(exchange, status, JSON.createObjectNode().put("error", message));
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new TreeMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
