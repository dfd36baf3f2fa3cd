package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 4, "--events", 600);
    Path lake = folder.resolve("laptop");
    Booklake.done(nightly(landing.toString(), lake.toString()).toArray());
    onALaptop = contents(lake);
    assertThat(onALaptop)
        .containsKeys("messages", "mbo", "candles", "depth_metrics", "ticker_days");
  }

  private static List<String> nightly(String landing, String lake) {
    return List.of("nightly", "--landing", landing, "--lake", lake);
  }

  @Test
  void twoExecutorsOfALocalClusterMakeTheSameLake() throws Exception {
    Path lake = folder.resolve("local-cluster");

    spark.submit(
        "local-cluster[2,1,1024]",
        Map.of(),
        folder.resolve("local-cluster.log"),
        nightly(landing.toString(), lake.toString()));

    assertThat(contents(lake)).isEqualTo(onALaptop);
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
