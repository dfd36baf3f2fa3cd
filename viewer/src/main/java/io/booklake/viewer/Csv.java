package io.booklake.viewer;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.CsvField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rows as CSV: a header, quotes where they are needed, nothing for NULL (RFC 4180). */
final class Csv {
  private Csv() {}

  static byte[] of(ColumnBatch rows) {
    StringBuilder text = new StringBuilder();
    List<ColumnValues> columns = rows.columns();
    text.append(columns.stream().map(each -> each.column.name()).collect(Collectors.joining(",")))
        .append("\r\n");
    for (int row = 0; row < rows.rows; row++) {
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          text.append(',');
        }
        ColumnValues column = columns.get(i);
        if (!column.isNull(row)) {
          text.append(CsvField.of(Json.text(column, row)));
        }
      }
      text.append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
