package io.booklake.lake;

import io.booklake.model.TickerDay;
import io.booklake.table.ColumnRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Where the rows of ticker-days went when their files were put together, as a table's log tells.
 *
 * <p>A later version of a table need not hold a ticker-day as an older one did, even where the
 * ledger still names the older: a run may have replaced it and not have published that. So a
 * version is followed only as far as each commit either says that it changed no rows, or brought
 * and took away no file with rows of this ticker-day.
 */
final class FileMoves {
  /** A folder's files in a version. */
  private record Content(Path folder, long version) {}

  /**
   * What was the newest version so lately is kept by every vacuum, one that is at work included:
   * the shortest retention is a day.
   */
  private static final Duration KEPT = Duration.ofHours(12);

  private final Path table;
  private final FileHistory history;
  private final RowGroups rowGroups;
  private final NavigableSet<Long> kept;
  private final Map<Content, Set<Path>> contents = new HashMap<>();
  private final Map<Path, Optional<List<Map<String, ColumnRange>>>> ranges = new HashMap<>();

  /**
   * Of a table that is partitioned by date.
   *
   * @param table qualified URI of its folder
   */
  FileMoves(String table, FileHistory history, RowGroups rowGroups) {
    this.table = new Path(table);
    this.history = history;
    this.rowGroups = rowGroups;
    this.kept = history.versionsSince(Instant.now().minus(KEPT).toEpochMilli());
  }

  /**
   * The last version that put files of a ticker-day's date together and surely holds the ticker-day
   * as {@code version} does; {@code version} itself if there is none. One that nobody named has no
   * claim to its files once others took their place: a vacuum may have deleted them, or be about
   * to.
   */
  long latest(TickerDay day, long version) {
    Path folder = new Path(table, "trade_date=" + day.tradeDate());
    long proven = version;
    long latest = version;
    for (long move : history.moves(folder).tailSet(version, false)) {
      if (!isSame(day, folder, proven, move - 1)) {
        break;
      }
      proven = move;
      if (isKept(day, folder, move)) {
        latest = move;
      }
    }
    return latest;
  }

  private boolean isKept(TickerDay day, Path folder, long version) {
    return files(folder, version).stream()
        .allMatch(file -> history.isNamedBy(file, kept) || !mayHold(file, day));
  }

  private boolean isSame(TickerDay day, Path folder, long from, long to) {
    Set<Path> before = files(folder, from);
    Set<Path> after = files(folder, to);
    Set<Path> different = new HashSet<>(before);
    different.addAll(after);
    different.removeIf(file -> before.contains(file) && after.contains(file));
    return different.stream().noneMatch(file -> mayHold(file, day));
  }

  private Set<Path> files(Path folder, long version) {
    return contents.computeIfAbsent(
        new Content(folder, version), key -> history.files(key.folder, key.version));
  }

  private boolean mayHold(Path file, TickerDay day) {
    return ranges
        .computeIfAbsent(file, this::ranges)
        .map(
            groups ->
                groups.stream()
                    .anyMatch(
                        group ->
                            mayBe(group.get("ticker"), day.ticker())
                                && mayBe(group.get("levels"), day.levels())))
        .orElse(true);
  }

  /** By row group; empty if the file is gone, as vacuum takes away what is not named any more. */
  private Optional<List<Map<String, ColumnRange>>> ranges(Path file) {
    try {
      return Optional.of(rowGroups.ranges(file));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A column's range has the type of its values. */
  @SuppressWarnings("unchecked")
  private static boolean mayBe(ColumnRange range, Comparable<?> value) {
    return range == null
        || range.min() == null
        || (((Comparable<Object>) range.min()).compareTo(value) <= 0
            && ((Comparable<Object>) range.max()).compareTo(value) >= 0);
  }
}
