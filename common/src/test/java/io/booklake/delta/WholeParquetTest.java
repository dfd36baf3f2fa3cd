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
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(classes = {FullDisk.class, FullMemory.class})
  void aCheckpointThatCannotAllBeWrittenIsNotThere(Class<? extends FileSystem> files) {
    configuration.setClass("fs.file.impl", files, FileSystem.class);
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

  /** Its streams fail once; what follows, the footer too, can be written all the same. */
  public abstract static class Failing extends RawLocalFileSystem {
    abstract FSDataOutputStream failing(OutputStream file) throws IOException;

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return failing(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
    }
  }

  /** Has no room for a moment. */
  public static final class FullDisk extends Failing {
    @Override
    FSDataOutputStream failing(OutputStream file) throws IOException {
      return new FSDataOutputStream(new Full(file), null);
    }
  }

  /** An error that comes when all rows are given and not a byte of them is written. */
  public static final class FullMemory extends Failing {
    @Override
    FSDataOutputStream failing(OutputStream file) throws IOException {
      return new FSDataOutputStream(file, null) {
        private int asked;

        @Override
        public long getPos() {
          if (++asked == 2) {
            throw new OutOfMemoryError("no space left on the heap");
          }
          return super.getPos();
        }
      };
    }
  }

  private static final class Full extends FilterOutputStream {
    private static final int ROOM = 100;

    private int taken;
    private boolean isFull = true;

    Full(OutputStream file) {
      super(file);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (isFull && taken + length > ROOM) {
        isFull = false;
        throw new Error("no space left"); // FSError, of which only Hadoop may make one
      }
      taken += length;
      out.write(bytes, offset, length);
    }
  }
}
