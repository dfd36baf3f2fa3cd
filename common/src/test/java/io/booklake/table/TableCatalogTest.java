package io.booklake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableCatalogTest {
  static Stream<Table> tables() {
    return TableCatalog.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyNameIsInSnakeCaseAndEveryColumnHasItsSentence(Table table) {
    assertThat(table.name()).matches("[a-z]+(_[a-z]+)*");
    assertThat(table.comment()).isNotBlank();
    assertThat(table.rowPer()).isNotBlank();
    assertThat(table.columns())
        .allSatisfy(
            column -> {
              assertThat(column.name()).matches("[a-z0-9]+(_[a-z0-9]+)*");
              assertThat(column.comment()).isNotBlank().doesNotEndWith(".");
            });
  }

  static Stream<Table> tablesOfTickerDays() {
    return tables().filter(table -> !table.equals(TableCatalog.RUNS));
  }

  @ParameterizedTest
  @MethodSource("tablesOfTickerDays")
  void everyTableOfTickerDaysBeginsWithTheKeyAndIsSortedByWhatItIsPrunedBy(Table table) {
    assertThat(table.columnNames()).startsWith("trade_date", "ticker", "levels");
    assertThat(table.statisticsColumns()).contains("ticker", "levels");
    assertThat(table.sortColumns()).contains("ticker", "levels");
    if (!table.partitionColumns().isEmpty()) {
      assertThat(table.partitionColumns()).containsExactly("trade_date");
      assertThat(table.sortColumns()).doesNotContain("trade_date");
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void timesAndPositionsHaveOneTypeEverywhere(Table table) {
    for (Column column : table.columns()) {
      if (column.name().endsWith("_ns") || column.name().endsWith("_index")) {
        assertThat(column.type()).as(column.name()).isEqualTo(ColumnType.LONG);
      }
      if (column.name().endsWith("_time") || column.name().endsWith("_at")) {
        assertThat(column.type()).as(column.name()).isEqualTo(ColumnType.TIMESTAMP);
      }
    }
  }

  @Test
  void tablesHaveDifferentNames() {
    assertThat(tables().map(Table::name)).doesNotHaveDuplicates();
  }

  @Test
  void depthHasFourColumnsForEachLevelBehindTheEvent() {
    List<String> expected =
        new ArrayList<>(
            List.of("trade_date", "ticker", "levels", "event_index", "time_ns", "event_time"));
    for (int level = 1; level <= 3; level++) {
      expected.addAll(
          List.of(
              "ask_price_" + level,
              "ask_size_" + level,
              "bid_price_" + level,
              "bid_size_" + level));
    }
    assertThat(TableCatalog.depth(3).columnNames()).isEqualTo(expected);
  }

  @Test
  void aColumnThatIsNamedTwiceIsRefused() {
    Column column = new Column("a", ColumnType.INT, "A");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table(List.of(column, column), List.of(), List.of(), List.of()))
        .withMessage("a column of t is named twice");
  }

  @Test
  void aLayoutThatNamesNoColumnOfTheTableIsRefused() {
    List<Column> columns = List.of(new Column("a", ColumnType.INT, "A"));
    List<String> none = List.of();
    List<String> unknown = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table(columns, unknown, none, none))
        .withMessage("t has no columns [b]");
    assertThatIllegalArgumentException().isThrownBy(() -> table(columns, none, unknown, none));
    assertThatIllegalArgumentException().isThrownBy(() -> table(columns, none, none, unknown));
  }

  @Test
  void aTableKeepsItsOwnCopies() {
    List<Column> columns = new ArrayList<>(List.of(new Column("a", ColumnType.INT, "A")));
    Table table = table(columns, List.of(), List.of(), List.of());
    columns.clear();
    assertThat(table.columnNames()).containsExactly("a");
  }

  @Test
  void aColumnNeedsNameTypeAndComment() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Column(null, ColumnType.INT, "A"))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> new Column("a", null, "A"))
        .withMessage("type");
    assertThatNullPointerException()
        .isThrownBy(() -> new Column("a", ColumnType.INT, null))
        .withMessage("comment");
  }

  private static Table table(
      List<Column> columns, List<String> partition, List<String> sort, List<String> statistics) {
    return new Table("t", "thing", "Things", columns, partition, sort, statistics);
  }

  @Test
  void aTableGoesByItsNameAndByItsWordOnTheCommandLine() {
    assertThat(TableCatalog.named("volume-profile")).contains(TableCatalog.VOLUME_PROFILE);
    assertThat(TableCatalog.named("volume_profile")).contains(TableCatalog.VOLUME_PROFILE);
    assertThat(TableCatalog.VOLUME_PROFILE.word()).isEqualTo("volume-profile");
    assertThat(TableCatalog.named("profile")).isEmpty();
  }
}
