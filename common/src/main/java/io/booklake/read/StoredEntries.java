package io.booklake.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

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
  private final DictionaryValues dictionary;
  private final List<Place> places = new ArrayList<>();

  /**
   * A place.
   *
   * @param repetition 0 for the first of a row
   * @param value null for NULL, and where there is no entry
   */
  private record Place(int repetition, int definition, Object value) {}

  /** None yet; {@code dictionary} is null if no value is numbered. */
  StoredEntries(ColumnDescriptor descriptor, DictionaryValues dictionary) {
    this.descriptor = descriptor;
    this.dictionary = dictionary;
  }

  /** The places of the next page. */
  void add(StoredPage page) throws IOException {
    HybridRuns repetitions = page.repetitions(descriptor.getMaxRepetitionLevel());
    HybridRuns definitions = page.definitions(descriptor.getMaxDefinitionLevel());
    boolean isNumbered = page.isNumbered();
    PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
    HybridRuns references = isNumbered ? page.references() : null;
    PlainValues plain = page.isPlain() && PlainValues.knows(type) ? page.plain(type) : null;
    ValuesReader others = isNumbered || plain != null ? null : page.others(descriptor);
    for (int i = 0; i < page.count(); i++) {
      int definition = definitions.next();
      Object value;
      if (definition < descriptor.getMaxDefinitionLevel()) {
        value = null;
      } else if (isNumbered) {
        value = dictionary.get(references.next());
      } else {
        value = plain != null ? plain.next() : value(others);
      }
      places.add(new Place(repetitions.next(), definition, value));
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
