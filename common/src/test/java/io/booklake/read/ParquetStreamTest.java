package io.booklake.read;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file holds the rows, as parquet-java's own reader sees them. */
class ParquetStreamTest {
  private static final Table TABLE =
      new Table(
          "samples",
          "sample",
          "Samples",
          Stream.of(
                  ColumnType.BOOLEAN,
                  ColumnType.INT,
                  ColumnType.LONG,
                  ColumnType.DOUBLE,
                  ColumnType.STRING,
                  ColumnType.DATE,
                  ColumnType.TIMESTAMP)
              .map(type -> new Column(type.name().toLowerCase(Locale.ROOT), type, "a " + type))
              .toList(),
          List.of(),
          List.of(),
          List.of());

  @TempDir private Path folder;

  private Path written(ColumnBatch rows) throws IOException {
    Path file = folder.resolve("rows.parquet");
    try (var out = Files.newOutputStream(file)) {
      ParquetStream.write(rows, out);
    }
    return file;
  }

  @Test
  void everyTypeComesBackAndSoDoesNothing() throws IOException {
    ColumnBatch rows = new ColumnBatch(TABLE, 2);
    rows.rows = 2;
    rows.column("boolean").booleans[0] = true;
    rows.column("int").ints[0] = -7;
    rows.column("long").longs[0] = Long.MIN_VALUE;
    rows.column("double").doubles[0] = 0.25;
    rows.column("string").strings[0] = "\u00e4sk";
    rows.column("date").ints[0] = 15_512;
    rows.column("timestamp").longs[0] = 1_340_285_400_000_001L;
    rows.columns().forEach(each -> each.setNull(1));
    Path file = written(rows);

    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      Group first = reader.read();
      assertThat(
              TABLE.columns().stream()
                  .map(
                      each ->
                          first.getValueToString(first.getType().getFieldIndex(each.name()), 0)))
          .containsExactly(
              "true",
              "-7",
              Long.toString(Long.MIN_VALUE),
              "0.25",
              "\u00e4sk",
              "15512",
              "1340285400000001");
      Group second = reader.read();
      assertThat(TABLE.columns())
          .allSatisfy(each -> assertThat(second.getFieldRepetitionCount(each.name())).isZero());
      assertThat(reader.read()).isNull();
    }
    try (ParquetFileReader footer =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      assertThat(footer.getFileMetaData().getKeyValueMetaData()).containsEntry("long", "a LONG");
      assertThat(footer.getFileMetaData().getSchema().getFields())
          .contains(
              Types.optional(INT32).as(dateType()).named("date"),
              Types.optional(INT64).as(timestampType(true, MICROS)).named("timestamp"),
              Types.optional(BINARY).as(stringType()).named("string"));
    }
  }

  @Test
  void aMapIsRefused() {
    ColumnBatch rows = new ColumnBatch(TableCatalog.TICKER_DAYS, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParquetStream.write(rows, new ByteArrayOutputStream()))
        .withMessageContaining("is a map");
  }

  @Test
  void theStreamOfTheCallerStaysOpen() throws IOException {
    var out =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() {
            closed = true;
          }
        };

    ParquetStream.write(new ColumnBatch(TABLE, 1), out);

    assertThat(out.closed).isFalse();
    assertThat(out.size()).isPositive();
  }
}
