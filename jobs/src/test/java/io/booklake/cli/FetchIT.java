package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.hub.HubDouble;
import io.booklake.hub.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets on a Hub, by the real command line: fetched, and read where they are. */
class FetchIT {
  private static final String DATASET = "owner/lobster";

  /** What comes before a landing zone that threads fill, and before one that Spark's tasks do. */
  private static final String LOCAL = "";

  private static final String SHARED = SharedFileSystem.SCHEME + ":";

  @RegisterExtension final RunningHub hub = new RunningHub();
  @TempDir Path folder;
  private Path landing;
  private Path lake;
  private HubDouble server;
  private Repository dataset;

  @BeforeEach
  void start() {
    landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    server = hub.server();
    dataset = server.dataset(DATASET);
  }

  @Test
  void onlyWhatIsNewOrChangedIsFetchedAndTheLedgerKnowsWhereItCameFrom() throws Exception {
    String first = dataset.putAll(samples("SIMA", 1));
    dataset.putAll(samples("SIMB", 2));
    dataset.put("README.md", "A card".getBytes(StandardCharsets.UTF_8));
    String second = dataset.mainCommit();
    Booklake.done("fetch", DATASET, "--landing", landing);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);

    Tables tables = new Tables(lake);
    assertThat(tables.count("ticker_days", "dataset_revision = '" + DATASET + "@" + second + "'"))
        .isEqualTo(2);
    assertThat(landing.resolve("datasets--owner--lobster/README.md")).doesNotExist();

    // Again: nothing is downloaded, and nothing is written.
    Map<String, String> before = state(landing);
    server.forget();
    assertThat(Booklake.done("fetch", DATASET, "--landing", landing))
        .contains("0 fetched, 2 unchanged");
    assertThat(state(landing)).isEqualTo(before);
    assertThat(server.contentBytes()).isZero();
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .contains("0 published, 2 unchanged");

    // A new revision: only the pair that changed.
    Map<String, byte[]> changed = samples("SIMB", 3);
    String third = dataset.putAll(changed);
    server.forget();
    assertThat(Booklake.done("fetch", DATASET, "--landing", landing))
        .contains("1 fetched, 1 unchanged");
    assertThat(server.contentBytes())
        .isEqualTo(changed.values().stream().mapToLong(content -> content.length).sum());
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .contains("1 published, 1 unchanged");
    assertThat(tables.count("ticker_days", "dataset_revision LIKE '%@" + second + "'"))
        .isEqualTo(1);
    assertThat(
            tables.count(
                "ticker_days", "ticker = 'SIMB' AND dataset_revision LIKE '%@" + third + "'"))
        .isEqualTo(1);

