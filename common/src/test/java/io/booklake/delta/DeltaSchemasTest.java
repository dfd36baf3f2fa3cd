package io.booklake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table of the lake gets the catalog's columns, and never another form of one that it has. */
class DeltaSchemasTest {
  private static final Table TABLE =
      new Table(
          "sums",
          "sum",
          "Sums for a test",
          List.of(
              new Column("name", ColumnType.STRING, "What is summed up"),
              new Column("shares", ColumnType.LONG, "Sum, shares")),
          List.of(),
          List.of(),
          List.of());

  @Test
  void everyTableOfTheCatalogIsWhatItWasAfterAWayThroughDelta() {
    for (Table table : TableCatalog.all()) {
      StructType schema = DeltaSchemas.of(table.columns());

      assertThat(DeltaSchemas.columns(schema)).as(table.name()).isEqualTo(table.columns());
      assertThat(DeltaSchemas.widened(schema, table)).as(table.name()).isEqualTo(schema);
    }
  }

  @Test
  void aColumnThatIsMissingComesLastWithItsComment() {
    StructType narrow =
        new StructType().add("name", StringType.STRING).add("other", DoubleType.DOUBLE);

    StructType wide = DeltaSchemas.widened(narrow, TABLE);

    assertThat(wide.fieldNames()).containsExactly("name", "other", "shares");
    assertThat(wide.get("shares").getMetadata().getString("comment")).isEqualTo("Sum, shares");
  }

  @Test
  void aColumnOfAnotherTypeIsRefusedWithBothTypes() {
    StructType texts =
        new StructType().add("name", StringType.STRING).add("shares", StringType.STRING);

    assertThatThrownBy(() -> DeltaSchemas.widened(texts, TABLE))
        .hasMessageContaining("table sums of the lake has a column 'shares' of type string")
        .hasMessageContaining("expected 'shares' of type long")
        .hasMessageContaining("adds columns");
  }

  @Test
  void aColumnThatDiffersByItsCaseAloneIsNotAddedOnceMore() {
    StructType loud = new StructType().add("NAME", StringType.STRING).add("shares", LongType.LONG);

    assertThatThrownBy(() -> DeltaSchemas.widened(loud, TABLE))
        .hasMessageContaining("'NAME' of type string")
        .hasMessageContaining("expected 'name' of type string");
  }

  @Test
  void aColumnThatMayNotBeNullIsRefused() {
    StructType strict =
        new StructType().add("name", StringType.STRING, false).add("shares", LongType.LONG);

    assertThatThrownBy(() -> DeltaSchemas.widened(strict, TABLE))
        .hasMessageContaining("'name' of type string that may not be NULL");
  }
}
