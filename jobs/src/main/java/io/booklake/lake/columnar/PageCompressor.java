package io.booklake.lake.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard for small pages: one native context for all of them. parquet-java's codec makes one for
 * every page, which takes longer than to compress it.
 */
final class PageCompressor implements BytesInputCompressor, AutoCloseable {
  private static final int LEVEL = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private final Bytes plain = new Bytes();
  private byte[] compressed = new byte[0];

  /** Compresses a page. What is returned holds until the next one. */
  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    plain.reset();
    page.writeAllTo(plain);
    int bound = Math.toIntExact(Zstd.compressBound(plain.length()));
    if (compressed.length < bound) {
      compressed = new byte[bound];
    }
    int size = context.compressByteArray(compressed, 0, bound, plain.bytes(), 0, plain.length());
    return BytesInput.from(compressed, 0, size);
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {
    close();
  }

  @Override
  public void close() {
    context.close();
  }

  /** Lends its array instead of copying it. */
  private static final class Bytes extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }

    int length() {
      return count;
    }
  }
}
