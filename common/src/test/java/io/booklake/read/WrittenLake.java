package io.booklake.read;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.booklake.book.BookRebuilder;
import io.booklake.book.ExitReason;
import io.booklake.book.Hindsight;
import io.booklake.book.MboSink;
import io.booklake.book.OrderSink;
import io.booklake.book.Origin;
import io.booklake.book.SnapshotSink;
import io.booklake.delta.DeltaSchemas;
import io.booklake.format.lobster.EventBatch;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/** A lake written by hand: Parquet's row-based writer and a log of plain JSON. */
public final class WrittenLake {
  /** As booklake's own writer cuts files, but smaller. */
  static final StoredRows.Layout LAYOUT =
      new StoredRows.Layout(WriterVersion.PARQUET_2_0, false, 100);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, List<String>> live = new HashMap<>();
  private final Map<TickerDay, Map<String, Object>> ledger = new TreeMap<>();
  private int files;

  public WrittenLake(Path root) {
    this.root = root;
  }

  String root() {
    return root.toString();
  }

  public Path path(String table) {
    return root.resolve(table);
  }

  /** What a day's tables hold, by table. */
  static Map<String, List<Map<String, Object>>> tables(
      TickerDay day, List<EventBatch> events, int interval) {
    Map<String, List<Map<String, Object>>> tables = new HashMap<>();
    tables.put("messages", StoredRows.messages(day, events));
    tables.put("depth", StoredRows.depth(day, events));
    List<Map<String, Object>> changes = new ArrayList<>();
    List<Map<String, Object>> snapshots = new ArrayList<>();
    List<Map<String, Object>> lives = new ArrayList<>();
    tables.put("mbo", changes);
    tables.put("book_snapshots", snapshots);
    tables.put("orders", lives);
    Hindsight hindsight = new Hindsight();
    events.forEach(hindsight::add);
    BookRebuilder book =
        new BookRebuilder(
            hindsight,
            day.levels(),
            changes(day, changes),
            snapshots(day, snapshots),
            lives(day, lives),
            interval);
    events.forEach(book::add);
    book.finish();
    lives.sort(Comparator.comparingLong(row -> (Long) row.get("order_id")));
    return tables;
  }

  private static Map<String, Object> key(TickerDay day) {
    Map<String, Object> row = new HashMap<>();
    row.put("ticker", day.ticker());
    row.put("levels", day.levels());
    return row;
  }

  private static String side(byte direction) {
    return direction > 0 ? "bid" : "ask";
  }

  private static MboSink changes(TickerDay day, List<Map<String, Object>> rows) {
    return (index, sequence, action, id, direction, price, change, remaining, origin) -> {
      Map<String, Object> row = key(day);
      row.put("event_index", index);
      row.put("sequence", sequence);
      row.put("action", action.word());
      row.put("order_id", id);
      row.put("side", side(direction));
      row.put("price", price);
      row.put("size_change", change);
      row.put("remaining_size", remaining);
      row.put("origin", origin.word());
      rows.add(row);
    };
  }

  private static OrderSink lives(TickerDay day, List<Map<String, Object>> rows) {
    return (id,
        direction,
        price,
        entry,
        entryTime,
        exit,
        exitTime,
        size,
        filled,
        cancelled,
        ahead,
        why,
        origin) -> {
      Map<String, Object> row = key(day);
      row.put("order_id", id);
      row.put("side", side(direction));
      row.put("price", price);
      row.put("entry_index", entry);
      if (why != ExitReason.OPEN) {
        row.put("exit_index", exit);
      }
      row.put("entry_size", size);
      rows.add(row);
    };
  }

  private static SnapshotSink snapshots(TickerDay day, List<Map<String, Object>> rows) {
    return new SnapshotSink() {
      @Override
      public void residual(long index, byte direction, int level, long price, long size) {
        rows.add(snapshot(day, index, direction, price, null, size, Origin.RESIDUAL));
      }

      @Override
      public void order(
          long index,
          byte direction,
          int level,
          long price,
          int position,
          long id,
          long size,
          long entry,
          long entryTime,
          Origin origin) {
        rows.add(snapshot(day, index, direction, price, id, size, origin));
      }
    };
  }

  private static Map<String, Object> snapshot(
      TickerDay day, long index, byte direction, long price, Long id, long size, Origin origin) {
    Map<String, Object> row = key(day);
    row.put("snapshot_index", index);
    row.put("side", side(direction));
    row.put("price", price);
    if (id != null) {
      row.put("order_id", id);
    }
    row.put("size", size);
    row.put("origin", origin.word());
    return row;
  }

  /** One file more of a table, in a version of its own. */
  public void add(Table table, TickerDay day, List<Map<String, Object>> rows) throws IOException {
    add(table, day, rows, LAYOUT);
  }

