package io.booklake.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.GeneratedPage;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {
  @Test
  void thePageIsWhatTheCatalogSays() throws Exception {
    new GeneratedPage("data-dictionary.md").holds(page -> DataDictionary.markdown());
  }

  @Test
  void everyColumnOfEveryTableIsOnThePage() {
    String page = DataDictionary.markdown();
    for (Table table : TableCatalog.all()) {
      assertThat(page).containsOnlyOnce("\n## " + table.name() + "\n");
      for (Column column : table.columns()) {
        assertThat(page).contains("| `" + column.name() + "` | " + column.type().sql() + " | ");
      }
    }
  }

  @Test
  void depthIsDescribedByTheColumnsOfItsFirstLevel() {
    assertThat(DataDictionary.markdown())
        .containsOnlyOnce("| `ask_price_1` |")
        .contains("The columns of level 1 repeat for every level")
        .doesNotContain("ask_price_2");
  }
}
