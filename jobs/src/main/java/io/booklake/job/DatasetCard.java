package io.booklake.job;

import io.booklake.table.Column;
import io.booklake.table.Table;
import java.util.List;

/**
 * The page of a published dataset, {@code README.md}: a configuration per table, for programs that
 * load it, and what every column means, for people. It says nothing of the moment, so that
 * publishing the same again changes nothing.
 */
final class DatasetCard {
  /** Tells a card that may be replaced from one that somebody wrote. */
  static final String MARK = "<!-- written by booklake publish: changes here are lost -->";

  private DatasetCard() {}

  /** The card of a dataset that holds these tables. */
  static String of(List<Table> tables) {
    StringBuilder card = new StringBuilder("---\ntags:\n- finance\n- order-book\nconfigs:\n");
    for (Table table : tables) {
      card.append("- config_name: ").append(table.name()).append('\n');
      card.append("  data_files: ").append(table.name()).append("/*/*.parquet\n");
    }
    card.append("---\n")
        .append(MARK)
        .append(
            """


            # Order-book tables

            Made from LOBSTER files by booklake. Each table is a configuration, with one Parquet file per ticker-day,
            `TABLE/DATE/TICKER_LEVELS.parquet`. `ticker_days` says for each of them which files it was made from (names and
            SHA-256), of which dataset and commit, by which version of the software, and how good it is. `event_index` is the
            only order; prices of single events are 1/10,000 USD.

            ```python
            from datasets import load_dataset

            """)
        .append("rows = load_dataset(\"OWNER/NAME\", \"")
        .append(tables.get(0).name())
        .append("\")\n```\n");
    tables.forEach(table -> describe(card, table));
    return card.toString();
  }

  private static void describe(StringBuilder card, Table table) {
    card.append("\n## ").append(table.name()).append("\n\n");
    card.append(table.comment()).append(". One row per ").append(table.rowPer()).append(".\n\n");
    card.append("| column | type | meaning |\n|---|---|---|\n");
    for (Column column : table.columns()) {
      card.append("| `")
          .append(column.name())
          .append("` | ")
          .append(column.type().toString().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
          .append(" | ")
          .append(column.comment().replace("|", "\\|"))
          .append(" |\n");
    }
  }
}
