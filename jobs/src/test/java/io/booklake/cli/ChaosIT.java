package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights come to grief at random moments, while somebody reads, and end in the lake of an
 * undisturbed one.
 *
 * <p>A moment is a number of files that the lake has come to have, and a pause: time alone would
 * hit the start of Java more often than the work, and other moments on each machine. Without
 * settings this is a short form; docs/chaos.md has the command of the full one.
 */
class ChaosIT {
  private static final int KILLS = Integer.getInteger("booklake.chaos.kills", 3);
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
      Thread.sleep(5);
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
