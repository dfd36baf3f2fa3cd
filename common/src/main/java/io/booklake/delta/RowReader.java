package io.booklake.delta;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the small tables that every run looks at, the ledger above all, in milliseconds: a Spark
 * job takes a second to begin.
 *
 * <p>A row is a map by column name without entries for what is NULL; DATE is a {@link LocalDate},
 * TIMESTAMP an {@link Instant}.
 */
public final class RowReader {
  private final Engine engine;

  /** Reads with the file systems that the engine knows. */
  public RowReader(Engine engine) {
    this.engine = engine;
  }

  /**
   * All rows of some files.
   *
   * @param table whose columns are read, as far as the snapshot has them
   * @param files of the snapshot
   */
  public List<Map<String, Object>> read(Table table, Snapshot snapshot, List<LiveFile> files) {
    List<Column> columns =
        table.columns().stream()
            .filter(column -> snapshot.getSchema().indexOf(column.name()) >= 0)
            .toList();
    Scan scan =
        snapshot
            .getScanBuilder()
            .withReadSchema(
                new StructType(
                    columns.stream()
                        .map(column -> snapshot.getSchema().get(column.name()))
                        .toList()))
            .build();
    List<Map<String, Object>> rows = new ArrayList<>();
    try {
      for (LiveFile file : files) {
        try (CloseableIterator<Row> values = Utils.intoRows(read(scan, file))) {
          while (values.hasNext()) {
            rows.add(row(columns, values.next()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private CloseableIterator<FilteredColumnarBatch> read(Scan scan, LiveFile file)
      throws IOException {
    Row state = scan.getScanState(engine);
    return Scan.transformPhysicalData(
        engine,
        state,
        file.scanFile(),
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(file.status()),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(FileReadResult::getData));
  }

  private static Map<String, Object> row(List<Column> columns, Row values) {
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!values.isNullAt(i)) {
        row.put(columns.get(i).name(), value(columns.get(i).type(), values, i));
      }
    }
    return row;
  }

  private static Object value(ColumnType type, Row values, int ordinal) {
    return switch (type) {
      case BOOLEAN -> values.getBoolean(ordinal);
      case INT -> values.getInt(ordinal);
      case LONG -> values.getLong(ordinal);
      case DOUBLE -> values.getDouble(ordinal);
      case STRING -> values.getString(ordinal);
      case DATE -> LocalDate.ofEpochDay(values.getInt(ordinal));
      case TIMESTAMP -> Instant.EPOCH.plus(values.getLong(ordinal), ChronoUnit.MICROS);
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          VectorUtils.toJavaMap(values.getMap(ordinal));
    };
  }
}
