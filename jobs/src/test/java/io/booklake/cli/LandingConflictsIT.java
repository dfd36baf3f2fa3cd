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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is in the way of a fetch: names of a dataset, another fetch, its own end. The manifest says
 * nothing that is not so.
 */
class LandingConflictsIT {
  private static final String DATASET = "owner/lobster";
  private static final String SHARED = SharedFileSystem.SCHEME + ":";
  private static final String LOCAL = "";

  @RegisterExtension final RunningHub hub = new RunningHub();
  @TempDir Path folder;
  private Path landing;
  private Path landed;
  private HubDouble server;
  private Repository dataset;

  @BeforeEach
  void start() {
    landing = folder.resolve("landing");
    landed = landing.resolve("datasets--owner--lobster");
    server = hub.server();
    dataset = server.dataset(DATASET);
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void aNameThatTheLandingZoneHasForItselfIsRefusedAndTheManifestStays(String scheme)
      throws Exception {
    dataset.putAll(pair("", "SIMA", 1));
    dataset.putAll(pair("_manifest.json/", "SIMB", 1));
    dataset.putAll(pair("_Incoming/x/", "SIMC", 1));

    Booklake.Outcome outcome = fetch(scheme);

    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains("1 fetched", "2 quarantined", "booklake keeps its own");
    assertThat(manifest().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(pair("", "SIMA", 1).keySet());
    server.forget();
    assertThat(fetch(scheme).out()).contains("0 fetched, 1 unchanged, 2 quarantined");
    assertThat(server.contentBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void aFileThatWasAFolderIsRefusedAlone(String scheme) throws Exception {
    fetchWhatTakesThePlaceOf("2020.zip/a.zip", "2020.zip", scheme, "is a folder");

    assertThat(landed.resolve("2020.zip")).isDirectoryNotContaining("glob:**2020.zip/????????-*");
    assertThat(fetch(scheme).out()).contains("0 fetched, 1 unchanged, 1 quarantined");
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void aFolderThatWasAFileIsRefusedAlone(String scheme) throws Exception {
    fetchWhatTakesThePlaceOf("2020.zip", "2020.zip/a.zip", scheme, "where a file is");

    assertThat(landed.resolve("2020.zip")).hasContent("2020.zip");
  }

  /** Both names cannot be in one folder: the new one is quarantined, and a pair beside it not. */
  private void fetchWhatTakesThePlaceOf(String old, String name, String scheme, String reason)
      throws Exception {
    dataset.put(old, bytes(old));
    fetch(scheme);
    dataset.remove(old);
    dataset.putAll(pair("", "SIMA", 1));
    dataset.put(name, bytes(name));

    Booklake.Outcome outcome = fetch(scheme);

    assertThat(outcome.code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(outcome.out()).contains("1 fetched", "1 quarantined", reason);
  }

  @Test
  void aFolderThatIsNamedAsTheManifestIsNotTakenForNone() throws Exception {
    Files.createDirectories(landed.resolve("_manifest.json"));
    dataset.putAll(pair("", "SIMA", 1));
    Booklake.Outcome outcome = fetch(LOCAL);
    assertThat(outcome.code()).isEqualTo(Main.FAILED);
    assertThat(outcome.err()).contains("_manifest.json", "found a folder", "Delete it");
  }

  /** The other one begins and ends while the first is under way. */
  @ParameterizedTest
  @ValueSource(strings = {LOCAL, SHARED})
  void whatAnotherFetchNotesMeanwhileStaysNoted(String scheme) throws Exception {
    dataset.putAll(pair("", "SIMA", 1));
    dataset.putAll(pair("", "SIMB", 1));
    AtomicBoolean first = new AtomicBoolean(true);
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/resolve/") && first.getAndSet(false)) {
            Booklake.done("fetch", DATASET, "--landing", scheme + landing, "--tickers", "SIMB");
          }
          return false;
        });
    Booklake.done("fetch", DATASET, "--landing", scheme + landing, "--tickers", "SIMA");
    assertThat(manifest()).hasSize(4);
    assertThat(fetch(scheme).out()).contains("0 fetched, 2 unchanged");
  }

  @Test
  void whatTwoFetchesOfTwoCommitsPutInOnePlaceIsFetchedOnceMore() throws Exception {
    String old = dataset.putAll(pair("", "SIMA", 1));
    dataset.putAll(pair("", "SIMA", 2));
    AtomicBoolean first = new AtomicBoolean(true);
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/resolve/") && first.getAndSet(false)) {
            Booklake.done("fetch", DATASET + "@" + old, "--landing", landing);
          }
          return false;
        });
    Booklake.done("fetch", DATASET, "--landing", landing);
    assertThat(manifest()).isEmpty();
    assertThat(fetch(LOCAL).out()).contains("1 fetched");
    assertThat(manifest()).hasSize(2);
  }

