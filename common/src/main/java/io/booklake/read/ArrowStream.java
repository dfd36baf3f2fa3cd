package io.booklake.read;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows as an Arrow IPC stream, which Polars, pandas, DuckDB, R, Rust and browsers read without
 * parsing. Column comments travel as metadata of the fields.
 *
 * <p>Needs {@code org.apache.arrow:arrow-vector} and one of Arrow's memory implementations on the
 * class path, and {@code --add-opens=java.base/java.nio=ALL-UNNAMED} for the JVM.
 *
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html">Arrow Columnar Format, IPC
 *     Streaming Format</a>
 */
public final class ArrowStream {
  private ArrowStream() {}

  /**
   * Writes rows as one record batch, and the end of the stream; does not close {@code out}.
   *
   * @throws IllegalArgumentException if a column is a map: per-event and derived tables have none
   */
  public static void write(ColumnBatch rows, OutputStream out) throws IOException {
    Schema schema =
        new Schema(
            rows.columns().stream().map(each -> field(each.column)).toList(),
            Map.of("table", rows.table().name()));
    try (BufferAllocator memory = new RootAllocator();
        VectorSchemaRoot vectors = VectorSchemaRoot.create(schema, memory);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(vectors, null, Channels.newChannel(open(out)))) {
      for (int i = 0; i < rows.columns().size(); i++) {
        fill(vectors.getVector(i), rows.columns().get(i), rows.rows);
      }
      vectors.setRowCount(rows.rows);
      writer.writeBatch();
      writer.end();
    }
  }

  /** The writer closes what it writes to, which is the caller's. */
  private static OutputStream open(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private static Field field(Column column) {
    var type = new FieldType(true, type(column), null, Map.of("comment", column.comment()));
    return new Field(column.name(), type, null);
  }

  private static ArrowType type(Column column) {
    return switch (column.type()) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case INT -> new ArrowType.Int(Integer.SIZE, true);
      case LONG -> new ArrowType.Int(Long.SIZE, true);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case STRING -> ArrowType.Utf8.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          throw new IllegalArgumentException(column.name() + " is a map");
    };
  }

  private static void fill(FieldVector vector, ColumnValues values, int rows) {
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    ColumnType type = values.column.type();
    for (int row = 0; row < rows; row++) {
      if (!values.isNull(row)) {
        switch (type) {
          case BOOLEAN -> ((BitVector) vector).setSafe(row, values.booleans[row] ? 1 : 0);
          case INT -> ((IntVector) vector).setSafe(row, values.ints[row]);
          case LONG -> ((BigIntVector) vector).setSafe(row, values.longs[row]);
          case DOUBLE -> ((Float8Vector) vector).setSafe(row, values.doubles[row]);
          case STRING ->
              ((VarCharVector) vector)
                  .setSafe(row, values.strings[row].getBytes(StandardCharsets.UTF_8));
          case DATE -> ((DateDayVector) vector).setSafe(row, values.ints[row]);
          case TIMESTAMP -> ((TimeStampMicroTZVector) vector).setSafe(row, values.longs[row]);
          default -> throw new IllegalArgumentException(values.column.name() + " is a map");
        }
      }
    }
    vector.setValueCount(rows);
  }
}
