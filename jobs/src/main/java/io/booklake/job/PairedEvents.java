package io.booklake.job;

import io.booklake.table.TableCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Events with the book after them in one row: the columns of {@code messages}, then {@code
 * ask_price_1, ask_size_1, bid_price_1, bid_size_1, ...} of {@code depth}.
 */
final class PairedEvents {

  private static final List<String> POSITION =
      Stream.concat(
              TableCatalog.KEY.stream().map(column -> column.name()), Stream.of("event_index"))
          .toList();

  private PairedEvents() {}

  /**
   * Puts the two tables side by side.
   *
   * @param messages rows of {@code messages}
   * @param depth rows of {@code depth} for the same ticker-days, with as many levels as wanted
   */
  static Dataset<Row> of(Dataset<Row> messages, Dataset<Row> depth) {
    String[] position = POSITION.toArray(String[]::new);
    return messages.join(depth.drop("time_ns", "event_time"), position, "inner");
  }
}
