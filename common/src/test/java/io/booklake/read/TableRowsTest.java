package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.delta.FileSettings;
import io.booklake.delta.LakeEngine;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRowsTest {
  private static final Table LEDGER =
      TableCatalog.TICKER_DAYS.of(
          List.of(
              "trade_date",
              "ticker",
              "levels",
              "row_count",
              "published_at",
              "proven_share",
              "table_versions",
              "table_parameters"));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, 100",
    "PARQUET_1_0, false, 7",
    "PARQUET_2_0, true, 64",
    "PARQUET_2_0, false, 5000"
  })
  void rowsAreThoseThatWereWrittenWhateverTheLayout(
      WriterVersion version, boolean dictionary, int pageRows) throws IOException {
    TickerDay day = SimulatedDay.of("SIM", 1);
    WrittenLake lake = new WrittenLake(folder);
    StoredRows.Layout layout = new StoredRows.Layout(version, dictionary, pageRows);
    // More than one row group.
    lake.add(LEDGER, day, rows(1_300), layout);
    lake.add(LEDGER, day, rows(3), layout);
    FileSettings settings = FileSettings.local();
    LakeEngine engine = new LakeEngine(settings);
    TableLog log = new TableLog(engine, folder.toUri().toString() + LEDGER.name());
    List<LiveFile> files = log.files(log.newest().orElseThrow());

    List<Map<String, Object>> read =
        new TableRows(new PageDecoders(settings), new FileBytes(settings))
            .read(TableCatalog.TICKER_DAYS, files);

    List<Map<String, Object>> written = new ArrayList<>(rows(1_300));
    written.addAll(rows(3));
    assertThat(read)
        .containsExactlyInAnyOrderElementsOf(written.stream().map(TableRowsTest::asRead).toList());
    assertThat(read.get(0)).doesNotContainKey("table_versions");
    assertThat(read.get(1)).containsEntry("table_versions", Map.of());
  }

  private static Map<String, Object> asRead(Map<String, Object> written) {
    Map<String, Object> row = new HashMap<>(written);
    row.replace("trade_date", LocalDate.ofEpochDay((Integer) row.get("trade_date")));
    row.replace(
        "published_at", Instant.EPOCH.plus((Long) row.get("published_at"), ChronoUnit.MICROS));
    return row;
  }

  /** Among them NULL, and maps with no entry and with several. */
  private static List<Map<String, Object>> rows(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("trade_date", (int) SimulatedDay.DATE.toEpochDay() + i);
      row.put("ticker", "SIM" + i % 9);
      row.put("row_count", 1_000L * i);
      row.put("proven_share", i / 7.0);
      row.put("published_at", 1_700_000_000_000_000L + i);
      if (i % 3 != 0) {
        row.put("levels", i % 5);
        Map<String, Object> versions = new HashMap<>();
        for (int table = 1; table < i % 4; table++) {
          versions.put("table" + table, (long) i);
        }
        row.put("table_versions", versions);
        row.put("table_parameters", Map.of("candles", "time:1m", "depth_metrics", "time:" + i));
      }
      rows.add(row);
    }
    return rows;
  }
}
