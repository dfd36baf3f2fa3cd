package io.booklake.read;

import io.booklake.delta.FileSettings;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/** Parts of files, by as few reads as the file system likes. For any number of threads. */
final class FileBytes implements FileParts {
  /** Bytes between two parts that cost a disk less than another read, as Hadoop has it. */
  private static final int DISK_GAP = 4 << 10;

  private final FileSettings settings;
  private final LongAdder bytesRead = new LongAdder();

  FileBytes(FileSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ByteBuffer> read(String path, long length, List<Span> spans) throws IOException {
    Optional<File> local = settings.disk().file(path);
    if (local.isPresent()) {
      try (RandomAccessFile in = new RandomAccessFile(local.get(), "r")) {
        return inTurn(
            (position, part) -> {
              in.seek(position);
              in.readFully(part);
            },
            DISK_GAP,
            spans);
      }
    }
    Path file = new Path(path);
    FileSystem system = file.getFileSystem(settings.hadoop());
    if (system instanceof ChecksumFileSystem checked) {
      // It opens two files for every read; Parquet's pages have checksums of their own.
      try (FSDataInputStream in = open(checked.getRawFileSystem(), file, length)) {
        return inTurn(in::readFully, in.minSeekForVectorReads(), spans);
      }
    }
    return atOnce(system, file, length, spans);
  }

  private static FSDataInputStream open(FileSystem system, Path file, long length)
      throws IOException {
    return FutureIO.awaitFuture(
        system
            .openFile(file)
            .opt(
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_VECTOR)
            .optLong(OpenFileOptions.FS_OPTION_OPENFILE_LENGTH, length)
            .build());
  }

  /** Reads as many bytes as there is room for, from a position on. */
  private interface Positioned {
    void readFully(long position, byte[] bytes) throws IOException;
  }

  /** What a disk likes: it answers at once, and threads would only cost time. */
  private List<ByteBuffer> inTurn(Positioned in, int gap, List<Span> spans) throws IOException {
    ByteBuffer[] parts = new ByteBuffer[spans.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> spans.get(i).offset()));
    int next = 0;
    while (next < parts.length) {
      int first = next;
      long begin = spans.get(order.get(first)).offset();
      long end = spans.get(order.get(first)).end();
      next++;
      while (next < parts.length && spans.get(order.get(next)).offset() <= end + gap) {
        end = Math.max(end, spans.get(order.get(next)).end());
        next++;
      }
      byte[] bytes = new byte[Math.toIntExact(end - begin)];
      in.readFully(begin, bytes);
      bytesRead.add(bytes.length);
      for (int i = first; i < next; i++) {
        Span span = spans.get(order.get(i));
        parts[order.get(i)] = ByteBuffer.wrap(bytes, (int) (span.offset() - begin), span.length());
      }
    }
    return List.of(parts);
  }

  /** What an object store likes: it merges what lies close together and asks for all at once. */
  private List<ByteBuffer> atOnce(FileSystem system, Path file, long length, List<Span> spans)
      throws IOException {
    List<FileRange> ranges =
        spans.stream()
            .map(span -> FileRange.createFileRange(span.offset(), span.length()))
            .toList();
    List<ByteBuffer> parts = new ArrayList<>();
    try (FSDataInputStream in = open(system, file, length)) {
      in.readVectored(ranges, ByteBuffer::allocate);
      for (FileRange range : ranges) {
        parts.add(FutureIO.awaitFuture(range.getData()));
        bytesRead.add(range.getLength());
      }
    }
    return parts;
  }

  /** Bytes asked of file systems so far. */
  long bytesRead() {
    return bytesRead.sum();
  }
}
