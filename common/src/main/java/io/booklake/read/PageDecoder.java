package io.booklake.read;

import com.github.luben.zstd.ZstdDecompressCtx;
import io.booklake.delta.FileSettings;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Pages out of the bytes of a file. For one thread. */
final class PageDecoder implements Closeable {
  private final FileSettings settings;
  private ZstdDecompressCtx zstd;
  private CodecFactory others;

  PageDecoder(FileSettings settings) {
    this.settings = settings;
  }

  /**
   * Decompresses a page of values.
   *
   * @param bytes its header and what follows
   * @throws IOException if the bytes are not what was written
   */
  StoredPage page(IndexedFile file, PageKey page, ByteBuffer bytes) throws IOException {
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).getCodec();
    try {
      Body body = body(bytes);
      if (body.header.isSetData_page_header_v2()) {
        DataPageHeaderV2 header = body.header.getData_page_header_v2();
        int repetition = header.getRepetition_levels_byte_length();
        int definition = header.getDefinition_levels_byte_length();
        return StoredPage.second(
            body.decompressed(
                repetition + definition,
                header.isIs_compressed() ? codec : CompressionCodecName.UNCOMPRESSED,
                PackedBits.SLACK_BYTES),
            repetition,
            definition,
            header.getNum_values(),
            header.getNum_nulls(),
            encoding(header.getEncoding()));
      }
      DataPageHeader header = body.header.getData_page_header();
      return StoredPage.first(
          file.descriptor(page.column()),
          body.decompressed(0, codec, PackedBits.SLACK_BYTES),
          header.getNum_values(),
          encoding(header.getEncoding()));
    } catch (IOException | RuntimeException e) {
      throw file.damaged(page.column(), e);
    }
  }

  /**
   * Decodes the page of a column's numbered values.
   *
   * @throws IOException if the bytes are not what was written
   */
  DictionaryValues dictionary(IndexedFile file, PageKey page, ByteBuffer bytes) throws IOException {
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).getCodec();
    try {
      Body body = body(bytes);
      return DictionaryValues.of(
          file.descriptor(page.column()).getPrimitiveType().getPrimitiveTypeName(),
          body.decompressed(0, codec, 0),
          body.header.getDictionary_page_header().getNum_values());
    } catch (IOException | RuntimeException e) {
      throw file.damaged(page.column(), e);
    }
  }

  /** Both enumerations are of the format's names. */
  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
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

    /**
     * All of it decompressed, but for the first {@code plain} bytes, which never are compressed.
     *
     * @param slack bytes that are left behind it
     */
    byte[] decompressed(int plain, CompressionCodecName codec, int slack) throws IOException {
      int whole = header.getUncompressed_page_size();
      byte[] bytes = new byte[whole + slack];
      int length = whole - plain;
      int size = header.getCompressed_page_size() - plain;
      System.arraycopy(array, from, bytes, 0, plain);
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        System.arraycopy(array, from + plain, bytes, plain, length);
      } else if (codec == CompressionCodecName.ZSTD) {
        zstd().decompressByteArray(bytes, plain, length, array, from + plain, size);
      } else {
        BytesInput stored = BytesInput.from(array, from + plain, size);
        try (DataInputStream in =
            new DataInputStream(
                others().getDecompressor(codec).decompress(stored, length).toInputStream())) {
          in.readFully(bytes, plain, length);
        }
      }
      return bytes;
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
      others = new CodecFactory(settings.hadoop(), 0);
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
