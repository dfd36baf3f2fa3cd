package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.hub.HubDouble;
import io.booklake.hub.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are published to a Hub by the real command line, and read back from there. */
class PublishIT {
  private static final String DATASET = "me/tables";

  @RegisterExtension final RunningHub hub = new RunningHub();
  @TempDir Path folder;
  private Path lake;
  private HubDouble server;
  private Repository repository;

  @BeforeEach
  void start() throws IOException {
    server = hub.server();
    repository = server.dataset(DATASET);
    lake = folder.resolve("lake");
    simulate("2024-03-04", 1);
    Booklake.done("ingest", "--landing", folder.resolve("landing"), "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:30m");
  }

  private void simulate(String date, int seed) {
    Booklake.done(
        "simulate",
        "--landing",
        folder.resolve("landing"),
        "--ticker-count",
        2,
        "--events",
        1_000,
        "--first-date",
        date,
        "--seed",
        seed);
  }

  @Test
  void tablesArePublishedInOneCommitAndOnlyOnce() {
    int before = repository.commitCount();
    assertThat(Booklake.done("publish", DATASET, "--tables", "trades,candles", "--lake", lake))
        .contains("one commit, " + repository.mainCommit());
    assertThat(repository.commitCount()).isEqualTo(before + 1);
    assertThat(repository.paths())
        .containsExactlyInAnyOrder(
            "README.md",
            "candles/2024-03-04/SIMA_10.parquet",
            "candles/2024-03-04/SIMB_10.parquet",
            "ticker_days/2024-03-04/SIMA_10.parquet",
            "ticker_days/2024-03-04/SIMB_10.parquet",
            "trades/2024-03-04/SIMA_10.parquet",
            "trades/2024-03-04/SIMB_10.parquet");
    assertThat(new String(repository.content("README.md"), StandardCharsets.UTF_8))
        .startsWith("---\n")
        .contains("- config_name: trades\n  data_files: trades/*/*.parquet", "`sweep_id`");
    Tables tables = new Tables(lake);
    for (String table : new String[] {"trades", "candles", "ticker_days"}) {
      Dataset<Row> there =
          tables.spark().read().parquet("hf://datasets/" + DATASET + "/" + table + "/2024-03-04");
      Dataset<Row> here = tables.read(table);
      assertThat(there.columns()).isEqualTo(here.columns());
      assertThat(there.count()).isEqualTo(here.count()).isPositive();
      if (table.equals("trades")) {
        assertThat(there.exceptAll(here).count()).isZero();
      }
    }
    assertThat(lake.resolve("_publish")).isEmptyDirectory();

    server.forget();
    assertThat(Booklake.done("publish", DATASET, "--tables", "trades,candles", "--lake", lake))
        .contains("nothing new");
    assertThat(repository.commitCount()).isEqualTo(before + 1);
    assertThat(server.seen()).noneMatch(seen -> seen.method().equals("PUT"));
  }

  @Test
  void theSameRowsAreTheSameBytesInEveryProcess() throws Exception {
    String tables = "messages,depth,trades,candles,book_snapshots,orders";
    Booklake.done("publish", DATASET, "--tables", tables, "--lake", lake);
    String published = repository.mainCommit();
    for (String master : List.of("local[1]", "local[3]")) {
      Path log = folder.resolve(master + ".log");
      Process process =
          Booklake.start(
              log,
              optionsOfProcess(master),
              "publish",
              DATASET,
              "--tables",
              tables,
              "--lake",
              lake);
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      assertThat(Files.readString(log)).contains("nothing new, it is at commit " + published);
    }
  }

  /** To meet the Hub of this test, on a machine of other cores. */
  private static List<String> optionsOfProcess(String master) {
    return Stream.concat(
            Stream.of("-Dspark.master=" + master),
            System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spark.hadoop.fs.hf."))
                .map(name -> "-D" + name + "=" + System.getProperty(name)))
        .toList();
  }

  @Test
  void aTableGoesByItsNameOnTheCommandLine() {
    Booklake.done("publish", DATASET, "--tables", "ticker-days,book-snapshots", "--lake", lake);
    assertThat(repository.paths())
        .contains("book_snapshots/2024-03-04/SIMA_10.parquet")
        .allMatch(path -> path.matches("README.md|(ticker_days|book_snapshots)/.*"));
  }

