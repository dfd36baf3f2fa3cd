package io.booklake.read;

import io.booklake.delta.FileSettings;
import io.booklake.delta.LiveFile;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * All rows of the small tables, the ledger above all, by the same pages and decoders as events are
 * read by: Kernel's own reader of Parquet brings Hadoop's codecs and jobs along, a third of all
 * that a process loads to open a lake.
 *
 * <p>A row is a map by column name without entries for what is NULL; DATE is a {@link LocalDate},
 * TIMESTAMP an {@link Instant}.
 */
public final class TableRows {
  private static final String KEY = ".key_value.key";
  private static final String VALUE = ".key_value.value";

  /** Definition level from which on a map is there. */
  private static final int MAP = 1;

  private final PageDecoders decoders;
  private final FileParts bytes;

  /** Of files that a configuration's file systems hold. */
  public TableRows(Configuration configuration) {
    this(FileSettings.of(configuration));
  }

  private TableRows(FileSettings settings) {
    this(new PageDecoders(settings), new FileBytes(settings));
  }

  TableRows(PageDecoders decoders, FileParts bytes) {
    this.decoders = decoders;
    this.bytes = bytes;
  }

  /**
   * Reads all rows of some files.
   *
   * @param table whose columns are read; what a file does not have of them is NULL, as are the
   *     columns of partitions
   * @throws IOException if a file is not there, or is damaged
   */
  public List<Map<String, Object>> read(Table table, List<LiveFile> files) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (PageDecoder decoder = decoders.open()) {
      for (LiveFile live : files) {
        IndexedFile file = IndexedFile.read(live.path(), live.bytes(), bytes, decoder.room());
        for (int i = 0; i < file.rowGroups(); i++) {
          rows.addAll(new Group(file, i, decoder).rows(table));
        }
      }
    }
    return rows;
  }

  /** A row group, all of which is in memory. */
  private final class Group {
    private final IndexedFile file;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final GroupPages stored;

    Group(IndexedFile file, int number, PageDecoder decoder) throws IOException {
      this.file = file;
      for (long i = 0; i < file.rows(number); i++) {
        rows.add(new HashMap<>());
      }
      List<Integer> all = IntStream.range(0, file.columns()).boxed().toList();
      stored = new GroupPages(file, number, all, bytes, decoder);
    }

    List<Map<String, Object>> rows(Table table) throws IOException {
      for (Column column : table.columns()) {
        if (file.column(column.name()) >= 0) {
          addValues(column);
        } else if (file.column(column.name() + KEY) >= 0) {
          addMaps(column.name());
        }
      }
      return rows;
    }

    private void addValues(Column column) throws IOException {
      int chunk = file.column(column.name());
      StoredColumn pages =
          new StoredColumn(file.descriptor(chunk), pages(chunk)::next, stored.dictionary(chunk));
      ColumnValues values = new ColumnValues(column, rows.size());
      try {
        pages.read(values, 0, rows.size());
      } catch (RuntimeException e) {
        throw file.damaged(chunk, e);
      }
      for (int row = 0; row < rows.size(); row++) {
        if (!values.isNull(row)) {
          rows.get(row).put(column.name(), value(column.type(), values, row));
        }
      }
    }

    private void addMaps(String column) throws IOException {
      int keys = file.column(column + KEY);
      RowPart.Maps maps = new RowPart.Maps(leaf(keys), leaf(file.column(column + VALUE)), MAP);
      for (Map<String, Object> row : rows) {
        RowPart.Entries entries;
        try {
          entries = maps.next();
        } catch (RuntimeException e) {
          throw file.damaged(keys, e);
        }
        if (entries != null) {
          row.put(column, entries.byKey());
        }
      }
    }

    private StoredLeaf leaf(int chunk) throws IOException {
      StoredLeaf leaf = new StoredLeaf(file, chunk);
      leaf.begin(stored);
      return leaf;
    }

    private Iterator<StoredPage> pages(int chunk) throws IOException {
      List<StoredPage> pages = new ArrayList<>();
      for (int page = 0; page < stored.pages(chunk); page++) {
        pages.add(stored.page(chunk, page));
      }
      return pages.iterator();
    }
  }

  private static Object value(ColumnType type, ColumnValues values, int row) {
    return switch (type) {
      case BOOLEAN -> values.booleans[row];
      case INT -> values.ints[row];
      case LONG -> values.longs[row];
      case DOUBLE -> values.doubles[row];
      case DATE -> LocalDate.ofEpochDay(values.ints[row]);
      case TIMESTAMP -> Instant.EPOCH.plus(values.longs[row], ChronoUnit.MICROS);
      default -> values.strings[row];
    };
  }
}
