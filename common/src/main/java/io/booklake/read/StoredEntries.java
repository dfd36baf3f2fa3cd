package io.booklake.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;

/**
 * The keys, or the values, of the maps of one column, entry by entry. A map that is NULL or empty
 * is a place without an entry.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/nestedencoding/">Parquet, Nested
 *     Encoding</a>
 */
final class StoredEntries {
  /** Definition level from which on a map is there, and from which on it has an entry. */
  private static final int MAP = 1;

  private static final int ENTRY = 2;

  private final ColumnDescriptor descriptor;
  private final Dictionary dictionary;
  private final List<Place> places = new ArrayList<>();

  /**
   * A place.
   *
   * @param repetition 0 for the first of a row
   * @param value null for NULL, and where there is no entry
   */
  private record Place(int repetition, int definition, Object value) {}

  /** None yet; {@code dictionary} is null if no value is numbered. */
  StoredEntries(ColumnDescriptor descriptor, Dictionary dictionary) {
    this.descriptor = descriptor;
    this.dictionary = dictionary;
  }

  /** The places of the next page. */
  void add(DataPage page) throws IOException {
    if (page instanceof DataPageV2 second) {
      add(
          second.getValueCount(),
          levels(descriptor.getMaxRepetitionLevel(), stream(second.getRepetitionLevels())),
          levels(descriptor.getMaxDefinitionLevel(), stream(second.getDefinitionLevels())),
          second.getDataEncoding(),
          stream(second.getData()));
    } else {
      DataPageV1 first = (DataPageV1) page;
      ByteBufferInputStream bytes = stream(first.getBytes());
      // Each kind of levels stands after its length.
      InputStream repetition = bytes.sliceStream(BytesUtils.readIntLittleEndian(bytes));
      InputStream definition = bytes.sliceStream(BytesUtils.readIntLittleEndian(bytes));
      add(
          first.getValueCount(),
          levels(descriptor.getMaxRepetitionLevel(), repetition),
          levels(descriptor.getMaxDefinitionLevel(), definition),
          first.getValueEncoding(),
          bytes);
    }
  }

  private static ByteBufferInputStream stream(BytesInput bytes) throws IOException {
    return bytes.toInputStream();
  }

  private static HybridRuns levels(int highest, InputStream bytes) throws IOException {
    return new HybridRuns(BytesUtils.getWidthFromMaxInt(highest), bytes);
  }

  private void add(
      int count,
      HybridRuns repetitions,
      HybridRuns definitions,
      Encoding encoding,
      ByteBufferInputStream bytes)
      throws IOException {
    ValuesReader values =
        encoding.usesDictionary()
            ? new NumberedValues(dictionary)
            : encoding.getValuesReader(descriptor, ValuesType.VALUES);
    values.initFromPage(count, bytes);
    for (int i = 0; i < count; i++) {
      int definition = definitions.next();
      boolean isValue = definition == descriptor.getMaxDefinitionLevel();
      places.add(new Place(repetitions.next(), definition, isValue ? value(values) : null));
    }
  }

  private Object value(ValuesReader values) {
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> values.readLong();
      case DOUBLE -> values.readDouble();
      default -> values.readBytes().toStringUsingUTF8();
    };
  }

  int count() {
    return places.size();
  }

  boolean beginsRow(int place) {
    return places.get(place).repetition == 0;
  }

  /** Whether the row has a map, if only an empty one. */
  boolean isMap(int place) {
    return places.get(place).definition >= MAP;
  }

  boolean isEntry(int place) {
    return places.get(place).definition >= ENTRY;
  }

  /** A value: a Long, a Double or a String; null for NULL. */
  Object value(int place) {
    return places.get(place).value;
  }
}
