package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;

/** A stream holds the rows, as Arrow's own reader sees them. */
class ArrowStreamTest {

  private static Table table(ColumnType... types) {
    List<Column> columns = new ArrayList<>();
    for (ColumnType type : types) {
      columns.add(new Column(type.name().toLowerCase(java.util.Locale.ROOT), type, "a " + type));
    }
    return new Table("samples", "sample", "Samples", columns, List.of(), List.of(), List.of());
  }

  private static ByteArrayOutputStream written(ColumnBatch rows) throws IOException {
    var out = new ByteArrayOutputStream();
    ArrowStream.write(rows, out);
    return out;
  }

  @Test
  void everyTypeComesBackAndSoDoesNothing() throws IOException {
    ColumnBatch rows =
        new ColumnBatch(
            table(
                ColumnType.BOOLEAN,
                ColumnType.INT,
                ColumnType.LONG,
                ColumnType.DOUBLE,
                ColumnType.STRING,
                ColumnType.DATE,
                ColumnType.TIMESTAMP),
            2);
    rows.rows = 2;
    rows.column("boolean").booleans[0] = true;
    rows.column("int").ints[0] = -7;
    rows.column("long").longs[0] = Long.MIN_VALUE;
    rows.column("double").doubles[0] = 0.25;
    rows.column("string").strings[0] = "\u00e4sk";
    rows.column("date").ints[0] = 15_512;
    rows.column("timestamp").longs[0] = 1_340_285_400_000_001L;
    rows.columns().forEach(each -> each.setNull(1));

    try (var memory = new RootAllocator();
        var reader =
            new ArrowStreamReader(new ByteArrayInputStream(written(rows).toByteArray()), memory)) {
      assertThat(reader.loadNextBatch()).isTrue();
      var vectors = reader.getVectorSchemaRoot();
      assertThat(vectors.getRowCount()).isEqualTo(2);
      assertThat(vectors.getSchema().getCustomMetadata()).containsEntry("table", "samples");
      assertThat(vectors.getSchema().findField("long").getMetadata())
          .containsEntry("comment", "a LONG");
      assertThat(vectors.getFieldVectors().stream().map(each -> each.getObject(0).toString()))
          .containsExactly(
              "true",
              "-7",
              Long.toString(Long.MIN_VALUE),
              "0.25",
              "\u00e4sk",
              "15512",
              "1340285400000001");
      assertThat(vectors.getFieldVectors()).allSatisfy(each -> assertThat(each.isNull(1)).isTrue());
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void aRangeOfATableIsAStreamOfItsColumns() throws IOException {
    ColumnBatch rows = new ColumnBatch(TableCatalog.depth(2), 1);

    try (var memory = new RootAllocator();
        var reader =
            new ArrowStreamReader(new ByteArrayInputStream(written(rows).toByteArray()), memory)) {
      assertThat(reader.getVectorSchemaRoot().getFieldVectors().stream().map(FieldVector::getName))
          .containsExactlyElementsOf(rows.table().columnNames());
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getRowCount()).isZero();
    }
  }

  @Test
  void aMapIsRefused() {
    ColumnBatch rows = new ColumnBatch(TableCatalog.TICKER_DAYS, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArrowStream.write(rows, new ByteArrayOutputStream()))
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

    ArrowStream.write(new ColumnBatch(table(ColumnType.INT), 1), out);

    assertThat(out.closed).isFalse();
    assertThat(out.size()).isPositive();
  }
}
