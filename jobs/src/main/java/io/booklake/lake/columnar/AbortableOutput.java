package io.booklake.lake.columnar;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file of a Hadoop file system, which can be given up while it is written: parquet-java's own
 * leaves the stream open then.
 */
final class AbortableOutput implements OutputFile {
  private final FileSystem fileSystem;
  private final Path path;
  private FSDataOutputStream stream;
  private OutputStream checked;

  AbortableOutput(FileSystem fileSystem, Path path) {
    this.fileSystem = withoutSideFiles(fileSystem);
    this.path = path;
  }

  /**
   * Hadoop's local file system puts checksums of every 512 bytes into a hidden file beside each
   * file. Here every page has one of its own, which all readers of Parquet know where to find.
   */
  private static FileSystem withoutSideFiles(FileSystem fileSystem) {
    return fileSystem instanceof ChecksumFileSystem checked
        ? checked.getRawFileSystem()
        : fileSystem;
  }

  /** Makes the file. */
  OutputStream create() throws IOException {
    stream = fileSystem.create(path, false);
    checked = new Checked(stream);
    return checked;
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
    if (stream.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      stream.abort();
    } else {
      checked.close();
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