    // An older revision by its name is a change as well.
    assertThat(Booklake.done("fetch", DATASET + "@" + first, "--landing", landing))
        .contains("0 fetched, 1 unchanged");
  }

  @Test
  void aNightFetchesFirstWhatItsConfigurationNames() throws Exception {
    String revision = dataset.putAll(samples("SIMA", 1));
    Path conf =
        Files.writeString(folder.resolve("hub.yaml"), "fetch:\n  datasets: [" + DATASET + "]\n");
    Object[] night = {"nightly", "--landing", landing, "--lake", lake, "--conf", conf};

    String plan = Booklake.done(with(night, "--dry-run", "--format", "csv"));

    assertThat(plan)
        .contains("fetch,2024-03-04,SIMA,10,to fetch")
        .contains("ingest,2024-03-04,SIMA,10,new,,as it is fetched")
        .contains("candles,2024-03-04,SIMA,10,to derive");
    assertThat(landing).doesNotExist();
    assertThat(Booklake.done(night)).contains("1 fetched", "1 published");
    Tables tables = new Tables(lake);
    assertThat(tables.count("ticker_days", "dataset_revision LIKE '%" + revision + "'"))
        .isEqualTo(1);

    assertThat(Booklake.done(with(night, "--dry-run", "--format", "csv")))
        .contains("fetch,2024-03-04,SIMA,10,unchanged")
        .doesNotContain("to fetch", "to derive,");
    Map<String, Long> versions = tables.versions();
    assertThat(Booklake.done(night)).contains("0 fetched, 1 unchanged", "0 published, 1 unchanged");
    assertThat(tables.versions()).isEqualTo(versions);
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  @Test
  void aFileOfTheLandingZoneThatWasRemovedOrCutIsFetchedAgain() throws Exception {
    Map<String, byte[]> files = samples("SIMA", 1);
    dataset.putAll(files);
    Booklake.done("fetch", DATASET, "--landing", landing);
    Path file = landed(files.keySet().iterator().next());
    byte[] content = Files.readAllBytes(file);
    for (byte[] instead : new byte[][] {null, new byte[7]}) {
      Files.delete(file);
      if (instead != null) {
        Files.write(file, instead);
      }
      assertThat(Booklake.done("fetch", DATASET, "--landing", landing)).contains("1 fetched");
      assertThat(file).hasBinaryContent(content);
    }
  }

  @Test
  void aCacheThatWasTamperedWithIsNotDelivered() throws Exception {
    Map<String, byte[]> files = samples("SIMA", 1);
    dataset.putAll(files);
    Booklake.done("fetch", DATASET, "--landing", landing);
    try (Stream<Path> blobs = Files.list(hub.cache().resolve("datasets--owner--lobster/blobs"))) {
      for (Path blob : blobs.toList()) {
        byte[] content = Files.readAllBytes(blob);
        content[0]++;
        Files.write(blob, content);
      }
    }
    Booklake.done("fetch", DATASET, "--landing", folder.resolve("other"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(folder.resolve("other/datasets--owner--lobster").resolve(file.getKey()))
          .hasBinaryContent(file.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void aCorruptOrVanishedFileQuarantinesItsPairOnly(String scheme) throws Exception {
    dataset.putAll(samples("SIMA", 1));
    dataset.putAll(samples("SIMB", 2));
    dataset.putAll(samples("SIMC", 3));
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/resolve/") && seen.target().contains("SIMB")) {
            byte[] wrong = "1,2,3\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
            return true;
          }
          if (seen.target().contains("/resolve/")
              && seen.target().contains("SIMC")
              && seen.target().contains("orderbook")) {
            HubDouble.refuse(exchange, 404, "EntryNotFound", "Entry not found");
            return true;
          }
          return false;
        });
    Booklake.Outcome outcome =
        Booklake.run("fetch", DATASET, "--landing", scheme + landing, "--format", "json");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    Map<String, JsonNode> rows = JsonLines.by("ticker", outcome.out());
    assertThat(rows.get("SIMA").get("state").asText()).isEqualTo("fetched");
    assertThat(rows.get("SIMB").get("state").asText()).isEqualTo("quarantined");
    assertThat(rows.get("SIMB").get("reason").asText()).contains("CORRUPT");
    assertThat(rows.get("SIMC").get("reason").asText()).contains("NO_FILE", "orderbook");
    assertThat(state(landing).keySet())
        .filteredOn(path -> path.endsWith(".csv"))
        .hasSize(2)
        .allMatch(path -> path.contains("SIMA"));

    server.heal();
    assertThat(Booklake.done("fetch", DATASET, "--landing", scheme + landing))
        .contains("2 fetched, 1 unchanged");
    assertThat(state(landing).keySet()).filteredOn(path -> path.endsWith(".csv")).hasSize(6);
  }

  @Test
  void aDryRunAndABudgetLeaveTheRestForAnotherRun() throws Exception {
    Map<String, byte[]> small = samples("SIMA", 1);
    dataset.putAll(small);
    dataset.putAll(samples("SIMB", 2));
    dataset.put("pack.zip", new byte[100]);
    long bytes = small.values().stream().mapToLong(content -> content.length).sum();

    assertThat(Booklake.done("fetch", DATASET, "--landing", landing, "--dry-run"))
        .contains("3 to fetch");
    assertThat(landing).doesNotExist();
    assertThat(server.contentBytes()).isZero();

    assertThat(
            Booklake.done(
                "fetch", DATASET, "--landing", landing, "--exclude", "*.zip", "--max-bytes", bytes))
        .contains("1 fetched", "1 left");
    assertThat(Booklake.done("fetch", DATASET, "--landing", landing, "--tickers", "SIMB"))
        .contains("2 fetched");
    assertThat(Booklake.done("fetch", DATASET, "--landing", landing)).contains("3 unchanged");
  }

  @Test
  void aLandingZoneThatIsSharedIsFilledByTasks() throws Exception {
    Map<String, byte[]> files = samples("SIMA", 1);
    files.putAll(samples("SIMB", 2));
    dataset.putAll(files);
    String shared = SHARED + landing;
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/resolve/") && seen.target().contains("SIMB")) {
            HubDouble.refuse(exchange, 404, "EntryNotFound", "Entry not found");
            return true;
          }
          return false;
        });
    assertThat(Booklake.run("fetch", DATASET, "--landing", shared).code())
        .isEqualTo(Main.PARTLY_DONE);
    server.heal();
    server.forget();
    assertThat(Booklake.done("fetch", DATASET, "--landing", shared))
        .contains("1 fetched, 1 unchanged");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(landed(file.getKey())).hasBinaryContent(file.getValue());
    }
    assertThat(server.seen())
        .isNotEmpty()
        .allMatch(seen -> RunningHub.AUTHORIZATION.equals(seen.authorization()));
  }

  @Test
  void whatOnlyTheUserCanMendIsWrongInput() {
    Booklake.Outcome nothing = Booklake.run("fetch", "owner/nothing", "--landing", landing);
    assertThat(nothing.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(nothing.err()).contains("owner/nothing", "Check the name");

    Booklake.Outcome revision = Booklake.run("fetch", DATASET + "@v7", "--landing", landing);
    assertThat(revision.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(revision.err()).contains("'v7'", "main");

    Booklake.Outcome two = Booklake.run("fetch", DATASET + "@v1", DATASET, "--landing", landing);
    assertThat(two.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(two.err()).contains(DATASET + "@v1 and " + DATASET + "@main");

    assertThat(Booklake.run("fetch", "no dataset", "--landing", landing).code())
        .isEqualTo(Main.INVALID_INPUT);
    assertThat(Booklake.run("fetch", "--landing", landing).err())
        .contains("totalorganfailure/lobster-data");
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void whatWasDeliveredBeforeTheHubRefusedIsNotedAndNotAskedForAgain(String scheme)
      throws Exception {
    dataset.putAll(samples("SIMA", 1));
    dataset.putAll(samples("SIMB", 2));
    server.forgetTokenOf("SIMB");
    Booklake.Outcome outcome = Booklake.run("fetch", DATASET, "--landing", scheme + landing);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains("Check the name (OWNER/NAME) and the token");
    assertThat(server.seen()).filteredOn(seen -> seen.target().contains("SIMB")).hasSize(1);
    server.heal();
    server.forget();
    assertThat(Booklake.done("fetch", DATASET, "--landing", scheme + landing))
        .contains("1 fetched, 1 unchanged");
    assertThat(server.seen()).noneMatch(seen -> seen.target().contains("SIMA"));
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void whatAFailedRunDidNotReplaceKeepsItsEntry(String scheme) throws Exception {
    dataset.putAll(samples("SIMA", 1));
    dataset.putAll(samples("SIMB", 2));
    Booklake.done("fetch", DATASET, "--landing", scheme + landing);
    Path manifest = landed("_manifest.json");
    String before = Files.readString(manifest);
    dataset.putAll(samples("SIMA", 3));
    dataset.putAll(samples("SIMB", 4));

    server.forgetTokenOf("/resolve/");
    assertThat(Booklake.run("fetch", DATASET, "--landing", scheme + landing).code())
        .isEqualTo(Main.INVALID_INPUT);
    assertThat(manifest).hasContent(before);

    server.heal();
    server.forgetTokenOf("SIMB");
    assertThat(Booklake.run("fetch", DATASET, "--landing", scheme + landing).code())
        .isEqualTo(Main.INVALID_INPUT);
    String after = Files.readString(manifest);
    assertThat(entries(after, "SIMB")).isEqualTo(entries(before, "SIMB")).hasSize(2);
    assertThat(entries(after, "SIMA"))
        .hasSize(2)
        .doesNotContainAnyElementsOf(entries(before, "SIMA"));

    server.heal();
    assertThat(Booklake.done("fetch", DATASET, "--landing", scheme + landing))
        .contains("1 fetched, 1 unchanged");
  }

  /** What a manifest says of the files of a ticker. */
  private static List<Map.Entry<String, JsonNode>> entries(String manifest, String ticker)
      throws IOException {
    return new ObjectMapper()
        .readTree(manifest).get("files").properties().stream()
            .filter(file -> file.getKey().contains(ticker))
            .toList();
  }

  @Test
  void aLinkInTheLandingZoneThatLeadsOutIsNotFollowed() throws Exception {
    Map<String, byte[]> files = samples("SIMA", 1);
    dataset.putAll(files);
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path parent = landed(files.keySet().iterator().next()).getParent();
    Files.createDirectories(parent.getParent());
    Files.createSymbolicLink(parent, outside);
    Booklake.Outcome outcome = Booklake.run("fetch", DATASET, "--landing", landing);
    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains("UNSAFE");
    assertThat(outside).isEmptyDirectory();
  }

  private Path landed(String path) {
    return landing.resolve("datasets--owner--lobster").resolve(path);
  }

  /** A ticker-day as the real sample has it: in a folder of its own. */
  private Map<String, byte[]> samples(String ticker, int seed) throws IOException {
    Path made = folder.resolve("made-" + ticker + "-" + seed);
    Booklake.done(
        "simulate", "--landing", made, "--ticker-count", 3, "--events", 500, "--seed", seed);
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(made)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith(ticker)) {
          files.put(
              "LOBSTER_SampleFile_" + ticker + "_2024-03-04_10/" + file.getFileName(),
              Files.readAllBytes(file));
        }
      }
    }
    assertThat(files).hasSize(2);
    return files;
  }

  /** Every file with its time and length. */
  private static Map<String, String> state(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.collect(
          Collectors.toMap(
              Path::toString,
              file -> {
                try {
                  return Files.getLastModifiedTime(file) + " " + Files.size(file);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }));
    }
  }
}
