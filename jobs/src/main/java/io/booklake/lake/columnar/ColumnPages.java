package io.booklake.lake.columnar;

import io.booklake.table.Column;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** One column of the catalog on its way into the pages of a file. */
abstract class ColumnPages {

  /**
   * Pages of a column.
   *
   * @param isOrder whether rows are in its order: then its pages are small, as they tell where rows
   *     are to be found in the pages of the others
   */
  static ColumnPages of(
      Column column, boolean isOrder, MessageType schema, PageCompressor compressor) {
    String name = column.name();
    int most = isOrder ? ColumnarFile.PAGE_ROWS : ColumnarFile.MOST_PAGE_ROWS;
    return switch (column.type()) {
      case LONG, TIMESTAMP ->
          new FlatPages(new Leaf(schema, compressor, new NumberValues(false), name), most);
      case INT, DATE ->
          new FlatPages(new Leaf(schema, compressor, new NumberValues(true), name), most);
      case DOUBLE -> new FlatPages(new Leaf(schema, compressor, new DoubleValues(), name), most);
      case BOOLEAN -> new FlatPages(new Leaf(schema, compressor, new BooleanValues(), name), most);
      case STRING -> new FlatPages(new Leaf(schema, compressor, new StringValues(), name), most);
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          new MapPages(schema, compressor, name, column.type());
    };
  }

  /** Adds rows {@code from} to {@code to}, exclusive; where a page is full it ends. */
  abstract void add(ColumnValues column, int from, int to) throws IOException;

  /** Ends the row group and its last page, and writes its pages. */
  abstract void endRowGroup(ParquetFileWriter writer) throws IOException;

  /** Bytes in memory, without the page that is not yet ended. */
  abstract long bufferedBytes();

  /** What the file holds up to the last page ended. */
  abstract ColumnRange range();
}
