package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.hub.hadoop.HubConfiguration;
import io.booklake.hub.hadoop.HubLocation;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as a file system: what is there, and that little more is asked for than is read. */
class HubFileSystemTest {
  private static final String ROOT = "hf://datasets/owner/mixed";

  @TempDir java.nio.file.Path cache;
  private final Configuration configuration = new Configuration();
  private HubDouble server;
  private FileSystem files;

  @BeforeEach
  void start() throws IOException {
    server = new HubDouble();
    server.dataset("owner/mixed").putAll(Samples.mixed());
    configuration.set("fs.hf.endpoint", server.endpoint().toString());
    configuration.set("fs.hf.token", HubFixture.TOKEN);
    configuration.set("fs.hf.cache", cache.toString());
    files = FileSystem.newInstance(new Path(ROOT).toUri(), configuration);
  }

  @AfterEach
  void stop() throws IOException {
    files.close();
    server.close();
  }

  @Test
  void foldersAndFilesAreThoseOfTheRepository() throws Exception {
    assertThat(names(files.listStatus(new Path(ROOT))))
        .containsExactly(
            ".gitattributes", "README.md", "a/", "empty.txt", "folder with blanks/", "pack.zip");
    assertThat(names(files.listStatus(new Path(ROOT + "@main/a"))))
        .containsExactly("b/", "table.parquet");
    FileStatus status = files.getFileStatus(new Path(ROOT + "@main/a/table.parquet"));
    assertThat(status.isFile()).isTrue();
    assertThat(status.getLen()).isEqualTo(3_000_000);
    assertThat(names(files.globStatus(new Path(ROOT + "/a/*/*/*.csv"))))
        .containsExactly("deep.csv", "same.csv");
    for (String path : new String[] {"/x", "/a/b/c/dee", "/a/table.parquet/x"}) {
      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> files.getFileStatus(new Path(ROOT + path)));
    }
    Path odd = new Path(new Path(ROOT), "folder with blanks/ä+b%20&c#.csv");
    try (FSDataInputStream in = files.open(odd)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("1,2\n");
    }
  }

  @Test
  void everyReadGivesTheBytesOfTheFile() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    Random random = new Random(3);
    try (FSDataInputStream in = files.open(new Path(ROOT + "/a/table.parquet"))) {
      for (int i = 0; i < 100; i++) {
        int from = random.nextInt(content.length);
        byte[] some = new byte[random.nextInt(Math.min(300_000, content.length - from))];
        if (random.nextBoolean()) {
          in.seek(from);
          in.readFully(some);
          assertThat(in.getPos()).isEqualTo(from + some.length);
        } else {
          long before = in.getPos();
          in.readFully(from, some);
          assertThat(in.getPos()).isEqualTo(before);
        }
        assertThat(some).isEqualTo(Arrays.copyOfRange(content, from, from + some.length));
      }
      in.seek(content.length);
      assertThat(in.read()).isEqualTo(-1);
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> in.seek(content.length + 1L));
      in.seek(0);
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void whatAFailedReadLeavesIsNotTakenForWhatWasReadBefore() throws Exception {
    byte[] content = Samples.mixed().get("a/table.parquet");
    byte[] some = new byte[1000];
    try (FSDataInputStream in = files.open(new Path(ROOT + "/a/table.parquet"))) {
      in.readFully(some);
      AtomicBoolean isCut = new AtomicBoolean();
      server.intercept(
          (seen, exchange) -> {
            if (!seen.server().equals("storage")) {
              return false;
            }
            if (isCut.getAndSet(true)) {
              HubDouble.refuse(exchange, 403, null, "Request has expired");
            } else {
              HubFixture.sendSome(exchange, content, 2000);
            }
            return true;
          });
      in.seek(1_000_000);
      assertThatIOException().isThrownBy(() -> in.readFully(some));
      server.heal();

      in.seek(0);
      in.readFully(some);

      assertThat(some).isEqualTo(Arrays.copyOf(content, 1000));
    }
  }

  @Test
  void aStreamThatIsClosedGivesNothing() throws Exception {
    FSDataInputStream in = files.open(new Path(ROOT + "/a/table.parquet"));
    assertThat(in.read()).isNotNegative();
    in.close();
    byte[] some = new byte[10];
    server.forget();
    assertThatIOException().isThrownBy(in::read);
    assertThatIOException().isThrownBy(() -> in.read(some));
    assertThatIOException().isThrownBy(() -> in.read(5, some, 0, 10));
    assertThatIOException().isThrownBy(() -> in.readFully(5, some));
    assertThatIOException().isThrownBy(() -> in.seek(5));
    assertThatIOException().isThrownBy(in::available);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aPositionedReadThatCannotBeIsRefused() throws Exception {
    byte[] some = new byte[10];
    try (FSDataInputStream in = files.open(new Path(ROOT + "/a/table.parquet"))) {
      server.forget();
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> in.read(-1, some, 0, 10));
      assertThatIllegalArgumentException().isThrownBy(() -> in.read(0, null, 0, 10));
      assertThatIllegalArgumentException().isThrownBy(() -> in.read(0, some, 0, -1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(0, some, 5, 10));
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void noTokenOfHadoopIsAskedOfIt() {
    assertThat(files.getCanonicalServiceName()).isNull();
  }

  @Test
  void aFileWhoseNameCannotBePrintedIsNotListed() throws Exception {
    server.dataset("owner/mixed").put("a/odd\u202e.csv", new byte[1]);
    assertThat(names(files.listStatus(new Path(ROOT + "/a"))))
        .containsExactly("b/", "table.parquet");
  }

  @Test
  void littleMoreIsAskedForThanIsRead() throws Exception {
    try (FSDataInputStream in = files.open(new Path(ROOT + "/a/table.parquet"))) {
      server.forget();
      in.readFully(2_000_000, new byte[12_345]);
      assertThat(server.contentBytes()).isEqualTo(12_345);

      server.forget();
      in.seek(1_000_000);
      in.readFully(new byte[10]);
      assertThat(server.contentBytes()).isEqualTo(64 << 10);

      server.forget();
      in.seek(0);
      in.readFully(new byte[800_000]);
      assertThat(server.contentBytes()).isBetween(800_000L, 2L * 800_000);
      assertThat(server.seen()).hasSizeLessThan(10);
    }
  }

  @Test
  void aBranchStaysTheCommitThatItWasWhenItWasFirstMet() throws Exception {
    Path path = new Path(ROOT + "/README.md");
    long before = files.getFileStatus(path).getLen();
    server.dataset("owner/mixed").put("README.md", new byte[12]);
    assertThat(files.getFileStatus(path).getLen()).isEqualTo(before);
    List<String> uris =
        HubLocation.pinned(configuration, List.of(ROOT + "/README.md", "/data/landing"));
    String pinned = uris.get(0);
    assertThat(pinned)
        .isEqualTo(ROOT + "@" + server.dataset("owner/mixed").mainCommit() + "/README.md");
    assertThat(files.getFileStatus(new Path(pinned)).getLen()).isEqualTo(12);
    assertThat(uris.get(1)).isEqualTo("/data/landing");
  }

  @Test
  void aBranchWithSlashesIsWrittenWithoutThem() throws Exception {
    Repository repository = server.dataset("owner/mixed");
    repository.branch("refs/convert/parquet", repository.mainCommit());
    assertThat(files.getFileStatus(new Path(ROOT + "@refs%2Fconvert%2Fparquet/README.md")).isFile())
        .isTrue();
    assertThat(HubLocation.parse(ROOT + "@refs%2Fconvert%2Fparquet/a").toString())
        .isEqualTo(ROOT + "@refs%2Fconvert%2Fparquet/a");
  }

  @ParameterizedTest
  @CsvSource({
    "@refs/pr/12/a/b, refs/pr/12, a/b",
    "@refs/pr/12, refs/pr/12, ''",
    "@refs/convert/parquet/a, refs/convert/parquet, a",
    "@refs/prs/12, refs, prs/12",
    "@refs/pr/12th/a, refs, pr/12th/a",
  })
  void theHubsOwnReferencesMayHaveTheirSlashes(String end, String revision, String path) {
    HubLocation location = HubLocation.parse(ROOT + end);
    assertThat(location.revision().revision()).isEqualTo(revision);
    assertThat(location.path()).isEqualTo(path);
  }

  @Test
  void aLineSeparatorInANameIsACharacterLikeAnother() throws Exception {
    server.dataset("owner/mixed").put("lines/a\u2028b.csv", new byte[3]);
    FileStatus only = files.listStatus(new Path(ROOT + "/lines"))[0];
    assertThat(files.getFileStatus(only.getPath()).getLen()).isEqualTo(3);
  }

  @Test
  void nothingCanBeWritten() {
    Path path = new Path(ROOT + "/README.md");
    assertThatIOException()
        .isThrownBy(() -> files.create(path))
        .withMessageContaining("booklake publish");
    assertThatIOException().isThrownBy(() -> files.append(path));
    assertThatIOException().isThrownBy(() -> files.delete(path, true));
    assertThatIOException().isThrownBy(() -> files.rename(path, new Path(ROOT + "/x")));
    assertThatIOException().isThrownBy(() -> files.mkdirs(new Path(ROOT + "/x")));
  }

  @Test
  void otherMachinesGetTheTokenAndTheEndpointButNotTheCache() throws Exception {
    configuration.unset("fs.hf.cache");
    Configuration other = HubConfiguration.forOthers(configuration);
    assertThat(other.get("fs.hf.token")).isEqualTo(HubFixture.TOKEN);
    assertThat(other.get("fs.hf.endpoint")).isEqualTo(server.endpoint().toString());
    assertThat(other.get("fs.hf.cache")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf://datasets/owner",
        "hf://models/owner/name",
        "hf:///x",
        "hf://datasets/a/b@../c"
      })
  void whatIsNoPlaceOnTheHubIsRefused(String uri) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> HubLocation.parse(uri));
  }

  private static String[] names(FileStatus[] statuses) {
    return Arrays.stream(statuses)
        .map(status -> status.getPath().getName() + (status.isDirectory() ? "/" : ""))
        .toArray(String[]::new);
  }
}
