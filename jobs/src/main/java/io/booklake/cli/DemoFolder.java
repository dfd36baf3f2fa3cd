package io.booklake.cli;

import io.booklake.job.InvalidInputException;
import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import io.booklake.read.NotPublishedException;
import io.booklake.simulate.DayPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a demo puts its files. Its landing zone and its lake are emptied, all beside them stays. A
 * lake that holds what no demo makes is refused.
 *
 * @param folder that holds the rest
 */
record DemoFolder(Path folder) {
  /** Lies in every demo's folder, so that only such a folder is ever emptied. */
  private static final String MARKER = ".booklake-demo";

  Path landing() {
    return folder.resolve("landing");
  }

  Path lake() {
    return folder.resolve("lake");
  }

  /**
   * Makes room for a demo.
   *
   * @param plans what it makes: a lake that holds any other ticker-day is somebody's
   * @throws InvalidInputException if the folder holds what no demo made, or cannot be made
   */
  void empty(List<DayPlan> plans) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> inside = Files.list(folder)) {
          if (inside.findAny().isPresent() && !Files.exists(folder.resolve(MARKER))) {
            throw new InvalidInputException(
                folder
                    + " holds other things than an earlier demo: name an empty folder with --folder");
          }
        }
        foreign(plans)
            .ifPresent(
                day -> {
                  throw new InvalidInputException(
                      "the demo would delete the lake "
                          + lake()
                          + ": found "
                          + day
                          + " in it, expected what a demo makes alone; move the lake, or name"
                          + " another --folder");
                });
      }
      delete(landing());
      delete(lake());
      Files.createDirectories(folder);
      if (!Files.exists(folder.resolve(MARKER))) {
        Files.createFile(folder.resolve(MARKER));
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot make the folder " + folder + ": " + e, e);
    }
  }

  /** A published ticker-day that no demo made. */
  private Optional<TickerDay> foreign(List<DayPlan> plans) throws IOException {
    if (!Files.exists(lake())) {
      return Optional.empty();
    }
    Set<TickerDay> own = new HashSet<>();
    for (DayPlan plan : plans) {
      for (int levels : plan.levels()) {
        own.add(new TickerDay(plan.tradeDate(), plan.listing().ticker(), levels));
      }
    }
    try {
      return LakeReader.open(lake().toString(), HadoopSettings.configuration())
          .tickerDays()
          .stream()
          .filter(day -> !own.contains(day))
          .findFirst();
    } catch (NotPublishedException e) {
      // A demo that was broken off.
      return Optional.empty();
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
