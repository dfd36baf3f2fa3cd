package io.booklake.read;

import io.booklake.delta.FileSettings;
import java.io.EOFException;
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
  public List<ByteBuffer> read(String path, long length, List<Span> spans, Room room)
      throws IOException {
    try {
      return parts(path, length, spans, room);
    } catch (EOFException e) {
      throw new IOException(
          path
              + " ends before the "
              + length
              + " bytes that the table says it has: it was damaged after it was written. Run"
              + " booklake verify, and booklake ingest --force for its ticker-days.",
          e);
    }
  }

  private List<ByteBuffer> parts(String path, long length, List<Span> spans, Room room)
      throws IOException {
    Optional<File> local = settings.disk().file(path);
    if (local.isPresent()) {
      try (RandomAccessFile in = new RandomAccessFile(local.get(), "r")) {
        return inTurn(
            (position, bytes, from, count) -> {
              in.seek(position);
              in.readFully(bytes, from, count);
            },
            DISK_GAP,
            spans,
            room);
      }
    }
    Path file = new Path(path);
    FileSystem system = file.getFileSystem(settings.hadoop());
    if (system instanceof ChecksumFileSystem checked) {
      // It opens two files for every read; Parquet's pages have checksums of their own.
      try (FSDataInputStream in = open(checked.getRawFileSystem(), file, length)) {
        return inTurn(in::readFully, in.minSeekForVectorReads(), spans, room);
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

  /** Reads some bytes from a position of the file on into places of an array. */
  private interface Positioned {
    void readFully(long position, byte[] bytes, int from, int count) throws IOException;
  }

  /** What a disk likes: it answers at once, and threads would only cost time. */
  private List<ByteBuffer> inTurn(Positioned in, int gap, List<Span> spans, Room room)
      throws IOException {
    List<Span> merged = merged(gap, spans);
    int all = 0;
    for (Span each : merged) {
      all = Math.addExact(all, each.length());
    }
    byte[] bytes = room.of(all);
    long[] shifts = new long[merged.size()];
    int at = 0;
    for (int i = 0; i < shifts.length; i++) {
      Span each = merged.get(i);
      in.readFully(each.offset(), bytes, at, each.length());
      shifts[i] = at - each.offset();
      at += each.length();
    }
    bytesRead.add(all);
    List<ByteBuffer> parts = new ArrayList<>(spans.size());
    for (Span span : spans) {
      long shift = shifts[holding(merged, span)];
      parts.add(ByteBuffer.wrap(bytes, (int) (span.offset() + shift), span.length()));
    }
    return parts;
  }

  /** In the order of the file, those in one that have no more than a gap between them. */
  private static List<Span> merged(int gap, List<Span> spans) {
    List<Span> ordered = new ArrayList<>(spans);
    ordered.sort(Comparator.comparingLong(Span::offset));
    List<Span> merged = new ArrayList<>();
    for (Span each : ordered) {
      Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && each.offset() <= last.end() + gap) {
        long end = Math.max(last.end(), each.end());
        merged.set(
            merged.size() - 1, new Span(last.offset(), Math.toIntExact(end - last.offset())));
      } else {
        merged.add(each);
      }
    }
    return merged;
  }

  /** Number of the span of some in the order of the file that holds another one. */
  private static int holding(List<Span> merged, Span span) {
    int low = 0;
    int high = merged.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (merged.get(middle).offset() <= span.offset()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
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
