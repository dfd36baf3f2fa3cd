package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.model.TickerDay;
import io.booklake.read.ArrowStream;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.RowQuery;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers read the lake with whatever they use: PySpark, Polars, delta-rs, DuckDB. */
class DataPlatformIT {
  @TempDir Path folder;

  @Test
  void everyEngineSeesTheSameTablesAndPySparkReadsPairsByTheJar() throws Exception {
    String python = PythonEnvironment.python().toString();
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("lake");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        4,
        "--events",
        4_000,
        "--depths",
        "10,1",
        "--packing",
        "zip");
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Booklake.done("candles", "--lake", lake, "--bars", "time:1m,events:50");
    Booklake.done("volume-profile", "--lake", lake);
    Booklake.done("depth-metrics", "--lake", lake, "--grids", "time:1m");
    Tables tables = new Tables(lake);
    Path stream = folder.resolve("messages.arrows");
    try (OutputStream out = Files.newOutputStream(stream)) {
      DayReader day =
          LakeReader.open(lake.toString(), new Configuration())
              .day(new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 10));
      ArrowStream.write(day.rows(RowQuery.of("messages").between(100, 299)), out);
    }

    PythonEnvironment.Output output =
        PythonEnvironment.run(
            List.of(
                python,
                "src/test/python/read_lake.py",
                lake.toString(),
                landing.toString(),
                stream.toString(),
                JobJar.path().toString(),
                JobJar.jarsThatSparkLacks()));

    assertThat(output.code()).as(output.text()).isZero();
    String result =
        output.text().lines().filter(line -> line.startsWith("RESULT ")).findFirst().orElseThrow();
    JsonNode seen = new ObjectMapper().readTree(result.substring("RESULT ".length()));
    for (String table :
        List.of(
            "messages",
            "depth",
            "trades",
            "mbo",
            "book_snapshots",
            "orders",
            "candles",
            "volume_profile",
            "depth_metrics",
            "ticker_days")) {
      String expected =
          "[" + tables.count(table, "true") + "," + tables.read(table).columns().length + "]";
      for (String engine : List.of("polars", "delta-rs", "duckdb", "spark")) {
        assertThat(seen.get(table).get(engine).toString())
            .as(table + " by " + engine)
            .isEqualTo(expected);
      }
    }
    assertThat(seen.get("stream").get("rows").asInt()).isEqualTo(200);
    assertThat(seen.get("stream").get("as_in_the_table").asBoolean()).isTrue();
    assertThat(seen.get("lobster").get("rows").asLong())
        .isEqualTo(tables.count("messages", "true"));
    assertThat(seen.get("volume").get("candles").asLong())
        .isEqualTo(seen.get("volume").get("trades").asLong())
        .isPositive();
  }

  @Test
  void aPageOfPythonRebuildsTheOrderLevelBook() throws Exception {
    String python = PythonEnvironment.python().toString();
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("lake");
    Booklake.done(
        "simulate",
        "--landing",
        landing,
        "--ticker-count",
        1,
        "--events",
        5_000,
        "--depths",
        "10,3");
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    for (int levels : new int[] {10, 3}) {
      PythonEnvironment.Output output = rebuildBook(python, lake, levels);
      assertThat(output.code()).as(output.text()).isZero();
      assertThat(output.text()).contains("100 books agree with the published rows");
    }

    Tables tables = new Tables(lake);
    tables
        .spark()
        .sql("UPDATE delta.`" + lake.resolve("depth") + "` SET bid_size_1 = 1 WHERE levels = 10");
    tables
        .spark()
        .sql(
            "UPDATE delta.`"
                + lake.resolve("ticker_days")
                + "` SET table_versions = map_concat(table_versions, map('depth', "
                + tables.versions().get("depth")
                + "L))");
    PythonEnvironment.Output output = rebuildBook(python, lake, 10);
    assertThat(output.code()).isNotZero();
    assertThat(output.text()).contains("more known than published at");
  }

  private static PythonEnvironment.Output rebuildBook(String python, Path lake, int levels)
      throws Exception {
    return PythonEnvironment.run(
        List.of(
            python,
            "../docs/examples/rebuild_book.py",
            lake.toString(),
            "SIMA",
            "2024-03-04",
            Integer.toString(levels)));
  }
}
