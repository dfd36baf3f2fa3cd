package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.booklake.job.Settings;
import io.booklake.job.VacuumJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What vacuum deletes, and above all what it does not. */
class VacuumIT {
  private static final Duration LONG_AGO = Duration.ofDays(30);

  /** Published twice: SIMB keeps the first version of each table, whose files SIMA shared. */
  @TempDir static Path twice;

  /** And a third time: nothing but the third versions is pinned. */
  @TempDir static Path thrice;

  @TempDir Path folder;
  private Path lake;

  @BeforeAll
  static void publish() throws IOException {
    Path landing = twice.resolve("landing");
    Path first = twice.resolve("lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 2, "--events", 300);
    Booklake.done("ingest", "--landing", landing, "--lake", first);
    Booklake.done("ingest", "--landing", landing, "--lake", first, "--tickers", "SIMA", "--force");
    copy(first, thrice.resolve("lake"));
    Booklake.done("ingest", "--landing", landing, "--lake", thrice.resolve("lake"), "--force");
  }

  private void begin(Path from) throws IOException {
    lake = folder.resolve("lake");
    copy(from.resolve("lake"), lake);
  }

  @Test
  void aVersionThatTheLedgerPinsStaysHoweverOldItIs() throws IOException {
    begin(twice);
    age(lake);
    String before = Booklake.done(show("SIMB"));

    assertThat(JsonLines.sum(vacuum("--delete"), "superseded_files"))
        .as("the first file of the ledger alone: all others are pinned")
        .isEqualTo(1);

    assertThat(Booklake.done(show("SIMB"))).isEqualTo(before);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("0 failed");
  }

  @Test
  void whatNobodyCanNeedGoesAndEveryTableKeepsItsContent() throws IOException {
    begin(thrice);
    age(lake);
    Path aborted =
        Files.copy(dataFile("messages"), dataFile("messages").resolveSibling("a.parquet"));
    Path draft = Files.writeString(lake.resolve("depth/_delta_log/.7.json.x.tmp"), "{");
    Path foreign = Files.writeString(lake.resolve("depth/notes.txt"), "of somebody else");
    Path logged = Files.copy(aborted, lake.resolve("depth/_delta_log/logged.parquet"));
    Path hidden = Files.copy(aborted, aborted.resolveSibling(".hidden.parquet"));
    age(aborted);
    age(draft);
    age(foreign);
    age(logged);
    age(hidden);
    Map<String, String> contents = new Tables(lake).contents();
    List<Path> files = files();

    Map<String, JsonNode> counted = vacuum();

    assertThat(files()).as("a dry run").isEqualTo(files);
    assertThat(counted.get("messages").get("unnamed_files").asInt()).isEqualTo(1);
    assertThat(counted.get("depth").get("unnamed_files").asInt()).isEqualTo(1);
    assertThat(counted.get("messages").get("superseded_files").asInt()).isPositive();
    assertThat(vacuum("--delete")).isEqualTo(counted);
    assertThat(files.size() - files().size())
        .isEqualTo(
            JsonLines.sum(counted, "superseded_files") + JsonLines.sum(counted, "unnamed_files"));
    assertThat(aborted).doesNotExist();
    assertThat(draft).doesNotExist();
    assertThat(List.of(foreign, logged, hidden)).allSatisfy(file -> assertThat(file).exists());
    assertThat(new Tables(lake).contents()).isEqualTo(contents);
    assertThat(Booklake.done("verify", "--lake", lake)).contains("0 failed");
    Map<String, JsonNode> after = vacuum();
    assertThat(JsonLines.sum(after, "superseded_files") + JsonLines.sum(after, "unnamed_files"))
        .isZero();
    assertThat(JsonLines.sum(after, "kept_files")).isEqualTo(JsonLines.sum(counted, "kept_files"));
  }

  @Test
  void aLongerRetentionThanBeforeIsNoProblemAlthoughOlderLedgersAreGone() throws IOException {
    begin(thrice);
    age(lake);
    vacuum("--delete");
    Path conf = Files.writeString(folder.resolve("year.yaml"), "vacuum: {retention-hours: 8760}");

    assertThat(JsonLines.sum(vacuum("--conf", conf), "superseded_files")).isZero();
  }

  /**
   * The third ledger is of today: until then somebody read by the second one. Or the second one is,
   * and the clock was wrong when the third came: as far as is known somebody read by both.
   */
  @ParameterizedTest
  @ValueSource(strings = {"3.json", "2.json"})
  void whatAReaderMayStillHoldStays(String ofToday) throws IOException {
    begin(thrice);
    age(lake);
    try (Stream<Path> commits = Files.list(lake.resolve("ticker_days/_delta_log"))) {
      Files.setLastModifiedTime(
          commits.filter(each -> each.toString().endsWith(ofToday)).findFirst().orElseThrow(),
          FileTime.from(Instant.now()));
    }

    assertThat(vacuum().get("messages").get("superseded_files").asInt()).isZero();
  }

  @Test
  void whatIsYoungerThanTheRetentionStays() throws IOException {
    begin(thrice);
    Files.copy(dataFile("messages"), dataFile("messages").resolveSibling("under-way.parquet"));

    Map<String, JsonNode> counted = vacuum();

    assertThat(JsonLines.sum(counted, "superseded_files") + JsonLines.sum(counted, "unnamed_files"))
        .isZero();
  }

  @Test
  void theRetentionIsCountedInHours() throws IOException {
    begin(thrice);
    new LakeFiles(lake).age(Duration.ofHours(30));
    Path longer = Files.writeString(folder.resolve("31.yaml"), "vacuum: {retention-hours: 31}");
    Path shorter = Files.writeString(folder.resolve("29.yaml"), "vacuum: {retention-hours: 29}");

    assertThat(JsonLines.sum(vacuum("--conf", longer), "superseded_files")).isZero();
    assertThat(JsonLines.sum(vacuum("--conf", shorter), "superseded_files")).isPositive();
  }

  @Test
  void aTableThatMissesAFileStopsItBeforeAnythingIsDeleted() throws IOException {
    begin(thrice);
    age(lake);
    String newest = new Tables(lake).source("trades").replaceFirst(".*?'(.*?)'.*", "$1");
    Files.delete(Path.of(newest));
    List<Path> files = files();

    Booklake.Outcome outcome = Booklake.run("vacuum", "--lake", lake, "--delete");

    assertThat(outcome.code()).isEqualTo(Main.FAILED);
    assertThat(outcome.err()).contains("trades", "is not there", "Nothing was deleted");
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aFileThatTheDiskKeepsIsAnErrorAndNotReportedAsDeleted() throws IOException {
    begin(thrice);
    age(lake);
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", Keeping.class, FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    VacuumJob vacuum =
        new VacuumJob(Settings.load(null).withLake(lake.toString()), configuration, true);

    assertThatThrownBy(vacuum::execute)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("cannot delete file:" + lake, "a user who may write");
  }

  /** As the disk's own where the user may not write to a folder. */
  public static final class Keeping extends LocalFileSystem {
    @Override
    public boolean delete(org.apache.hadoop.fs.Path file, boolean recursive) {
      return false;
    }
  }

  @Test
  void aLakeInTheFolderOfATableIsRefusedAndOneThatIsThereAllTheSameIsPassedOverAndNamed()
      throws IOException {
    begin(thrice);
    Path inner = lake.resolve("messages/inner");
    Path landing = twice.resolve("landing");
    for (Path refused : List.of(inner, lake.resolve("messages"))) {
      Booklake.Outcome outcome = Booklake.run("ingest", "--landing", landing, "--lake", refused);
      assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
      assertThat(outcome.err())
          .contains(
              "no lake can be at file:" + refused, lake.resolve("messages") + " is the folder");
    }
    assertThat(inner).doesNotExist();
    copy(twice.resolve("lake"), inner);
    age(lake);
    List<Path> innerFiles = files(inner);
    Booklake.Outcome counted = Booklake.run("vacuum", "--lake", lake);

    Map<String, JsonNode> deleted = vacuum("--delete");

    assertThat(counted.out()).contains("passed over", "file:" + inner.resolve("depth"));
    assertThat(deleted.get("messages").get("superseded_files").asInt()).isPositive();
    assertThat(deleted.get("messages").get("unnamed_files").asInt()).isZero();
    assertThat(files(inner)).isEqualTo(innerFiles);
  }

  @Test
  void aPartOfALakeIsAWrongCommandLineAndAShortRetentionWrongInput() throws IOException {
    begin(twice);
    Booklake.Outcome part = Booklake.run("vacuum", "--lake", lake, "--tickers", "SIMA");
    assertThat(part.code()).isEqualTo(2);
    assertThat(part.err()).contains("Unknown option", "--tickers");
    Path conf = Files.writeString(folder.resolve("short.yaml"), "vacuum: {retention-hours: 1}");
    Booklake.Outcome early = Booklake.run("vacuum", "--lake", lake, "--conf", conf);
    assertThat(early.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(early.err()).contains("vacuum.retention-hours", "24");
    Booklake.Outcome nowhere = Booklake.run("vacuum", "--lake", folder.resolve("none"));
    assertThat(nowhere.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(nowhere.err()).contains("there is no lake");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  private Object[] show(String ticker) {
    return new Object[] {
      "show", "depth", "--lake", lake, "--ticker", ticker, "--limit", 300, "--columns", "all"
    };
  }

  private Map<String, JsonNode> vacuum(Object... more) {
    return JsonLines.by(
        "table",
        Booklake.done(
            Stream.concat(Stream.of("vacuum", "--lake", lake, "--format", "json"), Stream.of(more))
                .toArray()));
  }

  /** A file, or everything below a folder, was written long ago, log included. */
  private static void age(Path root) throws IOException {
    new LakeFiles(root).age(LONG_AGO);
  }

  private Path dataFile(String table) throws IOException {
    try (Stream<Path> all = Files.walk(lake.resolve(table + "/trade_date=2024-03-04"))) {
      return all.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** All but checksums, which go with their files. */
  private List<Path> files() throws IOException {
    return files(lake);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".crc"))
          .sorted()
          .toList();
    }
  }
}
