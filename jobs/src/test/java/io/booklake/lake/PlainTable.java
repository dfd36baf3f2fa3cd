package io.booklake.lake;

import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A table with a row a ticker-day, whose versions a test makes one by one, without Spark. */
final class PlainTable {
  private static final List<String> KEY = List.of("ticker", "levels");
  static final Table TABLE = table();

  final String root;
  final CommitLog log;
  private final Configuration configuration = new Configuration();
  private final Engine engine;
  private final Commit commit;

  PlainTable(Path folder) {
    root = "file:" + folder.resolve(TABLE.name());
    configuration.set(LinkLogStore.SETTING, LinkLogStore.class.getName());
    engine = DefaultEngine.create(configuration);
    log = new CommitLog(engine, root);
    commit =
        new Commit(
            log,
            TABLE,
            root,
            configuration,
            (table, files, scope) -> {
              throw new AssertionError("no file has rows that stay and rows that go");
            },
            Set::of);
  }

  private static Table table() {
    List<Column> columns = new ArrayList<>(TableCatalog.KEY);
    columns.add(new Column("mark", ColumnType.LONG, "test"));
    return new Table("plain", "test", "test", columns, List.of("trade_date"), KEY, KEY);
  }

  /** A file that no version names yet. */
  DataFile write(TickerDay... days) {
    List<Map<String, Object>> rows =
        Stream.of(days)
            .<Map<String, Object>>map(
                day ->
                    Map.of(
                        "trade_date",
                        day.tradeDate(),
                        "ticker",
                        day.ticker(),
                        "levels",
                        day.levels()))
            .toList();
    return new RowWriter(configuration).write(TABLE, root, rows).get(0);
  }

  /** A file of a table that is given another name. */
  static DataFile moved(Path root, DataFile file, String path) throws IOException {
    Files.move(root.resolve(file.path()), root.resolve(path));
    return new DataFile(
        path,
        file.partitionValues(),
        file.bytes(),
        file.modifiedMillis(),
        file.rows(),
        file.statistics());
  }

  /** Adds files in place of what the table holds in a scope; the version that has them. */
  long change(ReplaceScope scope, DataFile... added) {
    return commit.of(new Commit.Change(List.of(added), scope), () -> {});
  }

  /** Puts all files of the date of some ticker-days into one that holds these. */
  long join(TickerDay... days) {
    Set<String> from =
        files().stream()
            .map(LiveFile::path)
            .filter(path -> path.contains("trade_date=" + days[0].tradeDate()))
            .collect(Collectors.toSet());
    commit.of(List.of(new Commit.Move(from, write(days))));
    return log.log().newest().orElseThrow().getVersion();
  }

  /** What the newest version names. */
  List<LiveFile> files() {
    TableLog read = log.log();
    return read.files(read.newest().orElseThrow());
  }

  FileHistory history() {
    return FileHistory.read(engine, root);
  }

  FileMoves moves() {
    return new FileMoves(root, history(), new RowGroups(configuration));
  }
}
