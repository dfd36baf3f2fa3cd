package io.booklake.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A small content that is being downloaded, in memory: asking again for all of it costs less than a
 * lock and a file that a later run could continue. It is on the disk only when it is whole.
 */
final class PartialBytes implements Partial {
  private final byte[] bytes;
  private int length;

  PartialBytes(int size) {
    this.bytes = new byte[size];
  }

  @Override
  public boolean wasWaitedFor() {
    return false;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void append(byte[] more, int offset, int count) {
    System.arraycopy(more, offset, bytes, length, count);
    length += count;
  }

  @Override
  public int read(long from, byte[] target) {
    int count = (int) Math.min(target.length, length - from);
    System.arraycopy(bytes, (int) from, target, 0, count);
    return count == 0 ? -1 : count;
  }

  @Override
  public void clear() {
    length = 0;
  }

  @Override
  public void delete() {
    clear();
  }

  /** Under a name that nobody else writes first: two processes may be at the same content. */
  @Override
  public void moveTo(Path whole) throws IOException {
    Path written = TemporaryFiles.incomplete(whole);
    try {
      try (FileChannel channel =
          FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      Files.move(written, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(written);
      throw e;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
