package io.booklake.hub.hadoop;

import io.booklake.hub.Hub;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSExceptionMessages;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * A file on the Hub, read by ranges. A range is small after a jump and doubles while reading goes
 * on: so little more is asked for than is read, and a long reading needs few requests.
 */
final class HubInputStream extends FSInputStream {
  private static final int FIRST_RANGE = 64 << 10;
  private static final int LAST_RANGE = 8 << 20;

  private final Hub.Content content;
  private final long size;
  private final FileSystem.Statistics statistics;
  private byte[] range = new byte[0];
  private long rangeFrom;
  private int rangeLength;
  private int nextRange = FIRST_RANGE;
  private long position;
  private boolean closed;

  HubInputStream(
      Hub hub, Snapshot snapshot, RepositoryFile file, FileSystem.Statistics statistics) {
    this.content = hub.content(snapshot, file);
    this.size = file.size();
    this.statistics = statistics;
  }

  @Override
  public void seek(long target) throws IOException {
    refuseIfClosed();
    if (target < 0 || target > size) {
      throw new EOFException("cannot go to byte " + target + " of " + size);
    }
    position = target;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  @Override
  public int available() throws IOException {
    refuseIfClosed();
    return ahead();
  }

  private int ahead() {
    long ahead = rangeFrom + rangeLength - position;
    return position >= rangeFrom && ahead > 0 ? (int) ahead : 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    refuseIfClosed();
    if (length == 0) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    if (ahead() == 0) {
      fill(length);
    }
    int count = Math.min(length, ahead());
    System.arraycopy(range, (int) (position - rangeFrom), target, offset, count);
    position += count;
    return count;
  }

  private void refuseIfClosed() throws IOException {
    if (closed) {
      throw new IOException(FSExceptionMessages.STREAM_IS_CLOSED);
    }
  }

  private void fill(int wanted) throws IOException {
    boolean goesOn = position == rangeFrom + rangeLength && rangeLength > 0;
    nextRange = goesOn ? Math.min(LAST_RANGE, 2 * nextRange) : FIRST_RANGE;
    int length = (int) Math.min(size - position, Math.max(nextRange, Math.min(wanted, LAST_RANGE)));
    if (range.length < length) {
      range = new byte[length];
    }
    rangeLength = 0;
    content.read(position, range, 0, length);
    rangeFrom = position;
    rangeLength = length;
    count(length);
  }

  /** Exactly what is asked for, and the stream stays where it is. */
  @Override
  public int read(long from, byte[] target, int offset, int length) throws IOException {
    refuseIfClosed();
    validatePositionedReadArgs(from, target, offset, length);
    if (length == 0) {
      return 0;
    }
    if (from >= size) {
      return -1;
    }
    int count = (int) Math.min(length, size - from);
    content.read(from, target, offset, count);
    count(count);
    return count;
  }

  private void count(int bytes) {
    if (statistics != null) {
      statistics.incrementBytesRead(bytes);
    }
  }

  @Override
  public void close() {
    closed = true;
    range = new byte[0];
    rangeLength = 0;
  }
}
