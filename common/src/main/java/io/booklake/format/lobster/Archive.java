package io.booklake.format.lobster;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Zip archives on a Hadoop file system, read where they lie by ranged reads. */
final class Archive {
  /** That the end of an archive without zip64 has room for, plus one. */
  private static final int MOST_ENTRIES = 1 << 16;

  private Archive() {}

  /**
   * Opens an archive by its central directory.
   *
   * @throws ZipException if it is none, or if not all of its directory can be read
   */
  static ZipFile open(FileSystem files, Path path) throws IOException {
    long length = files.getFileStatus(path).getLen();
    FSDataInputStream in = files.open(path);
    try {
      Channel channel = new Channel(in, length);
      long promised = EndOfArchive.entries(channel);
      ZipFile archive = ZipFile.builder().setSeekableByteChannel(channel).get();
      long found = Collections.list(archive.getEntries()).size();
      // The zip reader takes a directory for ended at the first header that is none. The number of
      // entries of old writers overflows.
      if ((found - promised) % MOST_ENTRIES != 0) {
        throw new ZipException(
            "the directory can be read for " + found + " of " + promised + " entries");
      }
      return archive;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw failure(e);
    }
  }

  /**
   * What the zip reader wraps or makes of what it meets: a failure of the file system is that one,
   * for all else the bytes are to blame.
   */
  static IOException failure(Exception met) {
    Throwable root = met;
    while (root.getCause() != null && !(root instanceof StorageException)) {
      root = root.getCause();
    }
    if (root instanceof StorageException storage) {
      return storage.cause;
    }
    if (root instanceof ZipException broken) {
      return broken;
    }
    ZipException broken = new ZipException(root.toString());
    broken.initCause(met);
    return broken;
  }

  /** The file system failed, not the archive. */
  private static final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException cause;

    StorageException(IOException cause) {
      super(cause.toString(), cause);
      this.cause = cause;
    }
  }

  /** A Hadoop stream as the channel that the zip reader asks for. */
  private static final class Channel implements SeekableByteChannel {
    private final FSDataInputStream in;
    private final long length;
    private boolean open = true;

    Channel(FSDataInputStream in, long length) {
      this.in = in;
      this.length = length;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      int count;
      try {
        count =
            in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
      } catch (IOException e) {
        throw new StorageException(e);
      }
      if (count > 0) {
        target.position(target.position() + count);
      }
      return count;
    }

    @Override
    public long position() throws IOException {
      return in.getPos();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      try {
        in.seek(newPosition);
      } catch (EOFException e) {
        // Where the archive says that something lies there is nothing.
        throw e;
      } catch (IOException e) {
        throw new StorageException(e);
      }
      return this;
    }

    @Override
    public long size() {
      return length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      open = false;
      in.close();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }
  }
}
