package io.booklake.lake.columnar;

import io.booklake.delta.LocalDisk;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file of a lake, which can be given up while it is written: parquet-java's own leaves the
 * stream open then.
 *
 * <p>On a disk of this machine the JDK writes it. Hadoop's local file system would put a hidden
 * file of checksums beside each file, where Parquet's pages have checksums of their own.
 */
final class AbortableOutput implements OutputFile {
  /** The headers of pages are small, and come one by one. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileSystem fileSystem;
  private final Path path;
  private OutputStream stream;

  /** Null where the JDK writes. */
  private FSDataOutputStream hadoop;

  AbortableOutput(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /** Makes the file. */
  OutputStream create() throws IOException {
    Optional<OutputStream> onDisk = LocalDisk.newFile(fileSystem, path);
    if (onDisk.isPresent()) {
      stream = new BufferedOutputStream(onDisk.get(), BUFFER_BYTES);
    } else {
      hadoop = fileSystem.create(path, false);
      stream = new Checked(hadoop);
    }
    return stream;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return HadoopStreams.wrap(new FSDataOutputStream(create(), null));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    throw new UnsupportedOperationException("a data file is never written over: " + path);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return fileSystem.getDefaultBlockSize(path);
  }

  @Override
  public String getPath() {
    return path.toString();
  }

  /** Lets go of what is written. An object store then forgets it, others keep a part of a file. */
  void abort() throws IOException {
    if (stream == null) {
      return;
    }
    if (hadoop != null && hadoop.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      hadoop.abort();
    } else {
      stream.close();
    }
  }

  /**
   * Hadoop's local file system throws an {@link Error} where a disk is full. To whoever writes it
   * is a failure like any other, after which files are deleted and accounts are given.
   */
  private static final class Checked extends FilterOutputStream {
    Checked(OutputStream file) {
      super(file);
    }

    @Override
    public void write(int value) throws IOException {
      try {
        out.write(value);
      } catch (FSError e) {
        throw new IOException(e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (FSError e) {
        throw new IOException(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (FSError e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (FSError e) {
        throw new IOException(e);
      }
    }
  }
}
