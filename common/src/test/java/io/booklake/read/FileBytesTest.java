package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.booklake.delta.FileSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileBytesTest {
  private static final int LENGTH = 300_000;

  @TempDir private Path folder;

  /** The JDK, a file system of Hadoop's with checksums, and one that reads as object stores do. */
  static Stream<FileSettings> settings() {
    Configuration checked = new Configuration();
    checked.set("fs.file.impl", LocalFileSystem.class.getName());
    Configuration vectored = new Configuration();
    vectored.set("fs.file.impl", RawLocalFileSystem.class.getName());
    vectored.setBoolean("fs.file.impl.disable.cache", true);
    return Stream.of(FileSettings.local(), FileSettings.of(checked), FileSettings.of(vectored));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anySpansAreReadInTheirOrder(FileSettings settings) throws IOException {
    Random random = new Random(9);
    byte[] written = new byte[LENGTH];
    random.nextBytes(written);
    Path file = Files.write(folder.resolve("file"), written);
    FileBytes bytes = new FileBytes(settings);
    Room room = new Room();
    for (int round = 0; round < 100; round++) {
      List<FileParts.Span> spans = new ArrayList<>();
      // Parts do not lie over each other, as those of a file's columns do not.
      for (int at = random.nextInt(9_000); at < LENGTH; at += random.nextInt(20_000)) {
        int length = Math.min(LENGTH - at, 1 + random.nextInt(5_000));
        spans.add(new FileParts.Span(at, length));
        at += length;
      }
      Collections.shuffle(spans, random);

      List<ByteBuffer> parts = bytes.read("file:" + file, LENGTH, spans, room);

      assertThat(parts).hasSameSizeAs(spans);
      for (int i = 0; i < parts.size(); i++) {
        FileParts.Span span = spans.get(i);
        byte[] read = new byte[span.length()];
        parts.get(i).duplicate().get(read);
        assertThat(parts.get(i).remaining()).isEqualTo(span.length());
        assertThat(read)
            .isEqualTo(Arrays.copyOfRange(written, (int) span.offset(), (int) span.end()));
      }
    }
    assertThat(bytes.bytesRead()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aFileThatEndsTooEarlyIsRefused(FileSettings settings) throws IOException {
    Path file = Files.write(folder.resolve("short"), new byte[10]);
    FileBytes bytes = new FileBytes(settings);

    assertThatIOException()
        .isThrownBy(
            () -> bytes.read("file:" + file, 20, List.of(new FileParts.Span(5, 10)), new Room()));
  }

  @Test
  void aFileThatWasCutIsNamedAndTheCureIsSaid() throws IOException {
    Path file = Files.write(folder.resolve("short"), new byte[10]);
    FileBytes bytes = new FileBytes(FileSettings.local());

    assertThatIOException()
        .isThrownBy(
            () -> bytes.read("file:" + file, 20, List.of(new FileParts.Span(5, 10)), new Room()))
        .withMessageContainingAll(file.toString(), "20 bytes", "ingest --force");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    FileBytes bytes = new FileBytes(FileSettings.local());

    assertThatIOException()
        .isThrownBy(
            () ->
                bytes.read(
                    "file:" + folder.resolve("none"),
                    20,
                    List.of(new FileParts.Span(5, 10)),
                    new Room()));
  }
}
