package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.TableCatalog;
import org.junit.jupiter.api.Test;

/** What people are shown of wide tables. */
class ShownColumnsTest {
  @Test
  void allThatIsShownFirstIsInTheCatalogAndBeginsWithWhatItIsOf() {
    ShownColumns.FOR_PEOPLE.forEach(
        (table, columns) ->
            assertThat(TableCatalog.named(table).orElseThrow().columnNames())
                .as(table)
                .containsAll(columns)
                .hasSizeGreaterThan(columns.size())
                .startsWith(columns.get(0)));
  }
}
