package io.booklake.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A file that is being downloaded, under a name that nobody takes for the whole. It is always a
 * beginning of the content, so that its length tells where to go on, also after {@code kill -9}.
 *
 * <p>One thread of one process has it at a time. The lock is of the operating system and ends with
 * the process; it is on a file of its own, since a lock is of a file and not of a name, and this
 * one changes its name.
 */
final class PartialFile implements Partial {
  /** The operating system's locks do not hold between threads of one process. */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path path;
  private final FileChannel lock;
  private final FileChannel channel;
  private long length;

  private PartialFile(Path path, FileChannel lock, FileChannel channel) throws IOException {
    this.path = path;
    this.lock = lock;
    this.channel = channel;
    this.length = channel.size();
  }

  /** Opens or makes it, and waits for whoever has it. */
  static PartialFile open(Path path, Path lockFile) throws IOException {
    hold(path);
    FileChannel lock = null;
    FileChannel channel = null;
    try {
      lock = FileChannel.open(lockFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      lock.lock();
      channel =
          FileChannel.open(
              path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      return new PartialFile(path, lock, channel);
    } catch (IOException | RuntimeException e) {
      try {
        end(path, lock, channel);
      } catch (IOException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  private static void hold(Path path) throws IOException {
    synchronized (HELD_HERE) {
      try {
        while (!HELD_HERE.add(path)) {
          HELD_HERE.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another thread downloads " + path);
      }
    }
  }

  private static void release(Path path) {
    synchronized (HELD_HERE) {
      HELD_HERE.remove(path);
      HELD_HERE.notifyAll();
    }
  }

  @Override
  public boolean wasWaitedFor() {
    return true;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void append(byte[] bytes, int offset, int count) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, count);
    while (rest.hasRemaining()) {
      length += channel.write(rest, length);
    }
  }

  @Override
  public int read(long from, byte[] target) throws IOException {
    return channel.read(ByteBuffer.wrap(target), from);
  }

  @Override
  public void clear() throws IOException {
    channel.truncate(0);
    length = 0;
  }

  @Override
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void moveTo(Path whole) throws IOException {
    Files.move(path, whole, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    end(path, lock, channel);
  }

  /** Closes what was opened: either may be null. */
  private static void end(Path path, FileChannel lock, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      try {
        if (lock != null) {
          lock.close();
        }
      } finally {
        release(path);
      }
    }
  }
}
