package io.booklake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.data.DefaultRowBasedColumnarBatch;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint has its name, which readers look for, when it is whole, and never before. */
class WholeParquetTest {
  private static final StructType SCHEMA = new StructType().add("path", StringType.STRING);

  @TempDir private Path folder;
  private final Configuration configuration = new Configuration();
  private Path checkpoint;

  @BeforeEach
  void name() {
    checkpoint = folder.resolve("00000000000000000010.checkpoint.parquet");
  }

  @Test
  void aCheckpointWhoseRowsCannotAllBeReadIsNotThere() {
    Stream<FilteredColumnarBatch> rows =
        IntStream.range(0, 2)
            .mapToObj(
                i -> {
                  if (i == 1) {
                    throw new IllegalStateException("connection reset");
                  }
                  return batch();
                });

    assertThatThrownBy(() -> write(rows)).hasStackTraceContaining("connection reset");

    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void aCheckpointThatCannotAllBeWrittenIsNotThere() {
    configuration.setClass("fs.file.impl", FullDisk.class, org.apache.hadoop.fs.FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);

    assertThatThrownBy(() -> write(Stream.of(batch()))).hasStackTraceContaining("no space left");

    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void aWholeOneIsThereAndNothingElse() throws IOException {
    write(Stream.of(batch(), batch()));

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> !file.toString().endsWith(".crc")))
          .containsExactly(checkpoint);
    }
  }

  private void write(Stream<FilteredColumnarBatch> rows) throws IOException {
    new LakeEngine(configuration)
        .getParquetHandler()
        .writeParquetFileAtomically(
            checkpoint.toUri().toString(), Utils.toCloseableIterator(rows.iterator()));
  }

  private static FilteredColumnarBatch batch() {
    Row row = new GenericRow(SCHEMA, Map.of(0, "day=2024-03-04/a.parquet"));
    return new FilteredColumnarBatch(
        new DefaultRowBasedColumnarBatch(SCHEMA, List.of(row)), Optional.empty());
  }

  /** Has room for the first bytes of a file; it can be closed all the same. */
  public static final class FullDisk extends RawLocalFileSystem {
    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      OutputStream file =
          super.create(path, overwrite, bufferSize, replication, blockSize, progress);
      return new FSDataOutputStream(new Full(file), null);
    }
  }

  private static final class Full extends FilterOutputStream {
    private static final int ROOM = 100;

    private int taken;

    Full(OutputStream file) {
      super(file);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (taken + length > ROOM) {
        throw new IOException("no space left");
      }
      taken += length;
      out.write(bytes, offset, length);
    }
  }
}