  void add(Table table, TickerDay day, List<Map<String, Object>> rows, StoredRows.Layout layout)
      throws IOException {
    String name = "trade_date=" + day.tradeDate() + "/part-" + files++ + ".parquet";
    Files.createDirectories(path(table.name()).resolve(name).getParent());
    StoredRows.write(path(table.name()).resolve(name), table, rows, layout);
    commit(table, List.of(), List.of(addition(table, name, day)));
  }

  /** Takes all files out of a table, and puts others in their place later. */
  public void clear(Table table) throws IOException {
    List<ObjectNode> removals = new ArrayList<>();
    for (String name : live.getOrDefault(table.name(), List.of())) {
      ObjectNode removal = JSON.createObjectNode();
      removal
          .putObject("remove")
          .put("path", name)
          .put("deletionTimestamp", 1)
          .put("dataChange", true);
      removals.add(removal);
    }
    live.put(table.name(), new ArrayList<>());
    commit(table, removals, List.of());
  }

  /** Names a file in the log, whatever it is. */
  void name(Table table, String name, TickerDay day) throws IOException {
    commit(table, List.of(), List.of(addition(table, name, day)));
  }

  private ObjectNode addition(Table table, String name, TickerDay day) throws IOException {
    Path file = path(table.name()).resolve(name);
    ObjectNode addition = JSON.createObjectNode();
    ObjectNode add = addition.putObject("add");
    add.put("path", name).put("size", Files.exists(file) ? Files.size(file) : 1);
    ObjectNode partition = add.putObject("partitionValues");
    if (!table.partitionColumns().isEmpty()) {
      partition.put("trade_date", day.tradeDate().toString());
    }
    add.put("modificationTime", 1).put("dataChange", true);
    live.computeIfAbsent(table.name(), each -> new ArrayList<>()).add(name);
    return addition;
  }

  private void commit(Table table, List<ObjectNode> removals, List<ObjectNode> additions)
      throws IOException {
    long version = versions.merge(table.name(), 0L, (old, none) -> old + 1);
    List<String> lines = new ArrayList<>();
    if (version == 0) {
      lines.add("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}");
      ObjectNode node = JSON.createObjectNode();
      ObjectNode metadata = node.putObject("metaData");
      // As Delta does: no two tables have the same, be they at the same place.
      metadata.put("id", UUID.randomUUID().toString());
      metadata.putObject("format").put("provider", "parquet").putObject("options");
      metadata.put("schemaString", DeltaSchemas.of(table.columns()).toJson());
      table.partitionColumns().forEach(metadata.putArray("partitionColumns")::add);
      metadata.putObject("configuration");
      lines.add(node.toString());
    }
    removals.forEach(each -> lines.add(each.toString()));
    additions.forEach(each -> lines.add(each.toString()));
    Path log = Files.createDirectories(path(table.name()).resolve("_delta_log"));
    Files.write(log.resolve("%020d.json".formatted(version)), lines);
  }

  /** Publishes a ticker-day in the newest versions of some tables. */
  public void publish(
      TickerDay day, long events, int interval, List<String> tables, Map<String, String> parameters)
      throws IOException {
    Map<String, Object> row = key(day);
    row.put("trade_date", (int) day.tradeDate().toEpochDay());
    row.put("row_count", events);
    row.put("snapshot_interval", interval);
    Map<String, Long> pinned = new TreeMap<>();
    tables.forEach(table -> pinned.put(table, versions.get(table)));
    row.put("table_versions", pinned);
    row.put("table_parameters", parameters);
    ledger.put(day, row);
    clear(TableCatalog.TICKER_DAYS);
    String name = "part-" + files++ + ".parquet";
    List<String> kept =
        List.of(
            "trade_date",
            "ticker",
            "levels",
            "row_count",
            "snapshot_interval",
            "table_versions",
            "table_parameters");
    StoredRows.write(
        path("ticker_days").resolve(name),
        TableCatalog.TICKER_DAYS.of(kept),
        List.copyOf(ledger.values()),
        LAYOUT);
    commit(
        TableCatalog.TICKER_DAYS,
        List.of(),
        List.of(addition(TableCatalog.TICKER_DAYS, name, day)));
  }

  /** Writes and publishes everything that a ticker-day has as events, one file a table. */
  public void take(TickerDay day, List<EventBatch> events, int interval) throws IOException {
    Map<String, List<Map<String, Object>>> tables = tables(day, events, interval);
    for (Table table : TableCatalog.perEvent(day.levels())) {
      if (tables.containsKey(table.name())) {
        add(table, day, tables.get(table.name()));
      }
    }
    long count = events.stream().mapToLong(batch -> batch.rows).sum();
    publish(day, count, interval, List.copyOf(tables.keySet()), Map.of());
  }
}
