package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar, as spark-submit runs it on several machines, makes the lake that a laptop makes. */
class ClusterIT {
  @TempDir private static Path folder;

  private static SparkDistribution spark;
  private static Path landing;
  private static Map<String, String> onALaptop;

  @BeforeAll
  static void makeTheLakeInThisProcess() throws Exception {
    spark = new SparkDistribution();
    landing = folder.resolve("landing");
    // A task takes what is of one date: two dates give each of two executors something to do.
    Booklake.done(
        "simulate", "--landing", landing, "--ticker-count", 2, "--days", 2, "--events", 600);
    Path lake = folder.resolve("laptop");
    Booklake.done(nightly(landing.toString(), lake.toString()).toArray());
    onALaptop = contents(lake);
    assertThat(onALaptop)
        .containsKeys("messages", "mbo", "candles", "depth_metrics", "ticker_days");
  }

  private static List<String> nightly(String landing, String lake) {
    // Without verify: the lakes are held against one another.
    return List.of(
        "nightly",
        "--landing",
        landing,
        "--lake",
        lake,
        "--steps",
        "ingest,candles,volume-profile,depth-metrics");
  }

  @Test
  void twoWorkersOfAStandaloneMasterMakeTheSameLakeOnAnObjectStore() throws Exception {
    try (S3Server server = new S3Server();
        FileSystem files =
            new org.apache.hadoop.fs.Path(server.root()).getFileSystem(server.configuration());
        StandaloneCluster cluster = new StandaloneCluster(spark, folder.resolve("standalone"), 2)) {
      String onS3 = server.root() + "landing";
      FileUtil.copy(
          landing.toFile(),
          files,
          new org.apache.hadoop.fs.Path(onS3),
          false,
          server.configuration());
      Map<String, String> settings = new TreeMap<>();
      server.settings().forEach((key, value) -> settings.put("spark.hadoop." + key, value));

      spark.submit(
          cluster.master(),
          settings,
          folder.resolve("standalone.log"),
          nightly(onS3, server.root() + "lake"));

      Path copy = folder.resolve("copy");
      FileUtil.copy(
          files,
          new org.apache.hadoop.fs.Path(server.root() + "lake"),
          copy.toFile(),
          false,
          server.configuration());
      assertThat(contents(copy)).isEqualTo(onALaptop);
      assertThat(cluster.workersThatWorked()).isEqualTo(2);
    }
  }

  /** Of every table, but for where its pairs lay: nothing but paths may differ. */
  private static Map<String, String> contents(Path lake) {
    Tables tables = new Tables(lake);
    Map<String, String> contents = new TreeMap<>();
    for (String table : tables.contents().keySet()) {
      List<String> columns =
          tables.columns(table).stream()
              .filter(column -> !column.matches("\"(message|orderbook)_file\""))
              .toList();
      contents.put(table, tables.content(table, "true", columns));
    }
    return contents;
  }
}
