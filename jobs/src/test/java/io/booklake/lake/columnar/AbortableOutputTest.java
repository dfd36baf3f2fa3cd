package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a lake on a disk of this machine. */
class AbortableOutputTest {
  @TempDir private Path folder;

  @Test
  void aFileOnADiskStandsAloneWithThePermissionsOfTheProcess() throws IOException {
    Path file = folder.resolve("trade_date=2012-06-21/new/part");
    try (OutputStream out = output(file, new Configuration()).create()) {
      out.write(new byte[] {1, 2, 3});
    }
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(files()).containsExactly(file);
    Path another = Files.createFile(folder.resolve("another"));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Files.getPosixFilePermissions(another));
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("part"), "of somebody else");
    assertThatThrownBy(() -> output(file, new Configuration()).create())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("of somebody else");
  }

  @Test
  void whoNamesAFileSystemForLocalFilesHasThemWrittenByIt() throws IOException {
    Configuration checked = new Configuration();
    checked.set("fs.file.impl", LocalFileSystem.class.getName());
    Path file = folder.resolve("part");
    try (OutputStream out = output(file, checked).create()) {
      out.write(7);
    }
    assertThat(files()).containsExactlyInAnyOrder(file, folder.resolve(".part.crc"));
  }

  @Test
  void whatIsGivenUpIsClosedAndMayBeDeleted() throws IOException {
    Path file = folder.resolve("part");
    AbortableOutput output = output(file, new Configuration());
    OutputStream out = output.create();
    out.write(7);
    output.abort();
    assertThatThrownBy(
            () -> {
              out.write(new byte[1 << 20]);
              out.flush();
            })
        .isInstanceOf(IOException.class);
    Files.delete(file);
    assertThat(files()).isEmpty();
  }

  private static AbortableOutput output(Path file, Configuration configuration) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    return new AbortableOutput(FileSystem.newInstance(path.toUri(), configuration), path);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
