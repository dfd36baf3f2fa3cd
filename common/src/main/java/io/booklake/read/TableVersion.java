package io.booklake.read;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnRange;
import io.booklake.table.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One version of a table: its columns, and its files by date. */
final class TableVersion {
  private static final String DATE = "trade_date";

  private final Table table;
  private final Map<Comparable<?>, List<PlacedFile>> filesByDay = new HashMap<>();
  private final int fileCount;

  /**
   * A version.
   *
   * @param files with the date that each of them is of
   */
  TableVersion(Table table, List<PlacedFile> files) {
    this.table = table;
    fileCount = files.size();
    for (PlacedFile file : files) {
      filesByDay.computeIfAbsent(file.ranges().get(DATE).min(), day -> new ArrayList<>()).add(file);
    }
  }

  /**
   * Reads the log.
   *
   * @param table as the catalog has it
   * @param path URI of its folder
   * @throws IOException if the log names a file that lies elsewhere
   */
  static TableVersion read(Engine engine, Table table, String path, long version)
      throws IOException {
    TableLog log = new TableLog(engine, path);
    Snapshot snapshot = log.at(version);
    List<PlacedFile> files = new ArrayList<>();
    for (LiveFile file : log.files(snapshot)) {
      String place = file.path();
      if (!place.startsWith(path + "/") || place.contains("/../")) {
        throw new IOException(
            "the log of " + path + " names a file that is not in this folder: " + place);
      }
      Map<String, ColumnRange> ranges = file.ranges();
      if (ranges.get(DATE) == null) {
        throw new IOException(
            "the log of " + path + " does not say of which date " + place + " is");
      }
      files.add(new PlacedFile(place, file.bytes(), ranges));
    }
    return new TableVersion(DeltaSchemas.with(table, snapshot.getSchema()), files);
  }

  /** The table with the columns that it has in this version. */
  Table table() {
    return table;
  }

  /** About how much memory it takes, in files. */
  int weight() {
    return 1 + fileCount;
  }

  /** The files that may hold rows of a ticker-day. */
  List<PlacedFile> files(TickerDay day) {
    List<Condition> key = TickerDayRows.key(day);
    return filesByDay.getOrDefault((int) day.tradeDate().toEpochDay(), List.of()).stream()
        .filter(
            file -> key.stream().allMatch(each -> each.mayHold(file.ranges().get(each.column()))))
        .toList();
  }
}