  @Test
  void whatIsRefusedKeepsItsFilesAndWhatIsNotedOfThem() throws Exception {
    dataset.putAll(pair("", "SIMA", 1));
    fetch(LOCAL);
    JsonNode before = manifest();
    dataset.putAll(pair("", "SIMA", 2));
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("orderbook")) {
            HubDouble.refuse(exchange, 404, "EntryNotFound", "Entry not found");
            return true;
          }
          return false;
        });
    assertThat(fetch(LOCAL).code()).isEqualTo(Main.PARTLY_DONE);
    assertThat(manifest()).isEqualTo(before);
  }

  @Test
  @Timeout(120)
  void aPairThatWasReplacedByOneOfItsSizeIsOfNoCommitWhereTheRunWasKilled() throws Exception {
    dataset.putAll(pair("", "SIMA", 1));
    fetch(LOCAL);
    Map<String, byte[]> changed = pair("", "SIMA", 2);
    dataset.putAll(changed);
    dataset.putAll(pair("", "SIMB", 1));
    CountDownLatch killed = new CountDownLatch(1);
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/resolve/") && seen.target().contains("SIMB")) {
            await(killed);
          }
          return false;
        });
    Process process =
        Booklake.start(
            folder.resolve("log"),
            List.of(
                "-Dspark.hadoop.fs.hf.endpoint=" + server.endpoint(),
                "-Dspark.hadoop.fs.hf.cache=" + folder.resolve("cache")),
            "fetch",
            DATASET,
            "--landing",
            landing);
    try {
      while (!isLanded(changed)) {
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
        Thread.sleep(20);
      }
    } finally {
      process.destroyForcibly().waitFor();
      killed.countDown();
    }
    assertThat(landed).isDirectoryNotContaining("glob:**SIMB*");
    Path lake = folder.resolve("lake");
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    assertThat(new Tables(lake).count("ticker_days", "dataset_revision IS NULL")).isEqualTo(1);

    server.heal();
    assertThat(fetch(LOCAL).out()).contains("2 fetched");
  }

  private boolean isLanded(Map<String, byte[]> files) throws IOException {
    boolean all = true;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      all &= Files.mismatch(landed.resolve(file.getKey()), written(file.getValue())) < 0;
    }
    return all;
  }

  private Path written(byte[] content) throws IOException {
    return Files.write(folder.resolve("expected"), content);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Booklake.Outcome fetch(String scheme) {
    return Booklake.run("fetch", DATASET, "--landing", scheme + landing);
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(landed.resolve("_manifest.json").toFile()).get("files");
  }

  /** A ticker-day of one order; another price is of the same length. */
  private static Map<String, byte[]> pair(String where, String ticker, int price) {
    String name = where + ticker + "_2024-03-04_34200000_57600000_";
    String others = ",9999999999,0,-9999999999,0".repeat(9);
    return Map.of(
        name + "message_10.csv",
        bytes("34200.1,1,1,10,100000" + price + ",1\n"),
        name + "orderbook_10.csv",
        bytes("1000100,10,100000" + price + ",10" + others + "\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
