package io.booklake.lake.columnar;

import io.booklake.table.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A Parquet file from its first byte to its last: pages, page indexes, footer. Fields have the
 * numbers of the Parquet format's definition.
 *
 * <p>parquet-java's {@code ParquetFileWriter} makes an object tree of every page's header and loads
 * a JSON library to write a footer; files here have hundreds of small pages.
 *
 * @see <a
 *     href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
final class ParquetOutput {
  static final int DICTIONARY_PAGE = 2;
  static final int DATA_PAGE_V2 = 3;

  private static final PageBytes MAGIC = new PageBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
  private static final int VERSION = 1;

  private record RowGroup(List<ColumnChunk> chunks, long rows) {}

  private final OutputStream out;
  private final ThriftStruct thrift = new ThriftStruct();
  private final CRC32 checksum = new CRC32();
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private List<ColumnChunk> chunks = new ArrayList<>();
  private long position;

  /** Begins a file. */
  ParquetOutput(OutputStream out) throws IOException {
    this.out = out;
    write(MAGIC);
  }

  /** Bytes so far. */
  long position() {
    return position;
  }

  /**
   * Writes the next column of the row group.
   *
   * @param path its name, or those from the outermost to it
   * @param dictionary null if no page refers to one
   * @param compressed the dictionary's entries
   */
  void writeColumn(
      PhysicalType type,
      List<String> path,
      Dictionary dictionary,
      PageBytes compressed,
      List<EncodedPage> pages)
      throws IOException {
    ColumnChunk chunk = new ColumnChunk(type, path, position);
    if (dictionary != null) {
      int header = writeHeader(dictionary, compressed);
      write(compressed);
      chunk.addDictionary(header + dictionary.plain().length, header + compressed.length);
    }
    for (EncodedPage page : pages) {
      int levels = page.repetition().length + page.definition().length;
      int header = writeHeader(page, levels);
      write(page.repetition());
      write(page.definition());
      write(page.values());
      chunk.add(page, header + levels + page.plainBytes(), header + levels + page.values().length);
    }
    chunks.add(chunk);
  }

  private int writeHeader(Dictionary dictionary, PageBytes compressed) throws IOException {
    checksum.reset();
    update(compressed);
    thrift.begin().i32(1, DICTIONARY_PAGE).i32(2, dictionary.plain().length);
    thrift.i32(3, compressed.length).i32(4, (int) checksum.getValue());
    thrift.struct(7).i32(1, dictionary.entries()).i32(2, PageEncoding.PLAIN.number).end();
    return write(thrift.end());
  }

  private int writeHeader(EncodedPage page, int levels) throws IOException {
    checksum.reset();
    update(page.repetition());
    update(page.definition());
    update(page.values());
    thrift.begin().i32(1, DATA_PAGE_V2).i32(2, levels + page.plainBytes());
    thrift.i32(3, levels + page.values().length).i32(4, (int) checksum.getValue());
    thrift.struct(8).i32(1, page.levels()).i32(2, page.absent()).i32(3, page.rows());
    thrift.i32(4, page.encoding().number);
    thrift.i32(5, page.definition().length).i32(6, page.repetition().length);
    thrift.bool(7, page.isCompressed()).end();
    return write(thrift.end());
  }

  /** Ends the row group. */
  void endRowGroup(long rows) {
    rowGroups.add(new RowGroup(chunks, rows));
    chunks = new ArrayList<>();
  }

  /** Ends the file and closes it. */
  void finish(List<Column> schema) throws IOException {
    List<ColumnChunk> all =
        rowGroups.stream().flatMap(rowGroup -> rowGroup.chunks.stream()).toList();
    for (ColumnChunk chunk : all) {
      if (chunk.hasColumnIndex()) {
        chunk.columnIndex(thrift.begin());
        chunk.placeColumnIndex(position, thrift.bytes().length);
        write(thrift);
      }
    }
    for (ColumnChunk chunk : all) {
      chunk.offsetIndex(thrift.begin());
      chunk.placeOffsetIndex(position, thrift.bytes().length);
      write(thrift);
    }
    int footer = writeFooter(schema);
    write(new PageBytes(LittleEndian.bytes(footer)));
    write(MAGIC);
    out.close();
  }

  private int writeFooter(List<Column> schema) throws IOException {
    thrift.begin().i32(1, VERSION);
    ParquetSchema.describe(schema, thrift);
    thrift.i64(3, rowGroups.stream().mapToLong(RowGroup::rows).sum());
    thrift.list(4, ThriftStruct.STRUCT, rowGroups.size());
    int leaves = 0;
    for (int i = 0; i < rowGroups.size(); i++) {
      RowGroup rowGroup = rowGroups.get(i);
      leaves = rowGroup.chunks.size();
      thrift.element().list(1, ThriftStruct.STRUCT, leaves);
      rowGroup.chunks.forEach(chunk -> chunk.describe(thrift));
      thrift.i64(2, rowGroup.chunks.stream().mapToLong(ColumnChunk::plainBytes).sum());
      thrift.i64(3, rowGroup.rows).i64(5, rowGroup.chunks.get(0).begin());
      thrift.i64(6, rowGroup.chunks.stream().mapToLong(ColumnChunk::storedBytes).sum());
      thrift.i16(7, i).end();
    }
    thrift.text(6, createdBy());
    thrift.list(7, ThriftStruct.STRUCT, leaves);
    for (int i = 0; i < leaves; i++) {
      // The order of its type, for each column.
      thrift.element().struct(1).end().end();
    }
    return write(thrift.end());
  }

  /** In the form that readers take apart to see whether they may trust what a footer says. */
  private static String createdBy() {
    String version = ParquetOutput.class.getPackage().getImplementationVersion();
    return "booklake version " + (version == null ? "0" : version) + " (build 0)";
  }

  private int write(ThriftStruct struct) throws IOException {
    write(struct.bytes());
    return struct.bytes().length;
  }

  private void write(PageBytes bytes) throws IOException {
    out.write(bytes.bytes, 0, bytes.length);
    position += bytes.length;
  }

  private void update(PageBytes bytes) {
    checksum.update(bytes.bytes, 0, bytes.length);
  }
}
