package io.booklake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDiskTest {
  @TempDir private java.nio.file.Path folder;

  private static Configuration with(String key, String value) {
    Configuration configuration = new Configuration();
    configuration.set(key, value);
    return configuration;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/data/a lake", "lake", "./a/../lake", "file:/data/lake", "file:///data/lake/"})
  void foldersAreQualifiedAsHadoopDoesIt(String name) throws IOException {
    Configuration configuration = new Configuration();
    Path path = new Path(name);

    assertThat(new LocalDisk(configuration).qualified(path))
        .contains(FileSystem.getLocal(configuration).makeQualified(path));
  }

  @Test
  void whatLiesElsewhereIsLeftToHadoop() {
    LocalDisk disk = new LocalDisk(new Configuration());

    assertThat(disk.qualified(new Path("s3a://bucket/lake"))).isEmpty();
    assertThat(disk.qualified(new Path("file://host/lake"))).isEmpty();
    assertThat(disk.file("s3a://bucket/lake/file")).isEmpty();
    assertThat(disk.file("file:/data/a lake")).contains(new File("/data/a lake"));
    LocalDisk cluster = new LocalDisk(with("fs.defaultFS", "hdfs://cluster"));
    assertThat(cluster.qualified(new Path("/data/lake"))).isEmpty();
    assertThat(cluster.qualified(new Path("file:/data/lake"))).isPresent();
  }

  /** Their URIs are decoded: what looks like a part of a URI is one of the name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/data/lake/a file",
        "file:/data//lake/file/",
        "file:///data/lake/file",
        "file:/data/100%25?b#c",
        "file:/data/./lake/../file",
        "file:/",
      })
  void filesLieWhereHadoopWouldLook(String path) throws IOException {
    RawLocalFileSystem hadoop = new RawLocalFileSystem();
    hadoop.initialize(URI.create("file:///"), new Configuration());

    assertThat(new LocalDisk(new Configuration()).file(path))
        .contains(hadoop.pathToFile(new Path(path)));
  }

  @Test
  void aFileOfAnotherHostIsLeftToHadoop() {
    assertThat(new LocalDisk(new Configuration()).file("file://host/data/file")).isEmpty();
  }

  @Test
  void whoNamesAFileSystemForLocalFilesGetsIt() {
    LocalDisk disk = new LocalDisk(with("fs.file.impl", LocalFileSystem.class.getName()));

    assertThat(disk.qualified(new Path("/data/lake"))).isEmpty();
    assertThat(disk.file("file:/data/lake")).isEmpty();
  }

  @Test
  void aFolderThatIsALinkToAnotherDiskIsWrittenTo() throws IOException {
    java.nio.file.Path disk = Files.createDirectory(folder.resolve("disk"));
    java.nio.file.Path table = Files.createSymbolicLink(folder.resolve("table"), disk);
    FileSystem local = FileSystem.getLocal(new Configuration());

    LocalDisk.newFile(local, new Path(table.resolve("a").toUri())).orElseThrow().close();
    LocalDisk.newFile(local, new Path(table.resolve("b/c/d").toUri())).orElseThrow().close();
    LocalDisk.newFolder(local, new Path(table.toUri()));
    LocalDisk.newFolder(local, new Path(table.resolve("e/f").toUri()));

    assertThat(new LocalFiles(FileSettings.local()).mkdirs("file:" + table)).isTrue();
    assertThat(new LocalFiles(FileSettings.local()).mkdirs("file:" + table + "/g")).isTrue();
    assertThat(disk.resolve("a")).isRegularFile();
    assertThat(disk.resolve("b/c/d")).isRegularFile();
    assertThat(disk.resolve("e/f")).isDirectory();
    assertThat(disk.resolve("g")).isDirectory();
  }

  @Test
  void whatIsInTheWayOfAFolderIsAnErrorAndStays() throws IOException {
    java.nio.file.Path file = Files.writeString(folder.resolve("file"), "of somebody else");
    FileSystem local = FileSystem.getLocal(new Configuration());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> LocalDisk.newFolder(local, new Path(file.toUri())));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> LocalDisk.newFile(local, new Path(file.resolve("part").toUri())));
    assertThat(file).hasContent("of somebody else");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void kernelReadsTheSameWithHadoopAndWithout(boolean isPlain) throws IOException {
    LocalFiles files =
        new LocalFiles(
            isPlain
                ? FileSettings.local()
                : FileSettings.of(with("fs.file.impl", LocalFileSystem.class.getName())));
    for (String name : List.of("b", "a", "c")) {
      Files.writeString(folder.resolve(name), "text of " + name);
    }
    String root = "file:" + folder;

    List<String> found = new ArrayList<>();
    try (CloseableIterator<FileStatus> listed = files.listFrom(root + "/b")) {
      while (listed.hasNext()) {
        FileStatus file = listed.next();
        found.add(file.getPath() + " " + file.getSize());
        assertThat(file.getModificationTime()).isPositive();
      }
    }
    assertThat(found).containsExactly(root + "/b 9", root + "/c 9");
    assertThat(files.resolvePath(root)).isEqualTo(root);
    assertThat(files.getFileStatus(root + "/a").getSize()).isEqualTo(9);
    try (SeekableInputStream in = files.newInputFile(root + "/a", 9).newStream()) {
      assertThat(in.read()).isEqualTo('t');
      in.seek(5);
      assertThat(in.getPos()).isEqualTo(5);
      byte[] bytes = new byte[2];
      in.readFully(bytes, 0, 2);
      assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo("of");
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(" a");
    }
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> files.listFrom(root + "/none/a").close());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> files.listFrom(root + "/a/_delta_log/0").close())
        .withMessageContaining("/a");
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> files.getFileStatus(root + "/none"));
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> files.newInputFile(root + "/none", 1).newStream().close());
  }
}
