package io.booklake.read;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.data.DefaultRowBasedColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The rows of one file of a log, in their order. For one thread. */
final class LogFile implements CloseableIterator<FileReadResult> {
  /** As many as Kernel's own reader gives at once. */
  private static final int BATCH_ROWS = 1024;

  private static final Set<CompressionCodecName> CODECS =
      Set.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD);

  private final IndexedFile file;
  private final StructType schema;
  private final LogShape.Found found;
  private final FileParts bytes;
  private PageDecoder decoder;
  private int nextGroup;

  /** Of the row group. */
  private long rowsLeft;

  private LogFile(
      IndexedFile file,
      StructType schema,
      LogShape.Found found,
      FileParts bytes,
      PageDecoder decoder) {
    this.file = file;
    this.schema = schema;
    this.found = found;
    this.bytes = bytes;
    this.decoder = decoder;
  }

  /**
   * Looks at the end of a file.
   *
   * @return empty if the file, or what is asked of it, is better left to another reader: that one
   *     also says what is wrong with a file that is damaged, or not there
   */
  static Optional<LogFile> open(
      String path, long length, StructType schema, FileParts bytes, PageDecoders decoders) {
    PageDecoder decoder = decoders.open();
    Optional<LogFile> opened = Optional.empty();
    try {
      IndexedFile file = IndexedFile.read(path, length, bytes, decoder.room());
      Optional<LogShape.Found> found = LogShape.find(file, schema);
      if (found.isPresent() && isReadable(file, found.get().leaves(), bytes, decoder.room())) {
        opened = Optional.of(new LogFile(file, schema, found.get(), bytes, decoder));
      }
    } catch (IOException | RuntimeException e) {
      // No page index, for one, which old writers do not make.
    }
    if (opened.isEmpty()) {
      decoder.close();
    }
    return opened;
  }

  private static boolean isReadable(
      IndexedFile file, List<StoredLeaf> leaves, FileParts bytes, Room room) throws IOException {
    file.readIndexes(IntStream.range(0, file.rowGroups()).boxed().toList(), bytes, room);
    for (int group = 0; group < file.rowGroups(); group++) {
      PageIndex index = file.knownIndex(group);
      for (StoredLeaf leaf : leaves) {
        StoredChunk chunk = file.chunk(group, leaf.column());
        boolean isAtFirst = index.places(leaf.column()).getOffset(0) == chunk.pages();
        // Some writers do not say that there is a page of numbered values before the first one.
        if (!isAtFirst || !CODECS.contains(chunk.codec())) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public boolean hasNext() {
    try {
      while (rowsLeft == 0 && nextGroup < file.rowGroups()) {
        begin(nextGroup++);
      }
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    return rowsLeft > 0;
  }

  private void begin(int group) throws IOException {
    List<Integer> columns = found.leaves().stream().map(StoredLeaf::column).toList();
    GroupPages pages = new GroupPages(file, group, columns, bytes, decoder);
    for (StoredLeaf leaf : found.leaves()) {
      leaf.begin(pages);
    }
    rowsLeft = file.rows(group);
  }

  @Override
  public FileReadResult next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<Row> rows = new ArrayList<>();
    try {
      while (rows.size() < BATCH_ROWS && rowsLeft > 0) {
        rows.add((Row) found.row().next());
        rowsLeft--;
      }
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    ColumnarBatch batch = new DefaultRowBasedColumnarBatch(schema, rows);
    return new FileReadResult(batch, file.path());
  }

  private KernelEngineException damaged(Exception cause) {
    return new KernelEngineException(file.path() + " is not readable as Parquet of a log", cause);
  }

  @Override
  public void close() {
    if (decoder != null) {
      // Others may have it from here on.
      decoder.close();
      decoder = null;
    }
  }
}
