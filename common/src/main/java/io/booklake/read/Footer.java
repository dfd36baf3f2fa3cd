package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * What stands at a file's end: the columns, and what each row group holds. Of it no more is kept
 * than a reader asks for. parquet-java's classes for it are 500 with Thrift's, and of the footer of
 * {@code depth} they make several thousand objects.
 *
 * @param columns by how they are stored; what they mean the catalog knows
 * @param elements columns and what holds them, each before what is in it; the first one is the
 *     whole row
 * @see <a
 *     href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">
 *     Parquet's structs</a>
 */
record Footer(List<ColumnDescriptor> columns, List<Group> rowGroups, List<Element> elements) {
  /** Codecs by their number in the format. */
  private static final List<CompressionCodecName> CODECS =
      List.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.LZO,
          CompressionCodecName.BROTLI,
          CompressionCodecName.LZ4,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);

  private static final List<PrimitiveTypeName> TYPES =
      List.of(
          PrimitiveTypeName.BOOLEAN,
          PrimitiveTypeName.INT32,
          PrimitiveTypeName.INT64,
          PrimitiveTypeName.INT96,
          PrimitiveTypeName.FLOAT,
          PrimitiveTypeName.DOUBLE,
          PrimitiveTypeName.BINARY,
          PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);

  /** No table has columns in each other so often, and a stack is not for ever. */
  private static final int MOST_DEPTH = 32;

  private static final List<Repetition> REPETITIONS =
      List.of(Repetition.REQUIRED, Repetition.OPTIONAL, Repetition.REPEATED);

  /**
   * A row group.
   *
   * @param chunks by column
   */
  record Group(long rows, List<StoredChunk> chunks) {}

  /**
   * A column, or what holds some.
   *
   * @param type null of what holds some
   * @param length bytes of a value of fixed length
   * @param children how many are in it
   */
  record Element(
      PrimitiveTypeName type, int length, Repetition repetition, String name, int children) {}

  /**
   * Decodes a footer.
   *
   * @throws IOException if the bytes are none
   */
  static Footer read(byte[] bytes, int from, int length) throws IOException {
    return new Reader(bytes, from, length).footer();
  }

  /** A number of a list, as the format numbers what is in it. */
  private static <T> T of(List<T> all, int number) throws IOException {
    if (number < 0 || number >= all.size()) {
      throw new IOException("found " + number + ", expected a number of " + all);
    }
    return all.get(number);
  }

  /** For one footer. */
  private static final class Reader {
    private final byte[] bytes;
    private final ThriftBytes in;
    private final List<Element> elements = new ArrayList<>();
    private final List<ColumnDescriptor> columns = new ArrayList<>();
    private final List<Group> rowGroups = new ArrayList<>();

    Reader(byte[] bytes, int from, int length) {
      this.bytes = bytes;
      in = new ThriftBytes(bytes, from, length);
    }

    Footer footer() throws IOException {
      for (int field = in.field(ThriftBytes.NONE);
          field != ThriftBytes.NONE;
          field = in.field(field)) {
        switch (field) {
          case 2 -> schema();
          case 4 -> {
            int count = in.list(ThriftBytes.STRUCT);
            for (int i = 0; i < count; i++) {
              rowGroups.add(rowGroup());
            }
          }
          default -> in.skip();
        }
      }
      if (columns.isEmpty()) {
        throw new IOException("there are no columns");
      }
      return new Footer(List.copyOf(columns), List.copyOf(rowGroups), List.copyOf(elements));
    }

    private void schema() throws IOException {
      int count = in.list(ThriftBytes.STRUCT);
      for (int i = 0; i < count; i++) {
        elements.add(element());
      }
      int at = 1;
      for (int i = 0; i < elements.get(0).children; i++) {
        at = add(at, new String[0], 0, 0);
      }
    }

    private Element element() throws IOException {
      PrimitiveTypeName type = null;
      int length = 0;
      Repetition repetition = Repetition.REQUIRED;
      String name = "";
      int children = 0;
      for (int field = in.field(ThriftBytes.NONE);
          field != ThriftBytes.NONE;
          field = in.field(field)) {
        switch (field) {
          case 1 -> type = of(TYPES, in.integer());
          case 2 -> length = in.integer();
          case 3 -> repetition = of(REPETITIONS, in.integer());
          case 4 -> name = in.text();
          case 5 -> children = in.integer();
          default -> in.skip();
        }
      }
      return new Element(type, length, repetition, name, children);
    }

    /** An element with all that is in it; where the next one stands. */
    private int add(int at, String[] parent, int repetitions, int definitions) throws IOException {
      if (parent.length == MOST_DEPTH) {
        throw new IOException("columns are in each other more than " + MOST_DEPTH + " times");
      }
      Element element = of(elements, at);
      String[] path = Arrays.copyOf(parent, parent.length + 1);
      path[parent.length] = element.name;
      int mostRepetitions =
          element.repetition == Repetition.REPEATED ? repetitions + 1 : repetitions;
      int mostDefinitions =
          element.repetition == Repetition.REQUIRED ? definitions : definitions + 1;
      int next = at + 1;
      if (element.type == null) {
        for (int i = 0; i < element.children; i++) {
          next = add(next, path, mostRepetitions, mostDefinitions);
        }
      } else {
        PrimitiveType type =
            new PrimitiveType(element.repetition, element.type, element.length, element.name);
        columns.add(new ColumnDescriptor(path, type, mostRepetitions, mostDefinitions));
      }
      return next;
    }

    private Group rowGroup() throws IOException {
      long rows = 0;
      List<StoredChunk> chunks = new ArrayList<>(columns.size());
      for (int field = in.field(ThriftBytes.NONE);
          field != ThriftBytes.NONE;
          field = in.field(field)) {
        switch (field) {
          case 1 -> {
            int count = in.list(ThriftBytes.STRUCT);
            for (int i = 0; i < count; i++) {
              chunks.add(new Chunk(of(columns, i)).read());
            }
          }
          case 3 -> rows = in.whole();
          default -> in.skip();
        }
      }
      if (chunks.size() != columns.size()) {
        throw new IOException(
            "a row group has " + chunks.size() + " columns, expected " + columns.size());
      }
      return new Group(rows, chunks);
    }

    /** One column of a row group. */
    private final class Chunk {
      private final PrimitiveTypeName type;
      private CompressionCodecName codec;
      private long dictionary = StoredChunk.NONE;
      private long pages = StoredChunk.NONE;
      private long size;
      private long columnIndex = StoredChunk.NONE;
      private int columnIndexBytes;
      private long offsetIndex = StoredChunk.NONE;
      private int offsetIndexBytes;
      private long nulls = StoredChunk.NONE;
      private Comparable<?> min;
      private Comparable<?> max;

      Chunk(ColumnDescriptor column) {
        type = column.getPrimitiveType().getPrimitiveTypeName();
      }

      StoredChunk read() throws IOException {
        for (int field = in.field(ThriftBytes.NONE);
            field != ThriftBytes.NONE;
            field = in.field(field)) {
          switch (field) {
            case 3 -> pages();
            case 4 -> offsetIndex = in.whole();
            case 5 -> offsetIndexBytes = in.integer();
            case 6 -> columnIndex = in.whole();
            case 7 -> columnIndexBytes = in.integer();
            default -> in.skip();
          }
        }
        if (codec == null || pages < 0) {
          throw new IOException("a column has no pages");
        }
        // Some writers say 0 where there is none; before the first page of values is no room.
        boolean isNumbered = dictionary > 0 && dictionary < pages;
        ColumnRange range =
            min == null || max == null || nulls < 0 ? null : new ColumnRange(min, max, nulls);
        return new StoredChunk(
            codec,
            isNumbered ? dictionary : StoredChunk.NONE,
            pages,
            size,
            columnIndex,
            columnIndexBytes,
            offsetIndex,
            offsetIndexBytes,
            range);
      }

      private void pages() throws IOException {
        in.struct();
        for (int field = in.field(ThriftBytes.NONE);
            field != ThriftBytes.NONE;
            field = in.field(field)) {
          switch (field) {
            case 4 -> codec = of(CODECS, in.integer());
            case 7 -> size = in.whole();
            case 9 -> pages = in.whole();
            case 11 -> dictionary = in.whole();
            case 12 -> statistics();
            default -> in.skip();
          }
        }
      }

      private void statistics() throws IOException {
        in.struct();
        for (int field = in.field(ThriftBytes.NONE);
            field != ThriftBytes.NONE;
            field = in.field(field)) {
          switch (field) {
            case 3 -> nulls = in.whole();
            case 5 -> max = value();
            case 6 -> min = value();
            default -> in.skip();
          }
        }
      }

      private Comparable<?> value() throws IOException {
        int length = in.binary();
        Comparable<?> value = Footer.value(type, bytes, in.position(), length);
        in.pass(length);
        return value;
      }
    }
  }

  /**
   * A smallest or largest value.
   *
   * @return null of a type that no column to search by has
   * @throws IOException if it has not as many bytes as its type
   */
  static Comparable<?> value(PrimitiveTypeName type, byte[] bytes, int from, int length)
      throws IOException {
    return switch (type) {
      case INT32 -> numbers(bytes, from, length, Integer.BYTES).getInt();
      case INT64 -> numbers(bytes, from, length, Long.BYTES).getLong();
      case BINARY -> new String(bytes, from, length, StandardCharsets.UTF_8);
      default -> null;
    };
  }

  private static ByteBuffer numbers(byte[] bytes, int from, int length, int expected)
      throws IOException {
    if (length != expected) {
      throw new IOException("a number has " + length + " bytes, expected " + expected);
    }
    return ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
