package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.lake.ConditionalPutLogStore;
import io.booklake.lake.Lake;
import io.booklake.lake.ReplaceScope;
import io.booklake.lake.Rewrite;
import io.booklake.lake.RunLog;
import io.booklake.lake.StepFigures;
import io.booklake.model.TickerDay;
import io.booklake.read.ArrowStream;
import io.booklake.read.LakeReader;
import io.booklake.read.RowQuery;
import io.booklake.spark.Spark;
import io.booklake.table.TableCatalog;
import io.delta.storage.LogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Landing zone and lake on S3, as the server's protocol has it. */
class ObjectStoreIT {
  private static final int WRITERS = 4;

  private static S3Server server;
  private static String root;
  private static FileSystem files;

  @RegisterExtension final RunningHub hub = new RunningHub();
  @TempDir private java.nio.file.Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
    Configuration ofSession = Sessions.start().context().hadoopConfiguration();
    server
        .settings()
        .forEach(
            (key, value) -> {
              ofSession.set(key, value);
              System.setProperty("spark.hadoop." + key, value);
            });
    root = server.root();
    files = new Path(root).getFileSystem(server.configuration());
  }

  @AfterAll
  static void stop() throws IOException {
    Configuration ofSession = Sessions.start().context().hadoopConfiguration();
    server
        .settings()
        .keySet()
        .forEach(
            key -> {
              ofSession.unset(key);
              System.clearProperty("spark.hadoop." + key);
            });
    files.close();
    server.close();
  }

  @Test
  void aLakeOnAnObjectStoreIsTheLakeOnDisk() throws Exception {
    String landing = root + "landing";
    land(landing, "plain", 2);
    land(landing + "/packed", "zip", 1);
    String lake = root + "lake";
    java.nio.file.Path disk = folder.resolve("disk");
    for (Object each : List.of(lake, disk)) {
      Booklake.done("nightly", "--landing", landing, "--lake", each);
    }
    java.nio.file.Path copy = folder.resolve("copy");
    copy(lake, copy);

    Map<String, String> contents = new Tables(copy).contents();
    assertThat(contents).isEqualTo(new Tables(disk).contents());
    assertThat(contents).containsKeys("messages", "mbo", "candles", "depth_metrics", "ticker_days");
    assertThat(messages(lake, server.configuration()))
        .isEqualTo(messages(disk.toString(), new Configuration()));
    for (String what : List.of("candles", "book")) {
      assertThat(rows(what, lake)).isEqualTo(rows(what, disk.toString())).hasSizeGreaterThan(2);
    }
    Booklake.done("ingest", "--landing", landing, "--lake", lake, "--ticker", "SIMA", "--force");
    assertThat(Booklake.done("vacuum", "--lake", lake)).contains("messages");
    java.nio.file.Path again = folder.resolve("again");
    copy(lake + "/messages", again.resolve("messages"));
    assertThat(new Tables(again).content("messages", "true"))
        .as("written twice, there once")
        .isEqualTo(contents.get("messages"));
  }

  @Test
  void aDatasetIsFetchedOntoAnObjectStoreOnce() throws Exception {
    java.nio.file.Path made = folder.resolve("made");
    Booklake.done("simulate", "--landing", made, "--ticker-count", 1, "--events", 400);
    Map<String, byte[]> pair = new TreeMap<>();
    try (Stream<java.nio.file.Path> all = Files.walk(made)) {
      for (java.nio.file.Path file : all.filter(Files::isRegularFile).toList()) {
        pair.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    String revision = hub.server().dataset("owner/lobster").putAll(pair);
    String landing = root + "fetched";
    String lake = root + "lake-of-fetched";

    assertThat(Booklake.done("fetch", "owner/lobster", "--landing", landing))
        .contains("1 fetched, 0 unchanged");
    assertThat(Booklake.done("ingest", "--landing", landing, "--lake", lake))
        .contains("1 published");

    java.nio.file.Path copy = folder.resolve("copy");
    copy(lake, copy);
    assertThat(new Tables(copy).count("ticker_days", "dataset_revision LIKE '%@" + revision + "'"))
        .isEqualTo(1);
    hub.server().forget();
    assertThat(Booklake.done("fetch", "owner/lobster", "--landing", landing))
        .contains("0 fetched, 1 unchanged");
    assertThat(hub.server().contentBytes()).isZero();
  }

  /** What show prints below its title, which names the lake. */
  private static List<String> rows(String what, String lake) {
    return Booklake.done(
            "show",
            what,
            "--lake",
            lake,
            "--ticker",
            "SIMA",
            "--levels",
            10,
            "--index",
            200,
            "--columns",
            "all")
        .lines()
        .skip(1)
        .toList();
  }

  private static void copy(String uri, java.nio.file.Path target) throws IOException {
    FileUtil.copy(files, new Path(uri), target.toFile(), false, server.configuration());
  }

  private void land(String landing, String packing, int tickers) throws IOException {
    java.nio.file.Path made = folder.resolve("landing-" + packing);
    Booklake.done(
        "simulate",
        "--landing",
        made,
        "--ticker-count",
        tickers,
        "--events",
        400,
        "--depths",
        packing.equals("zip") ? "5" : "10",
        "--packing",
        packing);
    FileUtil.copy(made.toFile(), files, new Path(landing), false, server.configuration());
  }

  private static byte[] messages(String lake, Configuration configuration) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrowStream.write(
        LakeReader.open(lake, configuration)
            .day(new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 10))
            .rows(RowQuery.of("messages").between(100, 199)),
        out);
    return out.toByteArray();
  }

  @Test
  void ofSeveralWritersOfOneVersionExactlyOneSucceedsAndItsLinesStay() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int version = 0; version < 25; version++) {
        Path target = new Path(root + "race/" + version + ".json");
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          String line = "written by " + writer;
          writers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return succeeds(target, List.of(line).iterator());
                  }));
        }
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          if (writers.get(writer).get()) {
            winners.add(writer);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(text(target)).isEqualTo("written by " + winners.get(0) + "\n");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aWriterWhoComesBetweenLookingAndWritingIsNotReplaced() throws IOException {
    Path target = new Path(root + "between/1.json");
    Iterator<String> overtaken =
        Stream.of("mine")
            .peek(line -> put(target, "somebody else's\n")) // by a process that shares no lock
            .iterator();

    assertThatThrownBy(() -> write(target, overtaken))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(text(target)).isEqualTo("somebody else's\n");
  }

  @Test
  void aCommitWhoseAnswerWasLostIsDone() throws IOException {
    Path target = new Path(root + "lost/1.json");
    put(target, "mine\n");

    write(target, List.of("mine").iterator());

    assertThat(text(target)).isEqualTo("mine\n");
  }

  @Test
  void aStoreThatCannotKeepWritersApartIsRefused() {
    Path onDisk = new Path(folder.resolve("1.json").toUri());

    assertThatThrownBy(() -> write(onDisk, List.of("mine").iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conditional");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsToBeReplacedIsReplaced() throws IOException {
    Path target = new Path(root + "replaced/_last_checkpoint");
    put(target, "old\n");

    new ConditionalPutLogStore(server.configuration())
        .write(target, List.of("new").iterator(), true, server.configuration());

    assertThat(text(target)).isEqualTo("new\n");
  }

  @Test
  void driversWhoWriteToOneTableAtOnceAllSucceed() throws Exception {
    SparkSession spark = Sessions.start().session();
    String lake = root + "together";
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (String driver : List.of("one", "other")) {
        Lake own = new Lake(Spark.of(spark), lake);
        ends.add(
            drivers.submit(
                () -> {
                  for (int commit = 0; commit < 6; commit++) {
                    note(own, driver + commit);
                  }
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      drivers.shutdownNow();
    }

    assertThat(new Lake(Spark.of(spark), lake).read("runs").select("run_id").distinct().count())
        .isEqualTo(12);
    assertThat(files.exists(new Path(lake + "/runs/_delta_log/_last_checkpoint"))).isTrue();
  }

  @Test
  void neitherBooklakeNorItsSparkCommitsWhereNoConditionCanBeAskedFor() throws IOException {
    SparkSession spark = Sessions.start().session();
    Configuration ofSession = spark.sparkContext().hadoopConfiguration();
    String lake = root + "unsafe";
    ofSession.set("fs.s3a.create.conditional.enabled", "false");
    // A file system that is there already has its settings.
    ofSession.set("fs.s3a.impl.disable.cache", "true");
    try {
      assertThatThrownBy(() -> note(new Lake(Spark.of(spark), lake), "run"))
          .hasStackTraceContaining("Conditional Writes Unavailable");
      assertThatThrownBy(() -> spark.range(1).write().format("delta").save(lake + "/spark"))
          .hasStackTraceContaining("Conditional Writes Unavailable");
    } finally {
      ofSession.unset("fs.s3a.create.conditional.enabled");
      ofSession.unset("fs.s3a.impl.disable.cache");
    }
    for (String table : List.of("runs", "spark")) {
      Path commit = new Path(lake + "/" + table + "/_delta_log/" + "0".repeat(20) + ".json");
      assertThat(files.exists(commit)).as(commit.toString()).isFalse();
    }
  }

  private static void note(Lake lake, String run) {
    Map<String, Object> row =
        new RunLog.Step(
                "ingest", Instant.EPOCH, 1, StepFigures.NONE, RunLog.Outcome.PARTLY_FAILED, null)
            .columns();
    row.put("run_id", run);
    row.put("software_version", "0");
    row.put("configuration_hash", "0");
    lake.update(TableCatalog.RUNS, known -> new Rewrite(List.of(row), ReplaceScope.NOTHING));
  }

  private static boolean succeeds(Path target, Iterator<String> lines) throws IOException {
    try {
      write(target, lines);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void write(Path target, Iterator<String> lines) throws IOException {
    LogStore store = new ConditionalPutLogStore(server.configuration());
    store.write(target, lines, false, server.configuration());
  }

  private static void put(Path target, String text) {
    try (var out = files.create(target, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path target) throws IOException {
    try (FSDataInputStream in = files.open(target)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
