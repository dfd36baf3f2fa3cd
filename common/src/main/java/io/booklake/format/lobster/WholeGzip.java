package io.booklake.format.lobster;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip stream to its last member. The JDK's takes whatever stands behind a member and does not
 * begin as one for the end: a file whose second member is cut in its header would seem whole.
 */
final class WholeGzip extends GZIPInputStream {
  private static final int TRAILER_BYTES = 8;

  WholeGzip(InputStream in, int bufferBytes) throws IOException {
    super(in, bufferBytes);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read < 0) {
      expectPadding();
    }
    return read;
  }

  /** Zeros are, as tapes and block devices leave them. */
  private void expectPadding() throws IOException {
    for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
      expectZero(buf[i]);
    }
    for (int rest = in.read(); rest >= 0; rest = in.read()) {
      expectZero(rest);
    }
  }

  private static void expectZero(int found) throws ZipException {
    if (found != 0) {
      throw new ZipException("bytes behind a gzip member that are no further one");
    }
  }
}
