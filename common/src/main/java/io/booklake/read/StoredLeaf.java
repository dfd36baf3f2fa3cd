package io.booklake.read;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of nested rows, place by place: a value, or where there is none how much of what holds
 * it is there. For one thread.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/nestedencoding/">Parquet, Nested
 *     Encoding</a>
 */
final class StoredLeaf {
  private final int column;
  private final int mostRepetitions;
  private final int mostDefinitions;
  private final ColumnDescriptor descriptor;
  private final PrimitiveTypeName type;

  private GroupPages group;
  private DictionaryValues dictionary;
  private int nextPage;

  /** Of the page, behind the current place. */
  private int left;

  private HybridRuns repetitions;
  private HybridRuns definitions;
  private Supplier<Object> values;

  private boolean isBehindLast;
  private int repetition;
  private int definition;
  private Object value;

  /** A column of a file, in no row group yet. */
  StoredLeaf(IndexedFile file, int column) {
    this.column = column;
    descriptor = file.descriptor(column);
    mostRepetitions = descriptor.getMaxRepetitionLevel();
    mostDefinitions = descriptor.getMaxDefinitionLevel();
    type = descriptor.getPrimitiveType().getPrimitiveTypeName();
  }

  /** Its number in the file. */
  int column() {
    return column;
  }

  /** Stands at the first place of a row group. */
  void begin(GroupPages pages) throws IOException {
    group = pages;
    dictionary = pages.dictionary(column);
    nextPage = 0;
    left = 0;
    isBehindLast = false;
    move();
  }

  private void move() throws IOException {
    while (left == 0) {
      if (nextPage == group.pages(column)) {
        isBehindLast = true;
        repetition = 0;
        return;
      }
      open(group.page(column, nextPage++));
    }
    left--;
    // Of a level that is 0 for all nothing is stored.
    repetition = mostRepetitions == 0 ? 0 : repetitions.next();
    definition = mostDefinitions == 0 ? 0 : definitions.next();
    value = definition == mostDefinitions ? values.get() : null;
  }

  private void open(StoredPage page) throws IOException {
    left = page.count();
    repetitions = page.repetitions(mostRepetitions);
    definitions = page.definitions(mostDefinitions);
    values = values(page);
  }

  private Supplier<Object> values(StoredPage page) throws IOException {
    if (page.isNumbered()) {
      HybridRuns references = page.references();
      return () -> dictionary.get(references.next());
    }
    if (type == PrimitiveTypeName.BOOLEAN && page.isPlain()) {
      int[] next = {0};
      return () -> page.flag(next[0]++);
    }
    if (type == PrimitiveTypeName.BOOLEAN && page.isOfFlags()) {
      HybridRuns flags = page.flags();
      return () -> flags.next() == 1;
    }
    if (page.isPlain()) {
      return page.plain(type)::next;
    }
    return others(page.others(descriptor));
  }

  private Supplier<Object> others(ValuesReader reader) {
    return switch (type) {
      case INT32 -> () -> (long) reader.readInteger();
      case INT64 -> reader::readLong;
      case DOUBLE -> reader::readDouble;
      default -> () -> reader.readBytes().toStringUsingUTF8();
    };
  }

  /**
   * Up to which level the current place is there.
   *
   * @throws ParquetDecodingException if there is none: a column has at least one for each row
   */
  int definition() {
    if (isBehindLast) {
      throw new ParquetDecodingException("a column ends before its rows");
    }
    return definition;
  }

  /**
   * The value of the current place, behind which this stands then: a Long, of whole numbers of any
   * length, a Double, a Boolean or a String; null where there is none.
   *
   * @throws IOException if the next page is damaged
   */
  Object take() throws IOException {
    Object taken = definition() == mostDefinitions ? value : null;
    move();
    return taken;
  }

  /** Whether the current place belongs to the same row as the one before. */
  boolean isInRow() {
    return repetition > 0;
  }
}
