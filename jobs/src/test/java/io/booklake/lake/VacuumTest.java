package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files go in one request, of which a store may refuse some. */
class VacuumTest {
  @TempDir private Path folder;
  private Vacuum vacuum;

  @BeforeEach
  void openALake() throws IOException {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", Store.class, FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    vacuum = new Vacuum(folder.toString(), configuration, Instant.EPOCH);
  }

  @Test
  void filesThatFillSeveralRequestsAllGo() throws IOException {
    List<FileStatus> superseded = files("a", "b", "c");
    List<FileStatus> unnamed = files("d", "e");

    vacuum.delete(found(superseded, unnamed));

    assertThat(folder.resolve("plain")).isEmptyDirectory();
  }

  @Test
  void aFileThatTheStoreRefusesIsAnErrorThatSaysWhy() throws IOException {
    List<FileStatus> files = files("a", "b", "c", Store.REFUSED, "d");

    assertThatIOException()
        .isThrownBy(() -> vacuum.delete(found(files, List.of())))
        .withMessageContainingAll("cannot delete", "/plain/" + Store.REFUSED, Store.WORDS);
  }

  private List<FileStatus> files(String... names) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (String name : names) {
      Path file = Files.createDirectories(folder.resolve("plain")).resolve(name);
      Files.write(file, new byte[1]);
      files.add(new FileStatus(1, false, 1, 1, 0, new org.apache.hadoop.fs.Path(file.toUri())));
    }
    return files;
  }

  private static Vacuum.Found found(List<FileStatus> superseded, List<FileStatus> unnamed) {
    return new Vacuum.Found("plain", 0, superseded, unnamed, Set.of());
  }

  /** A disk that deletes as an object store does: two files with a request. */
  public static final class Store extends LocalFileSystem {
    static final String REFUSED = "locked";
    static final String WORDS = "AccessDenied";

    @Override
    public BulkDelete createBulkDelete(org.apache.hadoop.fs.Path base) {
      return new BulkDelete() {
        @Override
        public int pageSize() {
          return 2;
        }

        @Override
        public org.apache.hadoop.fs.Path basePath() {
          return base;
        }

        @Override
        public List<Map.Entry<org.apache.hadoop.fs.Path, String>> bulkDelete(
            Collection<org.apache.hadoop.fs.Path> paths) throws IOException {
          assertThat(paths).hasSizeBetween(1, pageSize());
          List<Map.Entry<org.apache.hadoop.fs.Path, String>> refused = new ArrayList<>();
          for (org.apache.hadoop.fs.Path path : paths) {
            if (path.getName().equals(REFUSED)) {
              refused.add(Map.entry(path, WORDS));
            } else {
              delete(path, false);
            }
          }
          return refused;
        }

        @Override
        public void close() {}
      };
    }
  }
}