  @Test
  void anotherTickerDayAddsToWhatIsThere() {
    Booklake.done("publish", DATASET, "--tables", "trades", "--lake", lake, "--tickers", "SIMA");
    assertThat(repository.paths()).filteredOn(path -> path.startsWith("trades/")).hasSize(1);
    Booklake.done("publish", DATASET, "--tables", "candles", "--lake", lake);
    assertThat(repository.paths())
        .contains("trades/2024-03-04/SIMA_10.parquet", "candles/2024-03-04/SIMB_10.parquet");
    assertThat(new String(repository.content("README.md"), StandardCharsets.UTF_8))
        .contains("config_name: trades", "config_name: candles", "config_name: ticker_days");
  }

  @Test
  void aLakeInAFolderNamedLikeAGlobIsPublishedAsAnyOther() throws IOException {
    Path odd = Files.move(lake, folder.resolve("la[1]"));
    Booklake.done("publish", DATASET, "--tables", "candles", "--lake", odd);
    assertThat(repository.paths())
        .contains("candles/2024-03-04/SIMA_10.parquet", "candles/2024-03-04/SIMB_10.parquet");
  }

  @Test
  void aCardThatSomebodyWroteStays() {
    repository.put("README.md", "# Mine\n".getBytes(StandardCharsets.UTF_8));
    Booklake.done("publish", DATASET, "--tables", "candles", "--lake", lake);
    assertThat(repository.content("README.md")).asString().isEqualTo("# Mine\n");
  }

  @Test
  void aCardThatIsWrittenWhileTheTablesAreStagedStays() {
    AtomicInteger looks = new AtomicInteger();
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().endsWith("/revision/main") && looks.incrementAndGet() == 2) {
            repository.put("README.md", "# Mine\n".getBytes(StandardCharsets.UTF_8));
          }
          return false;
        });
    Booklake.done("publish", DATASET, "--tables", "candles", "--lake", lake);
    assertThat(repository.content("README.md")).asString().isEqualTo("# Mine\n");
    assertThat(repository.paths()).contains("candles/2024-03-04/SIMA_10.parquet");
  }

  @Test
  void aCardThatIsWrittenWhileFilesAreUploadedIsNotOverwrittenEither() {
    server.intercept(
        (seen, exchange) -> {
          if (seen.target().contains("/preupload/")) {
            repository.put("README.md", "# Mine\n".getBytes(StandardCharsets.UTF_8));
          }
          return false;
        });
    Booklake.Outcome outcome =
        Booklake.run("publish", DATASET, "--tables", "candles", "--lake", lake);
    assertThat(outcome.code()).isEqualTo(Main.FAILED);
    assertThat(outcome.err())
        .containsOnlyOnce("somebody committed meanwhile. Run it again.")
        .doesNotContain("(cause:");
    assertThat(repository.paths()).containsExactly("README.md");
    assertThat(repository.content("README.md")).asString().isEqualTo("# Mine\n");
  }

  @Test
  void aCommitIsNoTargetWhichIsSaidBeforeAnythingIsDone() {
    server.forget();
    String commit = DATASET + "@" + repository.mainCommit();
    Booklake.Outcome outcome =
        Booklake.run("publish", commit, "--tables", "candles", "--lake", lake);
    assertThat(outcome.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(outcome.err()).contains(commit, "name a branch, as in 'me/tables@main'");
    assertThat(server.seen()).isEmpty();
    assertThat(lake.resolve("_publish")).doesNotExist();
  }

  @Test
  void whatAKilledPublicationStagedIsRemovedByTheNextButNotWhatOneUnderWayHas() throws Exception {
    Path abandoned = lake.resolve("_publish/killed/trades/part.parquet");
    Path underWay = lake.resolve("_publish/living/trades/part.parquet");
    for (Path staged : List.of(abandoned, underWay)) {
      Files.createDirectories(staged.getParent());
      Files.write(staged, new byte[100]);
    }
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    Booklake.done("publish", DATASET, "--tables", "trades", "--lake", lake);
    assertThat(lake.resolve("_publish/killed")).doesNotExist();
    assertThat(underWay).exists();
  }

  @Test
  void whatOnlyTheUserCanMendIsWrongInput() {
    Booklake.Outcome table =
        Booklake.run("publish", DATASET, "--tables", "quarantine", "--lake", lake);
    assertThat(table.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(table.err()).contains("'quarantine'", "messages");
    Booklake.Outcome dataset =
        Booklake.run("publish", "me/nothing", "--tables", "trades", "--lake", lake);
    assertThat(dataset.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(dataset.err()).contains("me/nothing");
    assertThat(Booklake.run("publish", DATASET, "--lake", lake).code()).isEqualTo(2);
    assertThat(Booklake.run("publish", DATASET, "--tables", "depth_metrics", "--lake", lake).err())
        .contains("no ticker-day");
  }
}
