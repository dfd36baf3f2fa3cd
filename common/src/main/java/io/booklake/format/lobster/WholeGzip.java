package io.booklake.format.lobster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip stream to its last member. The JDK's takes whatever stands behind a member and does not
 * begin as one for the end: a file whose second member is cut in its header would seem whole.
 */
final class WholeGzip extends GZIPInputStream {
  private final Tail tail;

  WholeGzip(InputStream in, int bufferBytes) throws IOException {
    this(new Tail(in), bufferBytes);
  }

  private WholeGzip(Tail tail, int bufferBytes) throws IOException {
    super(tail, bufferBytes);
    this.tail = tail;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read < 0) {
      tail.passOver();
      // A member ends with the size of its text, modulo 2^32 (RFC 1952, 2.3.1).
      if (!tail.endsWith((int) inf.getBytesWritten())) {
        throw new ZipException("bytes behind a gzip member that are no further one");
      }
    }
    return read;
  }

  /** Remembers how a stream ended. */
  private static final class Tail extends FilterInputStream {
    /** The four bytes up to the last that is not zero, the first of them lowest. */
    private int last;

    /** Zeros behind them. */
    private long zeros;

    private boolean ended;

    Tail(InputStream in) {
      super(in);
    }

    /** Where nothing is said to be available the JDK looks for no further member. */
    @Override
    public int available() {
      return ended ? 0 : 1;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      ended = read < 0;
      int end = offset + Math.max(read, 0);
      int from = Math.max(offset, lastThatIsNoZero(target, offset, end) - Integer.BYTES + 1);
      for (int i = from; i < end; i++) {
        note(target[i]);
      }
      return read;
    }

    private static int lastThatIsNoZero(byte[] bytes, int from, int to) {
      int at = to - 1;
      while (at >= from && bytes[at] == 0) {
        at--;
      }
      return at;
    }

    private void note(byte value) {
      if (value == 0) {
        zeros++;
        return;
      }
      // More than four leave nothing of what stood before them.
      last = zeros >= Integer.BYTES ? 0 : last >>> (Byte.SIZE * (int) zeros);
      zeros = 0;
      last = (last >>> Byte.SIZE) | (value << 24);
    }

    /** Whether these four bytes, the lowest first, came last, or zeros alone behind them. */
    boolean endsWith(int number) {
      int highZeros = Integer.numberOfLeadingZeros(number) / Byte.SIZE;
      return zeros >= highZeros
          && (highZeros == Integer.BYTES || last >>> (Byte.SIZE * highZeros) == number);
    }

    /** All that is left. */
    void passOver() throws IOException {
      byte[] passed = new byte[1 << 13];
      int read;
      do {
        read = read(passed, 0, passed.length);
      } while (read >= 0);
    }
  }
}
