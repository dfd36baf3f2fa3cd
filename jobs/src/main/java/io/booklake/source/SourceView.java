package io.booklake.source;

import io.booklake.table.Column;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the source shows of a pair: option {@code table}. */
enum SourceView {
  /** The message file. */
  MESSAGES,
  /** The orderbook file, with the time of each event. */
  DEPTH,
  /** Both, row by row. */
  PAIRED;

  /**
   * By its name in any case.
   *
   * @throws IllegalArgumentException that names the choices
   */
  static SourceView of(String name) {
    for (SourceView view : values()) {
      if (view.name().equalsIgnoreCase(name)) {
        return view;
      }
    }
    throw new IllegalArgumentException(
        "option 'table' is '"
            + name
            + "', expected one of "
            + Arrays.toString(values()).toLowerCase(Locale.ROOT));
  }

  /** Columns as the catalog has them, the book {@code levels} deep. */
  List<Column> columns(int levels) {
    Table depth = TableCatalog.depth(levels);
    return switch (this) {
      case MESSAGES -> TableCatalog.MESSAGES.columns();
      case DEPTH -> depth.columns();
      case PAIRED -> {
        List<Column> columns = new ArrayList<>(TableCatalog.MESSAGES.columns());
        depth.columns().stream().filter(column -> !columns.contains(column)).forEach(columns::add);
        yield columns;
      }
    };
  }
}
