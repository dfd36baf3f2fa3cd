package io.booklake.format.lobster;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Zip archives on a Hadoop file system, read where they lie by ranged reads. */
final class Archive {
  private Archive() {}

  /**
   * Opens an archive by its central directory.
   *
   * @throws ZipException if it is none
   */
  static ZipFile open(FileSystem files, Path path) throws IOException {
    long length = files.getFileStatus(path).getLen();
    FSDataInputStream in = files.open(path);
    try {
      return ZipFile.builder().setSeekableByteChannel(new Channel(in, length)).get();
    } catch (IOException | RuntimeException e) {
      in.close();
      throw failure(e);
    }
  }

  /** The zip reader wraps what it meets: what the bytes are to blame for lies at the root. */
  private static IOException failure(Exception wrapped) {
    Throwable root = wrapped;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof IOException && !(root instanceof EOFException)) {
      return (IOException) root;
    }
    ZipException broken = new ZipException(root.toString());
    broken.initCause(wrapped);
    return broken;
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
      int count =
          in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
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
      in.seek(newPosition);
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
