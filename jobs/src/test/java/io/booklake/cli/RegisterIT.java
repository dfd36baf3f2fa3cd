package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake's tables by name, in Spark's session catalog. */
class RegisterIT {
  @TempDir private Path folder;

  @Test
  void tablesAndDollarViewsAreThereWithTheirCommentsHoweverOftenTheyAreRegistered() {
    Path lake = folder.resolve("lake");
    Path landing = folder.resolve("it's landing");
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 1, "--events", 300);
    Booklake.done("ingest", "--landing", landing, "--lake", lake);

    Booklake.done("register", "it_register", "--lake", lake);
    Booklake.done("register", "it_register", "--lake", lake);

    SparkSession spark = Sessions.start();
    assertThat(spark.sql("SHOW VIEWS IN it_register").select("viewName").as("v").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "messages_usd", "depth_usd", "trades_usd", "mbo_usd", "book_snapshots_usd",
            "orders_usd");
    Row difference =
        spark
            .sql(
                "SELECT count(*), count_if(v.price IS DISTINCT FROM t.price / 10000.0), first(typeof(v.price))"
                    + " FROM it_register.messages t JOIN it_register.messages_usd v USING (event_index)")
            .first();
    assertThat(difference.getLong(0)).isEqualTo(300);
    assertThat(difference.getLong(1)).isZero();
    assertThat(difference.getString(2)).isEqualTo("decimal(19,4)");
    assertThat(
            spark
                .sql("DESCRIBE it_register.depth_usd")
                .where("col_name = 'ask_price_10'")
                .first()
                .getString(2))
        .startsWith("Ask price, USD;");
    assertThat(
            spark
                .sql("DESCRIBE EXTENDED it_register.trades")
                .where("col_name = 'Type'")
                .first()
                .getString(1))
        .isEqualTo("EXTERNAL");
    Booklake.Outcome another =
        Booklake.run("register", "it_register", "--lake", folder.resolve("other"));
    assertThat(another.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(another.err()).contains("there is no lake");
    assertThat(Booklake.run("register", "no;name", "--lake", lake).code())
        .isEqualTo(Main.INVALID_INPUT);
  }
}
