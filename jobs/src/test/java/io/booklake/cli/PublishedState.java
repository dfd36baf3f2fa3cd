package io.booklake.cli;

import io.booklake.cli.Tables.Digest;
import io.booklake.lake.Lake;
import io.booklake.model.TickerDay;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader finds who goes by the ledger: of every published ticker-day the digest of every
 * table, in the version that the ledger names. DuckDB reads the files.
 */
final class PublishedState {

  /**
   * A ticker-day as it was delivered at one time.
   *
   * @param messageSha256 of its message file
   */
  record Delivered(TickerDay tickerDay, String messageSha256) implements Comparable<Delivered> {
    @Override
    public int compareTo(Delivered other) {
      int byDay = tickerDay.compareTo(other.tickerDay);
      return byDay != 0 ? byDay : messageSha256.compareTo(other.messageSha256);
    }
  }

  private record TableVersion(String table, long version) {}

  private final Lake lake;
  private final Tables tables;

  /** A version never changes, and no file: who looks again and again reads each of them once. */
  private final Map<TableVersion, Map<TickerDay, Digest>> versions = new HashMap<>();

  private final Map<String, Map<TickerDay, Digest>> files = new HashMap<>();

  PublishedState(Path root) {
    this.lake = new Lake(Sessions.start(), root.toString());
    this.tables = new Tables(root);
  }

  /** The state as of now: digests by the names of the tables. */
  Map<Delivered, Map<String, String>> now() {
    Map<Delivered, Map<String, String>> state = new TreeMap<>();
    lake.ledger()
        .entries()
        .forEach(
            (day, entry) -> {
              Map<String, String> digests = new TreeMap<>();
              entry
                  .tableVersions()
                  .forEach((table, version) -> digests.put(table, digest(day, table, version)));
              state.put(new Delivered(day, entry.source().message()), digests);
            });
    return state;
  }

  private String digest(TickerDay day, String table, long version) {
    Digest digest =
        versions.computeIfAbsent(new TableVersion(table, version), this::digests).get(day);
    return digest == null ? "no rows" : digest.toString();
  }

  private Map<TickerDay, Digest> digests(TableVersion version) {
    List<String> paths = tables.files(version.table, version.version);
    files.putAll(Tables.digests(paths.stream().filter(path -> !files.containsKey(path)).toList()));
    Map<TickerDay, Digest> digests = new HashMap<>();
    for (String path : paths) {
      files.get(path).forEach((day, digest) -> digests.merge(day, digest, Digest::plus));
    }
    return digests;
  }
}
