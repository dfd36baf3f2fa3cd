package io.booklake.read;

import com.github.luben.zstd.ZstdDecompressCtx;
import io.booklake.table.Column;
import io.booklake.table.ColumnValues;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The bytes of pages as values. For one thread. */
final class PageDecoder implements Closeable {
  private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

  private final Configuration configuration;
  private final NumberPage numbers = new NumberPage();
  private ZstdDecompressCtx zstd;
  private CodecFactory others;

  PageDecoder(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Decodes a page of values.
   *
   * @param bytes its header and what follows
   * @param dictionary of its column, null if that has none
   * @throws IOException if the bytes are not what was written
   */
  ColumnValues values(
      IndexedFile file,
      PageKey page,
      Column column,
      int rows,
      ByteBuffer bytes,
      Dictionary dictionary)
      throws IOException {
    ColumnDescriptor descriptor = file.descriptor(page.column());
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).getCodec();
    ColumnValues values = new ColumnValues(column, rows);
    try {
      DataPage data = dataPage(bytes, codec, Statistics.createStats(descriptor.getPrimitiveType()));
      new StoredColumn(descriptor, () -> data, dictionary, numbers).read(values, 0, rows);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, column.name(), e);
    }
    return values;
  }

  /**
   * A page as it is stored, but decompressed.
   *
   * @throws IOException if the bytes are not what was written
   */
  DataPage page(IndexedFile file, PageKey page, ByteBuffer bytes) throws IOException {
    ColumnDescriptor descriptor = file.descriptor(page.column());
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).getCodec();
    try {
      return dataPage(bytes, codec, Statistics.createStats(descriptor.getPrimitiveType()));
    } catch (IOException | RuntimeException e) {
      throw damaged(file, String.join(".", descriptor.getPath()), e);
    }
  }

  /**
   * Decodes the page of a column's numbered values.
   *
   * @throws IOException if the bytes are not what was written
   */
  Dictionary dictionary(IndexedFile file, PageKey page, ByteBuffer bytes) throws IOException {
    ColumnDescriptor descriptor = file.descriptor(page.column());
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).getCodec();
    try {
      Body body = body(bytes);
      var header = body.header.getDictionary_page_header();
      byte[] plain = body.decompressed(0, codec);
      PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
      if (NumberDictionary.knows(type)) {
        return NumberDictionary.of(type, plain, header.getNum_values());
      }
      DictionaryPage dictionary =
          new DictionaryPage(
              BytesInput.from(plain),
              header.getNum_values(),
              CONVERTER.getEncoding(header.getEncoding()));
      return dictionary.getEncoding().initDictionary(descriptor, dictionary);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, String.join(".", descriptor.getPath()), e);
    }
  }

  private static IOException damaged(IndexedFile file, String column, Exception cause) {
    return new IOException(
        file.path()
            + ": column "
            + column
            + " cannot be read, so the file is damaged; 'booklake verify' tells how much, and"
            + " ingesting its ticker-days again with --force mends it",
        cause);
  }

  private DataPage dataPage(ByteBuffer bytes, CompressionCodecName codec, Statistics<?> none)
      throws IOException {
    Body body = body(bytes);
    if (body.header.isSetData_page_header_v2()) {
      DataPageHeaderV2 header = body.header.getData_page_header_v2();
      int repetition = header.getRepetition_levels_byte_length();
      int definition = header.getDefinition_levels_byte_length();
      int levels = repetition + definition;
      return DataPageV2.uncompressed(
          header.getNum_rows(),
          header.getNum_nulls(),
          header.getNum_values(),
          BytesInput.from(body.array, body.from, repetition),
          BytesInput.from(body.array, body.from + repetition, definition),
          encoding(header.getEncoding()),
          BytesInput.from(
              body.decompressed(
                  levels, header.isIs_compressed() ? codec : CompressionCodecName.UNCOMPRESSED)),
          none);
    }
    DataPageHeader header = body.header.getData_page_header();
    byte[] plain = body.decompressed(0, codec);
    return new DataPageV1(
        BytesInput.from(plain),
        header.getNum_values(),
        plain.length,
        none,
        encoding(header.getRepetition_level_encoding()),
        encoding(header.getDefinition_level_encoding()),
        encoding(header.getEncoding()));
  }

  private static org.apache.parquet.column.Encoding encoding(Encoding encoding) {
    return CONVERTER.getEncoding(encoding);
  }

  private Body body(ByteBuffer bytes) throws IOException {
    ByteArrayInputStream in =
        new ByteArrayInputStream(
            bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    PageHeader header = Util.readPageHeader(in);
    int size = header.getCompressed_page_size();
    if (size > in.available()) {
      throw new IOException("a page of " + size + " bytes has only " + in.available());
    }
    int from = bytes.arrayOffset() + bytes.limit() - in.available();
    if (header.isSetCrc()) {
      CRC32 checksum = new CRC32();
      checksum.update(bytes.array(), from, size);
      if ((int) checksum.getValue() != header.getCrc()) {
        throw new IOException("a page does not have its checksum");
      }
    }
    return new Body(header, bytes.array(), from);
  }

  /** What follows a page's header. */
  private final class Body {
    final PageHeader header;
    final byte[] array;
    final int from;

    Body(PageHeader header, byte[] array, int from) {
      this.header = header;
      this.array = array;
      this.from = from;
    }

    /** All but the first bytes, which are never compressed. */
    byte[] decompressed(int skipped, CompressionCodecName codec) throws IOException {
      byte[] plain = new byte[header.getUncompressed_page_size() - skipped];
      int size = header.getCompressed_page_size() - skipped;
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        System.arraycopy(array, from + skipped, plain, 0, plain.length);
      } else if (codec == CompressionCodecName.ZSTD) {
        zstd().decompressByteArray(plain, 0, plain.length, array, from + skipped, size);
      } else {
        BytesInput stored = BytesInput.from(array, from + skipped, size);
        try (DataInputStream in =
            new DataInputStream(
                others().getDecompressor(codec).decompress(stored, plain.length).toInputStream())) {
          in.readFully(plain);
        }
      }
      return plain;
    }
  }

  /** One native context for all pages: parquet-java's codec makes one for each. */
  private ZstdDecompressCtx zstd() {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    return zstd;
  }

  private CodecFactory others() {
    if (others == null) {
      others = new CodecFactory(configuration, 0);
    }
    return others;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
    if (others != null) {
      others.release();
    }
  }
}
