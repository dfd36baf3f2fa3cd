package io.booklake.delta;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * Kernel's Parquet, of which a checkpoint gets its name only when all of it is written.
 *
 * <p>Kernel gives it its name when its stream is closed, which it also is where the disk is full or
 * an older commit cannot be read. Half a checkpoint makes its table unreadable, and one that lacks
 * rows loses data files, for good and without a word.
 */
final class WholeParquet extends DefaultParquetHandler {
  private final FileSettings settings;

  WholeParquet(FileSettings settings) {
    super(new LocalFiles(settings));
    this.settings = settings;
  }

  @Override
  public void writeParquetFileAtomically(String path, CloseableIterator<FilteredColumnarBatch> data)
      throws IOException {
    AtomicBoolean isAllGiven = new AtomicBoolean();
    var files =
        new LocalFiles(settings) {
          @Override
          public OutputFile newOutputFile(String each) {
            return new WholeFile(super.newOutputFile(each), isAllGiven);
          }
        };
    new DefaultParquetHandler(files).writeParquetFileAtomically(path, noting(isAllGiven, data));
  }

  private static CloseableIterator<FilteredColumnarBatch> noting(
      AtomicBoolean isAllGiven, CloseableIterator<FilteredColumnarBatch> data) {
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        boolean hasNext = data.hasNext();
        isAllGiven.set(!hasNext);
        return hasNext;
      }

      @Override
      public FilteredColumnarBatch next() {
        return data.next();
      }

      @Override
      public void close() throws IOException {
        data.close();
      }
    };
  }

  private record WholeFile(OutputFile file, AtomicBoolean isAllGiven) implements OutputFile {
    @Override
    public String path() {
      return file.path();
    }

    @Override
    public PositionOutputStream create(boolean putIfAbsent) throws IOException {
      return new WholeStream(file.create(putIfAbsent), isAllGiven);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
        throws IOException {
      file.writeAtomically(lines, overwrite);
    }
  }

  private static final class WholeStream extends PositionOutputStream {
    private static final byte[] MAGIC = ParquetFileWriter.MAGIC;

    private final PositionOutputStream out;
    private final AtomicBoolean isAllGiven;
    private final byte[] lastBytes = new byte[MAGIC.length];

    WholeStream(PositionOutputStream out, AtomicBoolean isAllGiven) {
      this.out = out;
      this.isAllGiven = isAllGiven;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      int taken = Math.min(length, lastBytes.length);
      System.arraycopy(lastBytes, taken, lastBytes, 0, lastBytes.length - taken);
      System.arraycopy(bytes, offset + length - taken, lastBytes, lastBytes.length - taken, taken);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos();
    }

    /**
     * What is not whole stays open until it is forgotten. A vacuum takes its draft away; of an
     * object of a store the uploaded parts stay, until the store's own rules end such uploads.
     */
    @Override
    public void close() throws IOException {
      if (isAllGiven.get() && hasFooter()) {
        out.close();
      }
    }

    /**
     * A Parquet file begins and ends alike, and has its footer in between. Of one whose rows were
     * all given, and of which a part could not be written, parquet-java writes none.
     */
    private boolean hasFooter() throws IOException {
      return out.getPos() > 2L * MAGIC.length && Arrays.equals(lastBytes, MAGIC);
    }
  }
}
