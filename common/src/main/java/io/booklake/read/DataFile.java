package io.booklake.read;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnRange;
import io.booklake.table.TableCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A data file of a per-event table, and which ticker-days its row groups hold. */
final class DataFile implements Closeable {
  private static final long NONE = -1;
  private static final int LOOK_ROWS = 1024;

  private final String path;
  private final ParquetFileReader reader;
  private final List<Map<String, ColumnRange>> contents = new ArrayList<>();

  DataFile(String path, ParquetFileReader reader) {
    this.path = path;
    this.reader = reader;
    reader.getRowGroups().forEach(group -> contents.add(FooterRanges.of(group)));
  }

  String path() {
    return path;
  }

  /**
   * The row groups in which rows of a ticker-day are, in the file's order.
   *
   * @throws IOException if the file must be looked into and cannot be read
   */
  List<RowGroup> rowGroups(TickerDay day) throws IOException {
    List<Condition> key =
        List.of(Condition.equal("ticker", day.ticker()), Condition.equal("levels", day.levels()));
    List<RowGroup> groups = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Map<String, ColumnRange> content = contents.get(i);
      if (!key.stream().allMatch(each -> each.mayHold(content.get(each.column())))) {
        continue;
      }
      long rows = reader.getRowGroups().get(i).getRowCount();
      ColumnRange index = content.get("event_index");
      if (index != null && key.stream().allMatch(each -> each.holds(content.get(each.column())))) {
        groups.add(new RowGroup(this, i, (Long) index.min(), rows, true));
      } else {
        long first = firstIndex(i, rows, day);
        if (first != NONE) {
          groups.add(new RowGroup(this, i, first, rows, false));
        }
      }
    }
    return groups;
  }

  /** By looking: several ticker-days share the row group, so its statistics are not of this one. */
  private long firstIndex(int rowGroup, long rows, TickerDay day) throws IOException {
    List<String> key = List.of("ticker", "levels", "event_index");
    List<StoredColumn> columns = columns(rowGroup, key);
    ColumnBatch batch = new ColumnBatch(TableCatalog.MESSAGES.of(key), LOOK_ROWS);
    for (long from = 0; from < rows; from += LOOK_ROWS) {
      int count = (int) Math.min(LOOK_ROWS, rows - from);
      for (int i = 0; i < key.size(); i++) {
        columns.get(i).read(batch.columns().get(i), 0, count);
      }
      for (int row = 0; row < count; row++) {
        if (batch.columns().get(0).strings[row].equals(day.ticker())
            && batch.columns().get(1).ints[row] == day.levels()) {
          return batch.columns().get(2).longs[row];
        }
      }
    }
    return NONE;
  }

  /** Whether the file has a column; one that was added to the table later it has not. */
  boolean has(String column) {
    return schema().containsField(column);
  }

  private MessageType schema() {
    return reader.getFileMetaData().getSchema();
  }

  /** Columns of a row group, to be read from its first row on. */
  List<StoredColumn> columns(int rowGroup, List<String> names) throws IOException {
    List<Type> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(schema().getType(name));
    }
    reader.setRequestedSchema(new MessageType(schema().getName(), fields));
    PageReadStore pages = reader.readRowGroup(rowGroup);
    List<StoredColumn> columns = new ArrayList<>();
    for (String name : names) {
      ColumnDescriptor descriptor = schema().getColumnDescription(new String[] {name});
      columns.add(StoredColumn.of(descriptor, pages.getPageReader(descriptor)));
    }
    return columns;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
