package io.booklake.read;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checkpoints of a log, by the same pages and decoders as events are read by: Kernel's own
 * reader of Parquet brings parquet-java's records, Thrift, Hadoop's settings and codecs along,
 * which is half of the time that a process needs to open a lake. All else is left to that reader,
 * file by file and before the first row of it: what is written, types that no action of Delta's
 * protocol has, columns in other layouts, files without a page index, codecs that are rare.
 *
 * <p>The predicate is not looked at: of an action that is not asked for no column is read.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#checkpoints">Delta's
 *     protocol, Checkpoints</a>
 */
final class LogParquet implements ParquetHandler {
  private final PageDecoders decoders;
  private final FileParts bytes;
  private final Supplier<ParquetHandler> others;

  /** With Kernel's own reader, which is not asked for before it is needed. */
  LogParquet(PageDecoders decoders, FileParts bytes, Supplier<ParquetHandler> others) {
    this.decoders = decoders;
    this.bytes = bytes;
    this.others = others;
  }

  @Override
  public CloseableIterator<DataFileStatus> writeParquetFiles(
      String folder, CloseableIterator<FilteredColumnarBatch> rows, List<Column> statistics)
      throws IOException {
    return others.get().writeParquetFiles(folder, rows, statistics);
  }

  @Override
  public void writeParquetFileAtomically(String path, CloseableIterator<FilteredColumnarBatch> rows)
      throws IOException {
    others.get().writeParquetFileAtomically(path, rows);
  }

  @Override
  public CloseableIterator<FileReadResult> readParquetFiles(
      CloseableIterator<FileStatus> from, StructType schema, Optional<Predicate> predicate) {
    return new Files(from, schema, predicate);
  }

  /** The rows of some files, in their order. */
  private final class Files implements CloseableIterator<FileReadResult> {
    private final CloseableIterator<FileStatus> from;
    private final StructType schema;
    private final Optional<Predicate> predicate;
    private CloseableIterator<FileReadResult> file;

    Files(CloseableIterator<FileStatus> from, StructType schema, Optional<Predicate> predicate) {
      this.from = from;
      this.schema = schema;
      this.predicate = predicate;
    }

    @Override
    public boolean hasNext() {
      while (file == null || !file.hasNext()) {
        Utils.closeCloseables(file);
        file = null;
        if (!from.hasNext()) {
          return false;
        }
        file = open(from.next());
      }
      return true;
    }

    private CloseableIterator<FileReadResult> open(FileStatus status) {
      Optional<LogFile> own =
          LogFile.open(status.getPath(), status.getSize(), schema, bytes, decoders);
      if (own.isPresent()) {
        return own.get();
      }
      try {
        return others
            .get()
            .readParquetFiles(Utils.singletonCloseableIterator(status), schema, predicate);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public FileReadResult next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return file.next();
    }

    @Override
    public void close() {
      Utils.closeCloseables(file, from);
    }
  }
}
