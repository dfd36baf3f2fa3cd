package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store makes of a commit that cannot be written whole. */
class ConditionalPutLogStoreTest {
  private static final List<String> LINES = List.of("one", "two");

  @TempDir private java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();

  @BeforeEach
  void openAStore() {
    configuration.setClass("fs.file.impl", Store.class, FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
  }

  @Test
  void aCommitThatFitsIsThereWhole() throws IOException {
    write(100, false);

    assertThat(folder.resolve("1.json")).hasContent("one\ntwo\n");
  }

  @Test
  void ofACommitThatFailsOnTheWayNothingIsThereAndNobodyIsTakenForItsWriter() {
    assertThatThrownBy(() -> write(5, false)).isExactlyInstanceOf(IOException.class);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsToBeReplacedStaysWhereTheOtherFailsOnTheWay() throws IOException {
    write(100, true);

    assertThatThrownBy(() -> write(5, true)).isExactlyInstanceOf(IOException.class);

    assertThat(folder.resolve("1.json")).hasContent("one\ntwo\n");
  }

  private void write(int room, boolean overwrite) throws IOException {
    configuration.setInt(Store.ROOM, room);
    new ConditionalPutLogStore(configuration)
        .write(
            new Path(folder.resolve("1.json").toUri()), LINES.iterator(), overwrite, configuration);
  }

  /** Keeps what is written on a small disk, and puts it where it belongs when it is closed. */
  public static final class Store extends RawLocalFileSystem {
    static final String ROOM = "booklake.test.room";

    @Override
    public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
      return new Put(this, path);
    }

    @Override
    public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
      return new FSDataOutputStream(
          new Buffer(java.nio.file.Path.of(path.toUri()), getConf().getInt(ROOM, 0)), null);
    }
  }

  private static final class Put extends FSDataOutputStreamBuilder<FSDataOutputStream, Put> {
    Put(FileSystem files, Path path) {
      super(files, path);
    }

    @Override
    public Put getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      return getFS().create(getPath(), true);
    }
  }

  private static final class Buffer extends OutputStream implements Abortable, StreamCapabilities {
    private final ByteArrayOutputStream disk = new ByteArrayOutputStream();
    private final java.nio.file.Path target;
    private final int room;
    private boolean isAborted;

    Buffer(java.nio.file.Path target, int room) {
      this.target = target;
      this.room = room;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      disk.write(bytes, offset, Math.min(length, room - disk.size()));
      if (disk.size() == room) {
        throw new IOException("no room");
      }
    }

    @Override
    public boolean hasCapability(String capability) {
      return capability.equals(StreamCapabilities.ABORTABLE_STREAM);
    }

    @Override
    public AbortableResult abort() {
      isAborted = true;
      return null;
    }

    @Override
    public void close() throws IOException {
      if (!isAborted) {
        Files.write(target, disk.toByteArray());
      }
    }
  }
}
