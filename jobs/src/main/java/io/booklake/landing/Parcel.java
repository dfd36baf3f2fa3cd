package io.booklake.landing;

import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.SourceFile;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import io.booklake.model.TickerDay;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Files of a dataset that are delivered together or not at all: the two of a ticker-day, or a zip
 * archive. A ticker-day that lies in several folders, whole in each, is a parcel for each of them.
 *
 * @param snapshot where they are
 * @param tickerDay as their names say; null for an archive, and for a file whose name is meant as
 *     LOBSTER's and cannot be read
 * @param files one or more
 */
public record Parcel(Snapshot snapshot, TickerDay tickerDay, List<RepositoryFile> files)
    implements Serializable {

  /**
   * The parcels of a dataset, in the order of their ticker-days; archives come last. Files that
   * have nothing to do with LOBSTER are in none.
   *
   * @param wanted which ticker-days; what an archive holds is not known before it is opened, so
   *     every archive is wanted
   */
  public static List<Parcel> of(
      Snapshot snapshot, List<RepositoryFile> files, Predicate<TickerDay> wanted) {
    Map<TickerDay, List<RepositoryFile>> days = new TreeMap<>();
    List<Parcel> others = new ArrayList<>();
    for (RepositoryFile file : files) {
      String name = name(file);
      TickerDay day = FileName.parse(name).map(FileName::tickerDay).orElse(null);
      if (day != null && wanted.test(day)) {
        days.computeIfAbsent(day, key -> new ArrayList<>()).add(file);
      } else if (day == null && (SourceFile.isArchive(name) || FileName.looksMeant(name))) {
        others.add(new Parcel(snapshot, null, List.of(file)));
      }
    }
    List<Parcel> parcels = new ArrayList<>();
    days.forEach(
        (day, all) -> {
          for (List<RepositoryFile> together : together(all)) {
            parcels.add(new Parcel(snapshot, day, List.copyOf(together)));
          }
        });
    parcels.addAll(others);
    return parcels;
  }

  /** Those of each folder that has both kinds; what is left, of several folders, is one more. */
  private static List<List<RepositoryFile>> together(List<RepositoryFile> ofOneDay) {
    Map<String, List<RepositoryFile>> folders = new TreeMap<>();
    for (RepositoryFile file : ofOneDay) {
      String folder = file.path().substring(0, file.path().lastIndexOf('/') + 1);
      folders.computeIfAbsent(folder, key -> new ArrayList<>()).add(file);
    }
    Map<Boolean, List<List<RepositoryFile>>> whole =
        folders.values().stream().collect(Collectors.partitioningBy(Parcel::hasBothKinds));
    List<List<RepositoryFile>> together = new ArrayList<>(whole.get(true));
    List<RepositoryFile> rest = whole.get(false).stream().flatMap(List::stream).toList();
    if (!rest.isEmpty()) {
      together.add(rest);
    }
    return together;
  }

  private static boolean hasBothKinds(List<RepositoryFile> files) {
    return files.stream().map(Parcel::kind).distinct().count() > 1;
  }

  private static Optional<FileName.Kind> kind(RepositoryFile file) {
    return FileName.parse(name(file)).map(FileName::kind);
  }

  private static String name(RepositoryFile file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  /** Bytes of all its files. */
  public long bytes() {
    return sum(files.stream().mapToLong(RepositoryFile::size));
  }

  /** Bytes of all files of all. */
  public static long bytes(List<Parcel> parcels) {
    return sum(parcels.stream().mapToLong(Parcel::bytes));
  }

  /** The sizes are a server's word: more than a number holds is as much as it holds. */
  private static long sum(LongStream sizes) {
    return sizes.reduce(0, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
  }
}
