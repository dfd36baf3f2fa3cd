package io.booklake.job;

import io.booklake.hub.Upload;
import io.booklake.lake.Schemas;
import io.booklake.lake.columnar.TickerDayFiles;
import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rows of a table in files to be published, one per ticker-day. Their bytes depend on the rows
 * alone, however many cores, processes and files of the lake they come from: what is published
 * already is known by its checksum.
 */
final class StagedFiles {
  private StagedFiles() {}

  /**
   * Writes them.
   *
   * @param folder where they lie until they are uploaded
   */
  static List<Upload> of(Table table, Dataset<Row> rows, FileSystem files, Path folder) {
    Table staged = staged(table, rows);
    List<TickerDayFiles.Written> written =
        TickerDayFiles.write(
            rows.repartition(columns(TableCatalog.KEY.stream().map(Column::name)))
                .sortWithinPartitions(columns(order(table, staged.columnNames()))),
            staged,
            folder.toString());
    return written.stream()
        .sorted(Comparator.comparing(TickerDayFiles.Written::tickerDay))
        .map(each -> upload(table.name(), each, files, folder))
        .toList();
  }

  /** As wide as the rows are, which the catalog does not know of depth. */
  private static Table staged(Table table, Dataset<Row> rows) {
    return new Table(
        table.name(),
        table.rowPer(),
        table.comment(),
        Schemas.columns(rows.schema()),
        List.of(),
        table.sortColumns(),
        List.of());
  }

  /**
   * The table's order, and behind it all that makes rows differ: those of one snapshot have no
   * order in the table, and come to a task as they come.
   */
  private static Stream<String> order(Table table, List<String> there) {
    return Stream.of(
            TableCatalog.KEY.stream().map(Column::name),
            table.sortColumns().stream(),
            table.columns().stream().filter(StagedFiles::hasOrder).map(Column::name))
        .flatMap(names -> names)
        .distinct()
        .filter(there::contains);
  }

  private static boolean hasOrder(Column column) {
    return switch (column.type()) {
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING -> false;
      default -> true;
    };
  }

  private static org.apache.spark.sql.Column[] columns(Stream<String> names) {
    return names.map(functions::col).toArray(org.apache.spark.sql.Column[]::new);
  }

  private static Upload upload(
      String table, TickerDayFiles.Written written, FileSystem files, Path folder) {
    TickerDay day = written.tickerDay();
    Path file = new Path(folder, written.file().path());
    return new Upload(
        table + "/" + day.tradeDate() + "/" + day.ticker() + "_" + day.levels() + ".parquet",
        written.file().bytes(),
        from -> open(files, file, from));
  }

  private static FSDataInputStream open(FileSystem files, Path path, long from) throws IOException {
    FSDataInputStream in = files.open(path);
    in.seek(from);
    return in;
  }
}
