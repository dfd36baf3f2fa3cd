package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.lake.Schemas;
import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark computed, in a file per ticker-day. */
class TickerDayFilesTest {
  private static final LocalDate DATE = LocalDate.of(2012, 6, 21);
  private static final int ROWS = 5000;
  private static SparkSession spark;

  @TempDir private Path root;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static Table table() {
    List<Column> columns = new ArrayList<>(TableCatalog.KEY);
    columns.add(new Column("event_index", ColumnType.LONG, "test"));
    columns.add(new Column("names", ColumnType.STRING_TO_LONG, "test"));
    return new Table("test", "test", "test", columns, List.of(), List.of(), List.of());
  }

  /** Rows whose maps were put together from their ends or from their beginnings. */
  private static List<Row> rows(String ticker, boolean reversed) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<String> names = new ArrayList<>(List.of("a", "b", "c"));
      if (reversed) {
        Collections.reverse(names);
      }
      Map<String, Long> map = new LinkedHashMap<>();
      for (String name : names) {
        map.put(name, (long) i);
      }
      rows.add(RowFactory.create(Date.valueOf(DATE), ticker, 10, (long) i, map));
    }
    return rows;
  }

  private Map<TickerDay, String> write(String folder, int partitions, List<List<Row>> days)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    days.forEach(rows::addAll);
    Path target = root.resolve(folder);
    Map<TickerDay, String> contents = new TreeMap<>();
    for (TickerDayFiles.Written written :
        TickerDayFiles.write(
            spark
                .createDataFrame(rows, Schemas.of(table().columns()))
                .repartition(partitions, org.apache.spark.sql.functions.col("ticker"))
                .sortWithinPartitions("ticker", "event_index"),
            table(),
            target.toUri().toString())) {
      Path file = target.resolve(written.file().path());
      assertThat(Files.size(file)).isEqualTo(written.file().bytes());
      assertThat(spark.read().parquet(file.toString()).count()).isEqualTo(ROWS);
      contents.put(written.tickerDay(), HexFormat.of().formatHex(Files.readAllBytes(file)));
    }
    return contents;
  }

  @Test
  void bytesTellOfTheRowsAloneWhateverElseATaskWrites() throws IOException {
    Map<TickerDay, String> together =
        write("together", 1, List.of(rows("SIMA", false), rows("SIMB", false)));
    Map<TickerDay, String> apart =
        write("apart", 7, List.of(rows("SIMB", true), rows("SIMA", true)));
    assertThat(together)
        .containsOnlyKeys(new TickerDay(DATE, "SIMA", 10), new TickerDay(DATE, "SIMB", 10));
    assertThat(apart.equals(together)).isTrue();
  }
}
