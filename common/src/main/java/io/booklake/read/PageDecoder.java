package io.booklake.read;

import com.github.luben.zstd.ZstdDecompressCtx;
import io.booklake.delta.FileSettings;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Pages out of the bytes of a file. For one thread. */
final class PageDecoder implements Closeable {
  private final PageDecoders origin;
  private final FileSettings settings;
  private final Room stored = new Room();
  private final Room dictionaries = new Room();
  private ZstdDecompressCtx zstd;
  private CodecFactory others;

  /** One that goes back to where it is from when it is closed. */
  PageDecoder(PageDecoders origin, FileSettings settings) {
    this.origin = origin;
    this.settings = settings;
  }

  /** For what is read to be decoded here. */
  Room room() {
    return stored;
  }

  /**
   * Decompresses a page of values.
   *
   * @param bytes its header and what follows
   * @throws IOException if the bytes are not what was written
   */
  StoredPage page(IndexedFile file, PageKey page, ByteBuffer bytes) throws IOException {
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).codec();
    try {
      Body body = body(bytes);
      PageHead head = body.head;
      if (head.isSecond()) {
        return StoredPage.second(
            body.decompressed(
                head.repetitionBytes() + head.definitionBytes(),
                head.isCompressed() ? codec : CompressionCodecName.UNCOMPRESSED),
            head.repetitionBytes(),
            head.definitionBytes(),
            head.count(),
            head.nulls(),
            head.encoding());
      }
      return StoredPage.first(
          file.descriptor(page.column()),
          body.decompressed(0, codec),
          head.count(),
          head.encoding());
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
    CompressionCodecName codec = file.chunk(page.rowGroup(), page.column()).codec();
    try {
      Body body = body(bytes);
      int length = body.head.wholeBytes();
      byte[] whole = dictionaries.of(length);
      body.decompress(whole, 0, codec);
      return DictionaryValues.of(
          file.descriptor(page.column()).getPrimitiveType().getPrimitiveTypeName(),
          ByteBuffer.wrap(whole, 0, length),
          body.head.count(),
          dictionaries);
    } catch (IOException | RuntimeException e) {
      throw file.damaged(page.column(), e);
    }
  }

  private Body body(ByteBuffer bytes) throws IOException {
    int begin = bytes.arrayOffset() + bytes.position();
    PageHead head = PageHead.read(bytes.array(), begin, bytes.remaining());
    int from = begin + head.headBytes();
    if (head.checksum() != null) {
      CRC32 checksum = new CRC32();
      checksum.update(bytes.array(), from, head.bytes());
      if ((int) checksum.getValue() != head.checksum()) {
        throw new IOException("a page does not have its checksum");
      }
    }
    return new Body(head, bytes.array(), from);
  }

  /** What follows a page's header. */
  private final class Body {
    final PageHead head;
    final byte[] array;
    final int from;

    Body(PageHead head, byte[] array, int from) {
      this.head = head;
      this.array = array;
      this.from = from;
    }

    /** All of it in an array of its own, as {@link StoredPage} wants it. */
    byte[] decompressed(int plain, CompressionCodecName codec) throws IOException {
      byte[] bytes = new byte[head.wholeBytes() + PackedBits.SLACK_BYTES];
      decompress(bytes, plain, codec);
      return bytes;
    }

    /**
     * Decompresses all of it, but for the first {@code plain} bytes, which never are compressed.
     */
    void decompress(byte[] bytes, int plain, CompressionCodecName codec) throws IOException {
      int whole = head.wholeBytes();
      int length = whole - plain;
      int size = head.bytes() - plain;
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
    if (origin.keep(this)) {
      return;
    }
    if (zstd != null) {
      zstd.close();
    }
    if (others != null) {
      others.release();
    }
  }
}
