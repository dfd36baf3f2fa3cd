package io.booklake.lake.columnar;

import io.booklake.table.Column;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.schema.MessageType;

/** One column of the catalog on its way into the pages of a file. */
abstract class ColumnPages {

  static ColumnPages of(Column column, MessageType schema) {
    String name = column.name();
    return switch (column.type()) {
      case LONG, TIMESTAMP -> new FlatPages(new Leaf(schema, new NumberValues(false), name));
      case INT, DATE -> new FlatPages(new Leaf(schema, new NumberValues(true), name));
      case DOUBLE -> new FlatPages(new Leaf(schema, new DoubleValues(), name));
      case BOOLEAN -> new FlatPages(new Leaf(schema, new BooleanValues(), name));
      case STRING -> new FlatPages(new Leaf(schema, new StringValues(), name));
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          new MapPages(schema, name, column.type());
    };
  }

  /** Begins a row group, whose pages go to {@code store}. */
  abstract void beginRowGroup(PageWriteStore store);

  /** Adds rows {@code from} to {@code to}, exclusive, to the page; it has room for them. */
  abstract void add(ColumnValues column, int from, int to) throws IOException;

  /** Ends a page of at least one row. */
  abstract void endPage() throws IOException;

  /** Ends the row group, after its last page. */
  abstract void endRowGroup() throws IOException;

  /** Bytes in memory, without the page that is not yet ended. */
  abstract long bufferedBytes();

  /** What the file holds up to the last page ended. */
  abstract ColumnRange range();
}
