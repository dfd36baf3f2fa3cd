package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights come to grief at random moments, while somebody reads, and end in the lake of an
 * undisturbed one.
 *
 * <p>A moment is a number of files that the lake has come to have, and a pause: time alone would
 * hit the start of Java more often than the work, and other moments on each machine. Without
 * settings this is a short form, which does without the faults that take processes of their own;
 * docs/chaos.md has the command of the full one.
 */
class ChaosIT {
  /** Given, it is the full form that is wanted. */
  private static final String FULL = "booklake.chaos.faults";

  private static final int KILLS = Integer.getInteger("booklake.chaos.kills", 2);
  private static final int FAULTS = Integer.getInteger(FULL, 1);
  private static final int TICKER_DAYS = Integer.getInteger("booklake.chaos.ticker-days", 4);
  private static final long SEED = Long.getLong("booklake.chaos.seed", 1);

  private static final int MOST_KILLS_IN_A_ROW = 5;
  private static final int LONGEST_PAUSE_MILLIS = 150;
  private static final int KILLED = 137;

  private static final Path ACCOUNT = Path.of("target/chaos.log");
  private static final Path DRIVER_LOG = Path.of("target/chaos-driver.log");

  @TempDir private static Path folder;
  private static UndisturbedNight night;
  private static int filesOfANight;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void runUndisturbed() throws IOException {
    night = new UndisturbedNight(folder, TICKER_DAYS);
    filesOfANight = night.fileCount();
    Files.deleteIfExists(ACCOUNT);
  }

  @Test
  void nightsWhoseDriversAreKilledAreTakenUpByTheNext() throws Exception {
    int kills = 0;
    for (int round = 1; kills < KILLS; round++) {
      Path lake = folder.resolve("killed-" + round);
      night.startIn(lake);
      try (Onlooker onlooker = new Onlooker(lake, night.deliveries())) {
        boolean isDone = false;
        for (int i = 0; i < MOST_KILLS_IN_A_ROW && kills < KILLS && !isDone; i++) {
          isDone = !isKilled(lake);
          if (!isDone) {
            kills++;
            note(
                "driver %d of %d killed: the last file was %s"
                    .formatted(kills, KILLS, lastFile(lake)));
          }
        }
        run(night.into(lake));
        note("%d states seen".formatted(onlooker.leave()));
      }
      night.assertMakes(lake);
      note("round %d: as undisturbed".formatted(round));
      new LakeFiles(lake).remove();
    }
  }

  /** False where the night had ended before the moment came, as one after a kill may well. */
  private boolean isKilled(Path lake) throws IOException, InterruptedException {
    int more = 1 + random.nextInt(filesOfANight / 2);
    Process driver = start(List.of(), night.into(lake));
    awaitMoment(lake, more, driver);
    driver.destroyForcibly();
    int code = driver.waitFor();
    assertThat(code).as("%s says why", DRIVER_LOG).isIn(Main.DONE, KILLED);
    return code == KILLED;
  }

