package io.booklake.read;

import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of a row group, decoded page by page straight into arrays. Parquet's own column reader
 * asks for the next level and the next value at every row; here a page without NULL is one loop.
 */
final class StoredColumn {
  /** Columns of few words have one object for each; others keep no more than these. */
  private static final int MOST_WORDS = 64;

  private final ColumnDescriptor descriptor;
  private final Supplier<DataPage> pages;
  private final Dictionary dictionary;
  private final Map<Binary, String> words = new HashMap<>();
  private final NumberPage numbers;
  private long[] numbered;

  /** The page's values; null where they stand in {@link #numbers}. */
  private ValuesReader values;

  private int nextNumber;

  /** Null where no value of the page is NULL. */
  private HybridRuns defined;

  private int left;

  /**
   * A column.
   *
   * @param pages in their order, decompressed; null behind the last
   * @param dictionary of the values that are numbered; null if there is none
   * @param numbers where a page is decoded, which nobody else needs until all its values are read
   */
  StoredColumn(
      ColumnDescriptor descriptor,
      Supplier<DataPage> pages,
      Dictionary dictionary,
      NumberPage numbers) {
    this.descriptor = descriptor;
    this.pages = pages;
    this.dictionary = dictionary;
    this.numbers = numbers;
  }

  /** A column of a row group that parquet-java has read. */
  static StoredColumn of(ColumnDescriptor descriptor, PageReader pages) throws IOException {
    DictionaryPage page = pages.readDictionaryPage();
    return new StoredColumn(
        descriptor,
        pages::readPage,
        page == null ? null : page.getEncoding().initDictionary(descriptor, page),
        new NumberPage());
  }

  /** The next values, into rows {@code from} to {@code to}, exclusive. */
  void read(ColumnValues column, int from, int to) throws IOException {
    int row = from;
    while (row < to) {
      if (left == 0) {
        begin(pages.get());
      }
      int end = Math.min(to, row + left);
      if (defined == null) {
        decode(column, row, end);
      } else {
        decodeDefined(column, row, end);
      }
      left -= end - row;
      row = end;
    }
  }

  private void begin(DataPage page) throws IOException {
    if (page == null) {
      throw new ParquetDecodingException("column " + descriptor + " ends before its row group");
    }
    left = page.getValueCount();
    if (page instanceof DataPageV2 second) {
      defined = second.getNullCount() == 0 ? null : levels(second);
      if (isNumber() && NumberPage.knows(second.getDataEncoding())) {
        values = null;
        nextNumber = 0;
        numbers.decode(
            second.getDataEncoding(), second.getData(), left - second.getNullCount(), numbered());
      } else {
        values(second.getDataEncoding(), second.getData().toInputStream());
      }
    } else {
      first((DataPageV1) page);
    }
  }

  private boolean isNumber() {
    PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.INT64 || type == PrimitiveTypeName.INT32;
  }

  private long[] numbered() {
    if (dictionary instanceof NumberDictionary known) {
      return known.numbers();
    }
    if (numbered == null && dictionary != null) {
      numbered = new long[dictionary.getMaxId() + 1];
      boolean isInt =
          descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
      for (int i = 0; i < numbered.length; i++) {
        numbered[i] = isInt ? dictionary.decodeToInt(i) : dictionary.decodeToLong(i);
      }
    }
    return numbered;
  }

  private HybridRuns levels(DataPageV2 page) throws IOException {
    return new HybridRuns(width(), page.getDefinitionLevels().toInputStream());
  }

  /** Levels and values of older pages stand one behind the other, the levels after their length. */
  private void first(DataPageV1 page) throws IOException {
    ByteBufferInputStream bytes = page.getBytes().toInputStream();
    if (descriptor.getMaxDefinitionLevel() > 0) {
      int length = BytesUtils.readIntLittleEndian(bytes);
      InputStream levels = bytes.sliceStream(length);
      defined = new HybridRuns(width(), levels);
    } else {
      defined = null;
    }
    values(page.getValueEncoding(), bytes);
  }

  private int width() {
    return BytesUtils.getWidthFromMaxInt(descriptor.getMaxDefinitionLevel());
  }

  private void values(Encoding encoding, ByteBufferInputStream bytes) throws IOException {
    if (encoding.usesDictionary()) {
      values = new NumberedValues(dictionary);
    } else if (encoding == Encoding.RLE) {
      values = new FlagValues();
    } else {
      values = encoding.getValuesReader(descriptor, ValuesType.VALUES);
    }
    values.initFromPage(left, bytes);
  }

  private void decode(ColumnValues column, int from, int to) {
    if (values == null && column.longs != null) {
      System.arraycopy(numbers.values, nextNumber, column.longs, from, to - from);
      nextNumber += to - from;
      return;
    }
    for (int row = from; row < to; row++) {
      decode(column, row);
    }
  }

  private void decodeDefined(ColumnValues column, int from, int to) throws IOException {
    int whole = descriptor.getMaxDefinitionLevel();
    for (int row = from; row < to; row++) {
      if (defined.next() == whole) {
        decode(column, row);
      } else {
        column.setNull(row);
      }
    }
  }

  private void decode(ColumnValues column, int row) {
    switch (column.column.type()) {
      case LONG, TIMESTAMP ->
          column.longs[row] = values == null ? numbers.values[nextNumber++] : values.readLong();
      case INT, DATE ->
          column.ints[row] =
              values == null ? (int) numbers.values[nextNumber++] : values.readInteger();
      case DOUBLE -> column.doubles[row] = values.readDouble();
      case BOOLEAN -> column.booleans[row] = values.readBoolean();
      case STRING -> column.strings[row] = word(values.readBytes());
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          throw new IllegalArgumentException(
              column.column.name() + " is a map: no per-event table has one");
    }
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
