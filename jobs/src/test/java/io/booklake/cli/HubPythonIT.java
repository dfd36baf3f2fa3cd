package io.booklake.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Downloads;
import io.booklake.hub.Hub;
import io.booklake.hub.HubDouble;
import io.booklake.hub.HubSettings;
import io.booklake.hub.Proxies;
import io.booklake.hub.ProxyDouble;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's own client as the referee: of the Hub's double, and of the cache that both share. */
class HubPythonIT {
  private static final String DATASET = "owner/mixed";

  @TempDir Path cache;
  private final Map<String, byte[]> contents = new TreeMap<>();
  private HubDouble server;

  @BeforeEach
  void start() throws IOException {
    contents.put("README.md", "---\nlicense: mit\n---\n".getBytes(UTF_8));
    contents.put("empty.txt", new byte[0]);
    contents.put("folder with blanks/ä+b%20&c#.csv", "1\n".getBytes(UTF_8));
    contents.put("a/b/deep.csv", random(70_000));
    contents.put("a/b/same.csv", contents.get("a/b/deep.csv"));
    contents.put("a/table.parquet", random(300_000));
    server = new HubDouble();
    server.pageSize(2);
    server.dataset(DATASET).putAll(contents);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pythonFindsOfflineWhatJavaDownloaded() throws Exception {
    Hub hub = hub(false);
    Snapshot snapshot = hub.resolve(DatasetRevision.parse(DATASET));
    List<RepositoryFile> files = hub.list(snapshot);
    Downloads downloads = new Downloads(hub);
    downloads.keep(snapshot, files);
    for (RepositoryFile file : files) {
      downloads.download(snapshot, file, bytes -> {});
    }
    server.forget();

    JsonNode seen = python("offline");

    assertThat(server.seen()).isEmpty();
    assertThat(seen.get("commit").asText()).isEqualTo(snapshot.commit());
    assertThat(seen.get("files")).isEqualTo(digests());
    assertThat(seen.get("warnings")).isEmpty();
    assertThat(seen.get("incomplete").asInt()).isZero();
    assertThat(seen.get("refs").toString()).isEqualTo("[\"main\"]");
    assertThat(seen.get("repository").asText()).isEqualTo(DATASET);
  }

  @Test
  void javaFindsOfflineWhatPythonDownloaded() throws Exception {
    JsonNode seen = python("download");
    assertThat(seen.get("files")).isEqualTo(digests());
    server.forget();

    Hub hub = hub(true);
    Snapshot snapshot = hub.resolve(DatasetRevision.parse(DATASET));
    assertThat(snapshot.commit()).isEqualTo(seen.get("commit").asText());
    List<RepositoryFile> files = hub.list(snapshot);
    assertThat(files).hasSize(contents.size());
    for (RepositoryFile file : files) {
      assertThat(new Downloads(hub).download(snapshot, file, bytes -> {}))
          .hasBinaryContent(contents.get(file.path()));
    }
    assertThat(server.seen()).isEmpty();
    assertThat(python("offline").get("warnings")).isEmpty();
  }

  @Test
  void pythonTakesTheDoubleForTheHub() throws Exception {
    JsonNode seen = python("faithful");

    assertThat(seen.get("listed")).extracting(JsonNode::asText).containsAll(contents.keySet());
    assertThat(seen.get("again").asBoolean()).isTrue();
    assertThat(seen.get("same").asBoolean()).isTrue();
    assertThat(seen.get("uploaded")).hasSize(4);
    assertThat(seen.get("found")).hasSize(4);
    assertThat(seen.get("top")).extracting(JsonNode::asText).contains("datasets/owner/mixed/a");
    assertThat(seen.get("size").asInt()).isEqualTo(300_000);
    assertThat(seen.get("part").asText())
        .isEqualTo(HexFormat.of().formatHex(contents.get("a/table.parquet"), 1000, 1010));
    assertThat(server.dataset("me/uploaded").paths()).contains("data/multipart.bin");

    Hub hub = hub(false);
    Snapshot snapshot = hub.resolve(DatasetRevision.parse("me/uploaded"));
    for (RepositoryFile file : hub.list(snapshot)) {
      Path java = new Downloads(hub).download(snapshot, file, bytes -> {});
      assertThat(sha256(Files.readAllBytes(java)))
          .isEqualTo(seen.get("uploaded").get(file.path()).asText());
    }
  }

  @Test
  void whatGoesThroughAProxyIsWhatGoesThroughItForPython() throws Exception {
    String port = ":" + server.endpoint().getPort();
    List<String> cases =
        List.of(
            "",
            "*",
            "localhost",
            "LOCALHOST",
            "localhost" + port,
            "localhost:1",
            "other.org, localhost",
            "ocalhost",
            ".localhost",
            "127.0.0.1");
    String credentials = Base64.getEncoder().encodeToString("me:s@cret".getBytes(UTF_8));
    try (ProxyDouble proxy = new ProxyDouble("Basic " + credentials)) {
      String address = "http://me:s%40cret@" + proxy.address();
      List<String> words = new ArrayList<>(List.of("proxied", address));
      words.addAll(cases);
      python(words.toArray(String[]::new));
      List<String> ofPython = proxy.heads();

      for (int i = 0; i < cases.size(); i++) {
        String target = "?case=" + i + " ";
        int before = proxy.heads().size();
        Map<String, String> environment = Map.of("HTTP_PROXY", address, "NO_PROXY", cases.get(i));
        hub(false, Proxies.of(environment::get)).resolve(DatasetRevision.parse(DATASET));
        assertThat(proxy.heads().size() > before)
            .as("NO_PROXY=%s", cases.get(i))
            .isEqualTo(ofPython.stream().anyMatch(head -> head.contains(target)));
      }
      assertThat(ofPython).hasSizeBetween(1, cases.size() - 1);
    }
  }

  private Hub hub(boolean offline) {
    return hub(offline, Proxies.of(name -> null));
  }

  private Hub hub(boolean offline, Proxies proxies) {
    return new Hub(new HubSettings(server.endpoint(), Optional.empty(), cache, offline, proxies));
  }

  private JsonNode python(String... what) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                PythonEnvironment.python().toString(),
                "src/test/python/use_hub.py",
                server.endpoint().toString(),
                cache.toString()));
    command.addAll(List.of(what));
    PythonEnvironment.Output output = PythonEnvironment.run(command);
    assertThat(output.code()).as(output.text()).isZero();
    String result =
        output.text().lines().filter(line -> line.startsWith("RESULT ")).findFirst().orElseThrow();
    return new ObjectMapper().readTree(result.substring("RESULT ".length()));
  }

  private JsonNode digests() {
    Map<String, String> digests = new TreeMap<>();
    contents.forEach((path, content) -> digests.put(path, sha256(content)));
    return new ObjectMapper().valueToTree(digests);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
