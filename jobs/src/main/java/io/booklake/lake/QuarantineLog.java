package io.booklake.lake;

import io.booklake.format.lobster.Rejection;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The table {@code quarantine}: what was rejected and why. A rejection that was noted before is not
 * noted again.
 */
public final class QuarantineLog {

  /**
   * One rejected file or pair.
   *
   * @param tickerDay what its name says; null if it says nothing
   * @param rejection why
   * @param identity sizes and times of the files: other bytes make another rejection
   */
  public record Item(TickerDay tickerDay, Rejection rejection, String identity) {}

  private final SparkSession spark;
  private final Lake lake;
  private final Table table = TableCatalog.QUARANTINE;

  /** The quarantine of a lake. */
  public QuarantineLog(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** Notes what is not yet noted. */
  public void add(List<Item> items, String runId) {
    Set<String> noted = new HashSet<>();
    if (!items.isEmpty() && lake.has(table.name())) {
      noted.addAll(
          lake.read(table.name()).select("fingerprint").as(Encoders.STRING()).collectAsList());
    }
    Timestamp now = Timestamp.from(Instant.now());
    List<Row> rows = new ArrayList<>();
    for (Item item : items) {
      String fingerprint = fingerprint(item);
      if (noted.add(fingerprint)) {
        Rejection rejection = item.rejection;
        TickerDay day = item.tickerDay;
        rows.add(
            RowFactory.create(
                day == null ? null : java.sql.Date.valueOf(day.tradeDate()),
                day == null ? null : day.ticker(),
                day == null ? null : day.levels(),
                rejection.reason().name(),
                rejection.file(),
                rejection.line() == 0 ? null : rejection.line(),
                rejection.column() == 0 ? null : rejection.column(),
                rejection.found(),
                rejection.message(),
                fingerprint,
                runId,
                now));
      }
    }
    if (!rows.isEmpty()) {
      lake.append(table, spark.createDataFrame(rows, Schemas.of(table.columns())).coalesce(1));
    }
  }

  private static String fingerprint(Item item) {
    // What was found can hold the words of a file system, which differ from one try to the next.
    Rejection rejection = item.rejection;
    String text =
        String.join(
            "\n",
            rejection.reason().name(),
            rejection.file(),
            String.valueOf(rejection.line()),
            String.valueOf(rejection.column()),
            item.identity);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
