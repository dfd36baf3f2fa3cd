package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake's tables by name, in a Hive metastore. */
class RegisterIT {
  @TempDir private Path folder;

  @Test
  void aNightRegistersTablesAndDollarViewsThatOtherSessionsFind() throws Exception {
    SparkDistribution spark = new SparkDistribution();
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("somebody's lake");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 1, "--events", 600);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);
    Map<String, String> metastore =
        Map.of(
            "spark.sql.catalogImplementation",
            "hive",
            "spark.sql.warehouse.dir",
            folder.resolve("warehouse").toString(),
            "spark.hadoop.javax.jdo.option.ConnectionURL",
            "jdbc:derby:;databaseName=" + folder.resolve("metastore") + ";create=true");
    List<String> nightly =
        List.of(
            "nightly",
            "--landing",
            landing.toString(),
            "--lake",
            lake.toString(),
            "--steps",
            "ingest",
            "--register",
            "market_data");

    spark.submit("local[2]", metastore, folder.resolve("night.log"), nightly);
    Path log = folder.resolve("session.log");
    int code =
        spark
            .program(metastore, log, List.of("src/test/python/read_catalog.py", "market_data"))
            .start()
            .waitFor();
    String said = Files.readString(log);
    assertThat(code).as(said).isZero();
    JsonNode found =
        new ObjectMapper()
            .readTree(
                said.lines()
                    .filter(line -> line.startsWith("found "))
                    .findFirst()
                    .orElseThrow()
                    .substring("found ".length()));
    assertThat(found.get("views"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            "book_snapshots_usd",
            "depth_usd",
            "mbo_usd",
            "messages_usd",
            "orders_usd",
            "trades_usd");
    assertThat(found.get("tables"))
        .extracting(JsonNode::textValue)
        .contains("messages", "depth", "trades", "ticker_days");
    assertThat(found.get("type").textValue()).isEqualTo("EXTERNAL");
    assertThat(found.get("location").textValue()).endsWith("somebody's lake/trades");
    assertThat(found.get("table_comment").textValue()).startsWith("Ask price, 1/10,000 USD;");
    assertThat(found.get("view_comment").textValue()).startsWith("Ask price, USD;");
    JsonNode difference = found.get("difference");
    assertThat(difference.get("rows").intValue()).isEqualTo(600);
    assertThat(difference.get("type").textValue()).isEqualTo("decimal(19,4)");
    assertThat(difference.get("different").intValue()).isZero();
  }

  @Test
  void aCatalogInMemoryAndANameThatIsNoneAreRefused() {
    Path lake = folder.resolve("lake");

    Booklake.Outcome inMemory = Booklake.run("register", "market_data", "--lake", lake);
    Booklake.Outcome noName = Booklake.run("register", "no;name", "--lake", lake);

    assertThat(inMemory.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(inMemory.err()).contains("spark.sql.catalogImplementation=hive");
    assertThat(noName.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(noName.err()).contains("'no;name'", "lower-case letters");
  }
}
