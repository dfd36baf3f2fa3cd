package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Only files of one date and of the same columns are put together. */
class CompactionTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 3, 4);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final long TARGET_BYTES = 1 << 20;
  private static final Table NARROW = PlainTable.TABLE;
  private static final Table WIDE = wide();

  @RegisterExtension private static final TaskSpark SPARK = new TaskSpark();

  @TempDir private Path folder;
  private Lake lake;

  @BeforeEach
  void openALake() {
    lake = SPARK.lake(folder);
  }

  private static Table wide() {
    List<Column> columns = new ArrayList<>(NARROW.columns());
    columns.add(new Column("depth", ColumnType.LONG, "test"));
    return new Table(
        NARROW.name(),
        NARROW.rowPer(),
        NARROW.comment(),
        columns,
        NARROW.partitionColumns(),
        NARROW.sortColumns(),
        NARROW.statisticsColumns());
  }

  @Test
  void everyRowKeepsItsDate() {
    for (LocalDate date : List.of(MONDAY, TUESDAY)) {
      add(NARROW, date, "A");
      add(NARROW, date, "B");
    }
    add(NARROW, TUESDAY.plusDays(1), "A");
    List<Map<String, Object>> before = lake.rows(WIDE);

    Compaction.Result result = new Compaction(lake, TARGET_BYTES).of(NARROW);

    assertThat(result.joined()).isEqualTo(4);
    assertThat(result.written()).isEqualTo(2);
    assertThat(lake.size(NARROW.name()).files()).isEqualTo(3);
    assertThat(before).hasSize(5);
    assertThat(lake.rows(WIDE)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void everyRowKeepsItsColumns() {
    for (String ticker : List.of("A", "C")) {
      add(NARROW, MONDAY, ticker);
    }
    for (String ticker : List.of("B", "D")) {
      add(WIDE, MONDAY, ticker);
    }
    List<Map<String, Object>> before = lake.rows(WIDE);

    Compaction.Result result = new Compaction(lake, TARGET_BYTES).of(NARROW);

    assertThat(result.written()).isEqualTo(2);
    assertThat(before).filteredOn(row -> row.containsKey("depth")).hasSize(2);
    assertThat(lake.rows(WIDE)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void aFileThatNoOtherIsLikeIsLeftAlone() {
    add(NARROW, MONDAY, "A");
    add(WIDE, MONDAY, "B");
    add(NARROW, TUESDAY, "A");
    long version = lake.version(NARROW.name());

    assertThat(new Compaction(lake, TARGET_BYTES).of(NARROW).joined()).isZero();
    assertThat(lake.version(NARROW.name())).isEqualTo(version);
  }

  @Test
  void aFileOfHalfTheSizeIsLeftAlone() {
    add(NARROW, MONDAY, "A");
    add(NARROW, MONDAY, "B");
    long largest =
        lake.log(NARROW.name()).files(lake.log(NARROW.name()).newest().orElseThrow()).stream()
            .mapToLong(LiveFile::bytes)
            .max()
            .orElseThrow();
    long version = lake.version(NARROW.name());

    assertThat(new Compaction(lake, 2 * largest).of(NARROW).joined()).isZero();
    assertThat(lake.version(NARROW.name())).isEqualTo(version);
  }

  private void add(Table table, LocalDate date, String ticker) {
    Map<String, Object> row =
        Map.of("trade_date", date, "ticker", ticker, "levels", 1, "mark", 7L, "depth", 9L);
    List<DataFile> files =
        new RowWriter(SPARK.spark().hadoop()).write(table, lake.path(table.name()), List.of(row));
    lake.replace(table, files, ReplaceScope.NOTHING);
  }
}
