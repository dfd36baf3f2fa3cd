package io.booklake.read;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Rows as one Parquet file, which any engine reads: the types are those of the lake's own files.
 * Comments of columns are among the file's key-value pairs.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/types/logicaltypes/">Parquet, Logical
 *     Types</a>
 */
public final class ParquetStream {
  private ParquetStream() {}

  /**
   * Writes rows as a whole file; does not close {@code out}.
   *
   * @throws IllegalArgumentException if a column is a map: per-event and derived tables have none
   */
  public static void write(ColumnBatch rows, OutputStream out) throws IOException {
    try (ParquetWriter<Integer> writer =
        new Builder(rows, out).withCompressionCodec(CompressionCodecName.ZSTD).build()) {
      for (int row = 0; row < rows.rows; row++) {
        writer.write(row);
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
    private final ColumnBatch rows;

    Builder(ColumnBatch rows, OutputStream out) {
      super(new Sink(out));
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // what replaces it still calls it
    protected WriteSupport<Integer> getWriteSupport(Configuration configuration) {
      return new RowNumbers(rows);
    }
  }

  /** A record is the number of a row: its values are taken from the columns. */
  private static final class RowNumbers extends WriteSupport<Integer> {
    private final ColumnBatch rows;
    private RecordConsumer consumer;

    RowNumbers(ColumnBatch rows) {
      this.rows = rows;
    }

    @Override
    @SuppressWarnings("deprecation") // what replaces it still calls it
    public WriteContext init(Configuration configuration) {
      MessageType schema =
          new MessageType(
              rows.table().name(), rows.columns().stream().map(each -> type(each.column)).toList());
      return new WriteContext(
          schema,
          rows.columns().stream()
              .collect(
                  Collectors.toMap(each -> each.column.name(), each -> each.column.comment())));
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(Integer row) {
      consumer.startMessage();
      for (int i = 0; i < rows.columns().size(); i++) {
        ColumnValues values = rows.columns().get(i);
        if (!values.isNull(row)) {
          consumer.startField(values.column.name(), i);
          write(values, row);
          consumer.endField(values.column.name(), i);
        }
      }
      consumer.endMessage();
    }

    private void write(ColumnValues values, int row) {
      switch (values.column.type()) {
        case BOOLEAN -> consumer.addBoolean(values.booleans[row]);
        case INT, DATE -> consumer.addInteger(values.ints[row]);
        case LONG, TIMESTAMP -> consumer.addLong(values.longs[row]);
        case DOUBLE -> consumer.addDouble(values.doubles[row]);
        case STRING -> consumer.addBinary(Binary.fromString(values.strings[row]));
        case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> throw map(values.column);
      }
    }
  }

  private static Type type(Column column) {
    String name = column.name();
    return switch (column.type()) {
      case BOOLEAN -> Types.optional(BOOLEAN).named(name);
      case INT -> Types.optional(INT32).named(name);
      case LONG -> Types.optional(INT64).named(name);
      case DOUBLE -> Types.optional(DOUBLE).named(name);
      case STRING -> Types.optional(BINARY).as(stringType()).named(name);
      case DATE -> Types.optional(INT32).as(dateType()).named(name);
      case TIMESTAMP -> Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> throw map(column);
    };
  }

  private static IllegalArgumentException map(Column column) {
    return new IllegalArgumentException(column.name() + " is a map");
  }

  /** Where the file goes. */
  private record Sink(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int value) throws IOException {
          out.write(value);
          position++;
        }

        @Override
        public void write(byte[] values, int offset, int length) throws IOException {
          out.write(values, offset, length);
          position += length;
        }

        @Override
        public void flush() throws IOException {
          out.flush();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
