package io.booklake.lake.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard for small pages: one native context for all of them. parquet-java's codec makes a
 * stream with its own for every page, which adds about a quarter to the time to write depth.
 */
final class PageCompressor implements Closeable {
  static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;

  private static final int LEVEL = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private final Bytes plain = new Bytes();
  private byte[] compressed = new byte[0];

  /** Compresses a page. */
  BytesInput compress(BytesInput page) throws IOException {
    plain.reset();
    page.writeAllTo(plain);
    int bound = Math.toIntExact(Zstd.compressBound(plain.length()));
    if (compressed.length < bound) {
      compressed = new byte[bound];
    }
    int size = context.compressByteArray(compressed, 0, bound, plain.bytes(), 0, plain.length());
    return BytesInput.from(Arrays.copyOf(compressed, size));
  }

  /** Bytes as they are, which stay when their encoder begins the next page. */
  BytesInput copy(BytesInput page) throws IOException {
    plain.reset();
    page.writeAllTo(plain);
    return BytesInput.from(plain.toByteArray());
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
