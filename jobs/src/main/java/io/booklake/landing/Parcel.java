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
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Files of a dataset that are delivered together or not at all: the two of a ticker-day, or a zip
 * archive.
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
    Map<TickerDay, List<RepositoryFile>> pairs = new TreeMap<>();
    List<Parcel> others = new ArrayList<>();
    for (RepositoryFile file : files) {
      String name = file.path().substring(file.path().lastIndexOf('/') + 1);
      TickerDay day = FileName.parse(name).map(FileName::tickerDay).orElse(null);
      if (day != null && wanted.test(day)) {
        pairs.computeIfAbsent(day, key -> new ArrayList<>()).add(file);
      } else if (day == null && (SourceFile.isArchive(name) || FileName.looksMeant(name))) {
        others.add(new Parcel(snapshot, null, List.of(file)));
      }
    }
    List<Parcel> parcels = new ArrayList<>();
    pairs.forEach((day, both) -> parcels.add(new Parcel(snapshot, day, List.copyOf(both))));
    parcels.addAll(others);
    return parcels;
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
