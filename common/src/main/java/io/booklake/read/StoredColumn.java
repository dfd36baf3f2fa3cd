package io.booklake.read;

import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of a row group, decoded page by page straight into arrays, and of a page no more rows
 * than are asked for. Parquet's own column reader asks for the next level and the next value at
 * every row; here a page without NULL is one loop.
 */
final class StoredColumn {
  /** Columns of few words have one object for each; others keep no more than these. */
  private static final int MOST_WORDS = 64;

  private final ColumnDescriptor descriptor;
  private final Pages pages;
  private final DictionaryValues dictionary;
  private final Map<Binary, String> words = new HashMap<>();

  /** References or flags of the rows that are read, before they become values. */
  private long[] numbers = new long[0];

  /** Values of the page: one of these, by its encoding. */
  private HybridRuns runs;

  private Differences differences;
  private PlainValues plain;
  private ValuesReader values;

  /** Null where no value of the page is NULL. */
  private HybridRuns defined;

  /** Rows of the page that were neither read nor passed over. */
  private int left;

  /** Pages in their order. */
  interface Pages {
    /** The next one; null behind the last. */
    StoredPage next() throws IOException;
  }

  /**
   * A column.
   *
   * @param pages from the one with the first row on
   * @param dictionary of the values that are numbered; null if there is none
   */
  StoredColumn(ColumnDescriptor descriptor, Pages pages, DictionaryValues dictionary) {
    this.descriptor = descriptor;
    this.pages = pages;
    this.dictionary = dictionary;
  }

  /** A column of a row group that parquet-java has read. */
  static StoredColumn of(ColumnDescriptor descriptor, PageReader pages) throws IOException {
    DictionaryPage dictionary = pages.readDictionaryPage();
    return new StoredColumn(
        descriptor,
        () -> {
          DataPage page = pages.readPage();
          return page == null ? null : StoredPage.of(descriptor, page);
        },
        dictionary == null
            ? null
            : DictionaryValues.of(
                descriptor.getPrimitiveType().getPrimitiveTypeName(),
                ByteBuffer.wrap(dictionary.getBytes().toInputStream().readAllBytes()),
                dictionary.getDictionarySize(),
                new Room()));
  }

  /** Passes over the next rows. */
  void skip(long rows) throws IOException {
    long more = rows;
    while (more > 0) {
      int count = (int) Math.min(more, available());
      if (count < left) {
        skipInPage(count);
      }
      left -= count;
      more -= count;
    }
  }

  private void skipInPage(int rows) {
    int count = defined == null ? rows : defined.skip(rows, descriptor.getMaxDefinitionLevel());
    if (runs != null) {
      runs.skip(count);
    } else if (differences != null) {
      differences.skip(count);
    } else if (plain != null) {
      plain.skip(count);
    } else {
      values.skip(count);
    }
  }

  /** The next values, into rows {@code from} to {@code to}, exclusive. */
  void read(ColumnValues column, int from, int to) throws IOException {
    int row = from;
    while (row < to) {
      int end = Math.min(to, row + available());
      if (defined == null) {
        decode(column, row, end);
      } else {
        decodeDefined(column, row, end);
      }
      left -= end - row;
      row = end;
    }
  }

  /** Rows that are left of the page, or of the next one. */
  private int available() throws IOException {
    while (left == 0) {
      begin(pages.next());
    }
    return left;
  }

  private void begin(StoredPage page) throws IOException {
    if (page == null) {
      throw new ParquetDecodingException("column " + descriptor + " ends before its row group");
    }
    left = page.count();
    defined = page.mayHoldNull() ? page.definitions(descriptor.getMaxDefinitionLevel()) : null;
    runs = null;
    differences = null;
    plain = null;
    values = null;
    PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
    if (page.isNumbered()) {
      runs = page.references();
    } else if (page.isOfFlags()) {
      runs = page.flags();
    } else if (page.isOfDifferences()) {
      differences = page.differences();
    } else if (page.isPlain() && PlainValues.knows(type)) {
      plain = page.plain(type);
    } else {
      values = page.others(descriptor);
    }
  }

  private void decodeDefined(ColumnValues column, int from, int to) {
    int whole = descriptor.getMaxDefinitionLevel();
    int row = from;
    while (row < to) {
      int end = row;
      while (end < to && defined.next() == whole) {
        end++;
      }
      decode(column, row, end);
      if (end < to) {
        column.setNull(end);
      }
      row = end + 1;
    }
  }

  private void decode(ColumnValues column, int from, int to) {
    if (runs != null) {
      decodeRuns(column, from, to);
    } else if (differences != null) {
      decodeDifferences(column, from, to);
    } else if (plain != null) {
      decodePlain(column, from, to);
    } else {
      for (int row = from; row < to; row++) {
        decode(column, row);
      }
    }
  }

  private void decodeRuns(ColumnValues column, int from, int to) {
    if (column.longs != null) {
      runs.read(column.longs, from, to);
      dictionary.replace(column.longs, from, to);
      return;
    }
    reserve(to - from);
    runs.read(numbers, 0, to - from);
    switch (column.column.type()) {
      case INT, DATE -> {
        dictionary.replace(numbers, 0, to - from);
        for (int row = from; row < to; row++) {
          column.ints[row] = (int) numbers[row - from];
        }
      }
      case DOUBLE -> {
        for (int row = from; row < to; row++) {
          column.doubles[row] = dictionary.doubles[(int) numbers[row - from]];
        }
      }
      case BOOLEAN -> {
        for (int row = from; row < to; row++) {
          column.booleans[row] = numbers[row - from] == 1;
        }
      }
      case STRING -> {
        for (int row = from; row < to; row++) {
          column.strings[row] = dictionary.words[(int) numbers[row - from]];
        }
      }
      default -> throw map(column);
    }
  }

  private void decodeDifferences(ColumnValues column, int from, int to) {
    if (column.longs != null) {
      differences.read(column.longs, from, to);
      return;
    }
    reserve(to - from);
    differences.read(numbers, 0, to - from);
    for (int row = from; row < to; row++) {
      column.ints[row] = (int) numbers[row - from];
    }
  }

  private void decodePlain(ColumnValues column, int from, int to) {
    switch (column.column.type()) {
      case LONG, TIMESTAMP -> plain.read(column.longs, from, to);
      case INT, DATE -> plain.read(column.ints, from, to);
      case DOUBLE -> plain.read(column.doubles, from, to);
      case STRING -> {
        for (int row = from; row < to; row++) {
          column.strings[row] = word(plain.text());
        }
      }
      default -> throw map(column);
    }
  }

  private void reserve(int count) {
    if (numbers.length < count) {
      numbers = new long[count];
    }
  }

  private void decode(ColumnValues column, int row) {
    switch (column.column.type()) {
      case LONG, TIMESTAMP -> column.longs[row] = values.readLong();
      case INT, DATE -> column.ints[row] = values.readInteger();
      case DOUBLE -> column.doubles[row] = values.readDouble();
      case BOOLEAN -> column.booleans[row] = values.readBoolean();
      case STRING -> column.strings[row] = word(values.readBytes());
      default -> throw map(column);
    }
  }

  private static IllegalArgumentException map(ColumnValues column) {
    return new IllegalArgumentException(
        column.column.name() + " is a map: no per-event table has one");
  }

  private String word(Binary bytes) {
    String word = words.get(bytes);
    if (word == null) {
      word = bytes.toStringUsingUTF8();
      if (words.size() < MOST_WORDS) {
        words.put(bytes.copy(), word);
      }
    }
    return word;
  }
}
