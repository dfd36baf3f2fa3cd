package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.hub.HubDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that are read where they are, by {@code hf://}; bytes are counted at the server. */
class HubLandingIT {
  private static final String ROOT = "hf://datasets/owner/lobster";

  @RegisterExtension final RunningHub hub = new RunningHub();
  @TempDir Path folder;
  private HubDouble server;

  @BeforeEach
  void start() {
    server = hub.server();
  }

  @Test
  void aDatasetIsIngestedWithoutALandingCopy() throws Exception {
    Path landing = simulate("plain", 2_000);
    Map<String, byte[]> files = files(landing);
    String commit = server.dataset("owner/lobster").putAll(files);
    Path local = folder.resolve("local");
    Path remote = folder.resolve("remote");
    Booklake.done("ingest", "--landing", landing, "--lake", local);

    Booklake.done("ingest", "--landing", ROOT, "--lake", remote);

    for (String table : List.of("messages", "depth", "trades", "mbo", "book_snapshots", "orders")) {
      assertThat(new Tables(remote).content(table, "true"))
          .as(table)
          .isEqualTo(new Tables(local).content(table, "true"));
    }
    assertThat(
            new Tables(remote)
                .count(
                    "ticker_days",
                    "dataset_revision = 'owner/lobster@"
                        + commit
                        + "' AND message_file LIKE '"
                        + ROOT
                        + "@"
                        + commit
                        + "/%'"))
        .isEqualTo(2);
    assertThat(
            Booklake.done(
                "explain",
                "--lake",
                remote,
                "--table",
                "messages",
                "--ticker",
                "SIMA",
                "--index",
                3))
        .contains("owner/lobster@" + commit, "unchanged");
    assertThat(hub.cache()).doesNotExist();
    assertThat(Booklake.done("ingest", "--landing", ROOT + "@main/*/", "--lake", remote))
        .contains("0 published, 2 unchanged");
  }

  @Test
  void anArchiveIsReadInPlace() throws Exception {
    server.dataset("owner/lobster").putAll(files(simulate("zip", 500)));
    assertThat(Booklake.done("ingest", "--landing", ROOT, "--lake", folder.resolve("lake")))
        .contains("2 published");
  }

  @Test
  void anIndexRangeOfATickerDayReadsOnlyTheBytesThatItNeeds() throws Exception {
    Map<String, byte[]> files = files(simulate("plain", 60_000));
    server.dataset("owner/lobster").putAll(files);
    long all = files.values().stream().mapToLong(content -> content.length).sum();
    long needed = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().contains("SIMA")) {
        needed += bytesOfRows(file.getValue(), 2_000);
      }
    }
    SparkSession spark = Sessions.start().session();
    server.forget();

    Dataset<Row> range =
        spark
            .read()
            .format("lobster")
            .option("table", "paired")
            .load(ROOT)
            .where("ticker = 'SIMA' AND event_index >= 1000 AND event_index < 2000");

    List<Row> rows = range.collectAsList();
    assertThat(rows).hasSize(1_000);
    assertThat(server.contentBytes()).isBetween(needed, 2 * needed + (512 << 10));
    assertThat(server.contentBytes()).isLessThan(all / 5);
  }

  @Test
  void parquetOnTheHubIsReadByColumnsAndRowGroups() throws Exception {
    SparkSession spark = Sessions.start().session();
    Path made = folder.resolve("made");
    spark
        .range(0, 400_000, 1, 1)
        .selectExpr("id", "hash(id) AS other", "cast(hash(id, 7) AS string) AS text")
        .write()
        .option("parquet.block.size", 1 << 20)
        .parquet(made.toString());
    Map<String, byte[]> files = new TreeMap<>();
    files(made).forEach((path, content) -> files.put("data/" + path, content));
    server.dataset("owner/lobster").putAll(files);
    long all = files.values().stream().mapToLong(content -> content.length).sum();
    server.forget();

    Dataset<Row> table = spark.read().parquet(ROOT + "/data/samples");
    assertThat(table.where("id >= 390000").count()).isEqualTo(10_000);
    assertThat(server.contentBytes()).isLessThan(all / 3);
    assertThat(table.count()).isEqualTo(400_000);
    assertThat(table.selectExpr("sum(hash(id) - other)").head().getLong(0)).isZero();
  }

  private Path simulate(String packing, int events) {
    Path landing = folder.resolve("landing");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        2,
        "--events",
        events,
        "--packing",
        packing);
    return landing;
  }

  private static Map<String, byte[]> files(Path landing) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(landing)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          files.put("samples/" + landing.relativize(file), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static long bytesOfRows(byte[] text, int rows) {
    int seen = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' && ++seen == rows) {
        return 1L + i;
      }
    }
    throw new AssertionError("the file has " + seen + " rows");
  }
}
