package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.lake.LakeSessions;
import io.booklake.lake.Ledger;
import io.booklake.simulate.Market;
import io.booklake.spark.Spark;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for others is what the ledger publishes, of all tables as of one moment. */
class PublishedRowsTest {
  private static SparkSession spark;

  @TempDir private Path folder;
  private Run run;

  @BeforeAll
  static void startSpark() {
    spark = LakeSessions.start();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void takeIn() throws IOException {
    run = ingest("A", Selection.ALL);
  }

  private Run ingest(String delivery, Selection selection) throws IOException {
    SimulatedDeliveries.write(
        folder.resolve(delivery),
        Market.of(delivery.hashCode(), 2, List.of(2), 300),
        LocalDate.of(2024, 3, 4));
    Settings settings =
        Settings.load(null)
            .withLake(folder.resolve("lake").toString())
            .withLanding(List.of(folder.resolve(delivery).toString()));
    Run ingest = Run.start(Spark.of(spark), settings, selection, Progress.SILENT);
    assertThat(new IngestJob(ingest, false).execute().partlyFailed()).isFalse();
    return ingest;
  }

  @Test
  void whatIsReplacedWhileTheyAreReadStaysAsItWas() throws IOException {
    List<Row> messages = messages(new PublishedRows(run));
    PublishedRows rows = new PublishedRows(run);

    Run later = ingest("B", Selection.parse("SIMB", null, null));

    assertThat(messages(rows)).containsExactlyInAnyOrderElementsOf(messages);
    assertThat(runs(rows)).containsExactly(run.id(), run.id());
    assertThat(messages(new PublishedRows(run)))
        .isNotEqualTo(messages)
        .hasSize((int) run.published().values().stream().mapToLong(Ledger.Entry::rows).sum());
    assertThat(runs(new PublishedRows(run))).containsExactly(run.id(), later.id());
  }

  @Test
  void rowsThatNobodyPublishedAreNotAmongThem() {
    List<Row> messages = messages(new PublishedRows(run));
    spark.sql(
        "DELETE FROM delta.`%s` WHERE ticker = 'SIMB'"
            .formatted(run.lake().path(TableCatalog.MESSAGES.name())));

    assertThat(messages(new PublishedRows(run))).containsExactlyInAnyOrderElementsOf(messages);
  }

  private static List<Row> messages(PublishedRows rows) {
    return rows.of(TableCatalog.MESSAGES.name()).orElseThrow().collectAsList();
  }

  private static List<String> runs(PublishedRows rows) {
    return rows
        .of(TableCatalog.TICKER_DAYS.name())
        .orElseThrow()
        .sort("ticker")
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs("run_id"))
        .toList();
  }
}
