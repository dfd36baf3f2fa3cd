package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Text, as numbers in a dictionary of the row group. Columns of text hold few different values, or
 * few rows: there is no other encoding to fall back to.
 *
 * <p>The order of texts is that of their UTF-8 bytes, as in Parquet and Delta. Java's own differs
 * above U+D7FF.
 */
final class StringValues extends PageValues {
  /** An array of bytes is this much larger than its content, and a text of Java about twice. */
  private static final int ENTRY_OVERHEAD_BYTES = 100;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<byte[]> dictionary = new ArrayList<>();
  private long dictionaryBytes;

  /** By number in the dictionary, the last page of the file that has a text of that number. */
  private int[] lastPage = new int[16];

  private int page = 1;
  private String lastText;
  private int lastNumber;
  private final Runs references = new Runs();
  private final RunLengthPacking packing;
  private byte[] min;
  private byte[] max;
  private byte[] fileMin;
  private byte[] fileMax;

  StringValues(PagePacking packing) {
    this.packing = packing.runs;
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    String[] values = column.strings;
    int row = from;
    while (row < to) {
      if (column.isNull(row)) {
        row++;
        continue;
      }
      int end = endOfRun(column, row, to);
      add(values[row], end - row);
      row = end;
    }
  }

  @SuppressWarnings("ReferenceEquality") // A column mostly repeats the very same object.
  private static int endOfRun(ColumnValues column, int from, int to) {
    String[] values = column.strings;
    int end = from + 1;
    while (end < to && values[end] == values[from] && !column.isNull(end)) {
      end++;
    }
    return end;
  }

  void add(String text) {
    add(text, 1);
  }

  @SuppressWarnings("ReferenceEquality") // see above
  private void add(String text, int times) {
    if (text != lastText || text == null) {
      lastNumber = number(text);
      lastText = text;
    }
    references.add(lastNumber, times);
  }

  private int number(String text) {
    Objects.requireNonNull(text, "a text is null, but not marked as NULL");
    Integer known = numbers.get(text);
    int number = known == null ? define(text) : known;
    if (lastPage[number] != page) {
      lastPage[number] = page;
      byte[] bytes = dictionary.get(number);
      min = least(min, bytes);
      max = greatest(max, bytes);
    }
    return number;
  }

  private int define(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int number = dictionary.size();
    numbers.put(text, number);
    dictionary.add(bytes);
    dictionaryBytes += 3L * bytes.length + ENTRY_OVERHEAD_BYTES;
    if (number == lastPage.length) {
      lastPage = Arrays.copyOf(lastPage, 2 * number);
    }
    return number;
  }

  @Override
  PageBytes bytes() {
    if (references.count == 0) {
      return PageBytes.NONE;
    }
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(dictionary.size() - 1);
    return packing.packReferences(references, width);
  }

  /** A page of NULLs refers to no dictionary: a row group of NULLs has none. */
  @Override
  PageEncoding encoding() {
    return references.count == 0 ? PageEncoding.PLAIN : PageEncoding.RLE_DICTIONARY;
  }

  @Override
  PageRange range() {
    return min == null ? null : new PageRange(min, max);
  }

  @Override
  void endPage() {
    if (min != null) {
      fileMin = least(fileMin, min);
      fileMax = greatest(fileMax, max);
    }
    min = null;
    max = null;
    references.clear();
    page++;
    lastText = null;
  }

  @Override
  Dictionary endRowGroup() {
    if (dictionary.isEmpty()) {
      return null;
    }
    PageBytes plain = new PageBytes();
    for (byte[] bytes : dictionary) {
      plain.reserve(Integer.BYTES + bytes.length);
      plain.writeInt(bytes.length);
      plain.write(bytes);
    }
    Dictionary ended = new Dictionary(plain, dictionary.size());
    numbers.clear();
    dictionary.clear();
    dictionaryBytes = 0;
    return ended;
  }

  @Override
  long bufferedBytes() {
    return dictionaryBytes;
  }

  @Override
  Comparable<?> min() {
    return fileMin == null ? null : new String(fileMin, StandardCharsets.UTF_8);
  }

  @Override
  Comparable<?> max() {
    return fileMax == null ? null : new String(fileMax, StandardCharsets.UTF_8);
  }

  private static byte[] least(byte[] one, byte[] other) {
    return one == null || Arrays.compareUnsigned(other, one) < 0 ? other : one;
  }

  private static byte[] greatest(byte[] one, byte[] other) {
    return one == null || Arrays.compareUnsigned(other, one) > 0 ? other : one;
  }
}
