package io.booklake.job;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows of a batch by column name, in the order of the columns, for people and scripts. */
final class NamedValues {
  private NamedValues() {}

  /** One row; null stands for NULL, DATE is a {@link LocalDate}, TIMESTAMP an {@link Instant}. */
  static Map<String, Object> of(ColumnBatch batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ColumnValues column : batch.columns()) {
      values.put(column.column.name(), value(column, row));
    }
    return values;
  }

  private static Object value(ColumnValues column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.column.type()) {
      case BOOLEAN -> column.booleans[row];
      case INT -> column.ints[row];
      case LONG -> column.longs[row];
      case DOUBLE -> column.doubles[row];
      case STRING -> column.strings[row];
      case DATE -> LocalDate.ofEpochDay(column.ints[row]);
      case TIMESTAMP -> Instant.EPOCH.plus(column.longs[row], ChronoUnit.MICROS);
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> column.maps[row];
    };
  }
}