  @Test
  @EnabledIfSystemProperty(named = FULL, matches = ".*")
  void aNightWhoseExecutorIsKilledGoesOn() throws Exception {
    SparkDistribution spark = new SparkDistribution();
    for (int fault = 1; fault <= FAULTS; fault++) {
      Path lake = folder.resolve("executor-" + fault);
      night.startIn(lake);
      try (Onlooker onlooker = new Onlooker(lake, night.deliveries())) {
        int more = 1 + random.nextInt(filesOfANight / 4);
        Process driver =
            spark.start("local-cluster[2,1,1024]", Map.of(), DRIVER_LOG, night.into(lake));
        awaitMoment(lake, more, driver);
        List<ProcessHandle> executors = driver.children().filter(ChaosIT::isJava).toList();
        assertThat(executors).as("executors").isNotEmpty();
        executors.get(random.nextInt(executors.size())).destroyForcibly();
        note(
            "executor %d of %d killed: the last file was %s"
                .formatted(fault, FAULTS, lastFile(lake)));
        assertThat(driver.waitFor()).as("%s says why", DRIVER_LOG).isEqualTo(Main.DONE);
        note("%d states seen".formatted(onlooker.leave()));
      }
      assertThat(DRIVER_LOG).content().contains("Lost executor");
      night.assertMakes(lake);
      note("executor %d: as undisturbed".formatted(fault));
      new LakeFiles(lake).remove();
    }
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  /** A file system of a few megabytes, which only root may mount. */
  @Test
  void aNightThatFillsTheDiskIsTakenUpWhenThereIsSpace() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        mount(disk, "-t", "tmpfs", "-o", "size=100m", "tmpfs"),
        "skipped: only root can mount a small disk");
    try {
      for (int fault = 1; fault <= FAULTS; fault++) {
        Path lake = disk.resolve("lake-" + fault);
        night.startIn(lake);
        long size = used(disk) + random.nextLong(night.bytes() * 9 / 10);
        assertThat(mount(disk, "-o", "remount,size=" + size)).isTrue();
        try (Onlooker onlooker = new Onlooker(lake, night.deliveries())) {
          Booklake.Outcome full = Booklake.run(night.into(lake).toArray());
          assertThat(full.code()).as(full.out() + full.err()).isEqualTo(Main.FAILED);
          assertThat(full.err()).contains("No space left on device");
          note("disk %d of %d full: the last file was %s".formatted(fault, FAULTS, lastFile(lake)));
          assertThat(mount(disk, "-o", "remount,size=100m")).isTrue();
          run(night.into(lake));
          note("%d states seen".formatted(onlooker.leave()));
        }
        night.assertMakes(lake);
        note("disk %d: as undisturbed".formatted(fault));
        new LakeFiles(lake).remove();
      }
    } finally {
      PythonEnvironment.run(List.of("umount", "--lazy", disk.toString()));
    }
  }

  private static boolean mount(Path disk, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(options));
    command.add(disk.toString());
    return PythonEnvironment.run(command).code() == 0;
  }

  private static long used(Path disk) throws IOException {
    FileStore store = Files.getFileStore(disk);
    return store.getTotalSpace() - store.getUnallocatedSpace();
  }

  @Test
  @EnabledIfSystemProperty(named = FULL, matches = ".*")
  void aNightWhoseObjectStoreIsCutIsTakenUpWhenItIsBack() throws Exception {
    Path objects = Files.createDirectory(folder.resolve("objects"));
    try (S3Server server = new S3Server(objects)) {
      Configuration client = server.configuration();
      try (FileSystem store = FileSystem.newInstance(path(server.root()).toUri(), client)) {
        String landing = server.root() + "landing";
        put(night.landing(), store, landing);
        for (int fault = 1; fault <= FAULTS; fault++) {
          String name = "lake-" + fault;
          String lake = server.root() + name;
          put(night.before(), store, lake);
          // Whoever reads has other ways to the server's disk: he must see no half either.
          Path onDisk = objects.resolve(server.bucket()).resolve(name);
          try (Onlooker onlooker = new Onlooker(onDisk, night.deliveries())) {
            int more = 1 + random.nextInt(filesOfANight / 2);
            Process driver = start(options(server), night.from(landing, lake));
            awaitMoment(onDisk, more, driver);
            server.cut();
            note(
                "server %d of %d cut: the last file was %s"
                    .formatted(fault, FAULTS, lastFile(onDisk)));
            assertThat(driver.waitFor()).as("%s says why", DRIVER_LOG).isEqualTo(Main.FAILED);
            server.restore();
            Process next = start(options(server), night.from(landing, lake));
            assertThat(next.waitFor()).as("%s says why", DRIVER_LOG).isEqualTo(Main.DONE);
            note("%d states seen".formatted(onlooker.leave()));
          }
          Path copy = folder.resolve("cut-" + fault);
          FileUtil.copy(store, path(lake), copy.toFile(), false, client);
          night.assertMakes(copy);
          note("server %d: as undisturbed".formatted(fault));
        }
      }
    }
  }

  /** Those by which a driver meets a server, and gives up soon where there is none. */
  private static List<String> options(S3Server server) {
    List<String> options = new ArrayList<>();
    server.settings().forEach((key, value) -> options.add("-Dspark.hadoop." + key + "=" + value));
    options.add("-Dspark.hadoop.fs.s3a.attempts.maximum=1");
    options.add("-Dspark.hadoop.fs.s3a.retry.limit=1");
    return options;
  }

  /** Without checksums, which would not fit what a driver writes to S3. */
  private static void put(Path from, FileSystem store, String to) throws IOException {
    for (Path file : new LakeFiles(from).list()) {
      store.copyFromLocalFile(path(file.toString()), path(to + "/" + from.relativize(file)));
    }
  }

  private static org.apache.hadoop.fs.Path path(String uri) {
    return new org.apache.hadoop.fs.Path(uri);
  }

  private static void run(List<String> command) {
    Booklake.done(command.toArray());
  }

  private static Process start(List<String> options, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    return Booklake.start(DRIVER_LOG, all, command.toArray());
  }

  /** Waits until there are so many files more, and a random pause, or until the process ends. */
  private void awaitMoment(Path lake, int more, Process process)
      throws IOException, InterruptedException {
    LakeFiles files = new LakeFiles(lake);
    int enough = files.count() + more;
    while (files.count() < enough && process.isAlive()) {
      Thread.sleep(20);
    }
    Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
  }

  private static String lastFile(Path lake) throws IOException {
    return lake.relativize(new LakeFiles(lake).newest()).toString();
  }

  private static void note(String line) throws IOException {
    Files.writeString(ACCOUNT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
