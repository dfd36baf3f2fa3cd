package io.booklake.aggregate;

import io.booklake.aggregate.ValueArea.TradedRow;
import io.booklake.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The same tables from the same CSV files, computed by DuckDB in SQL of its own: nothing of
 * booklake's parser or aggregations is used. For ticker-days before 2014-07-14 without halts and
 * with two-sided books, as the sample days are; a day that is not is refused.
 */
public final class LobsterReferee implements AutoCloseable {

  private static final String MINUTE = "60000000000";

  private static final String SECOND = "1000000000";

  private final Connection connection;
  private final int levels;

  private LobsterReferee(Connection connection, int levels) {
    this.connection = connection;
    this.levels = levels;
  }

  /** Reads the pair in {@code zip}, unpacked into {@code folder}. */
  public static LobsterReferee of(Path zip, Path folder) throws IOException, SQLException {
    String message = null;
    String orderbook = null;
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(Path.of(entry.getName()).getFileName());
        Files.copy(entries, file);
        if (entry.getName().contains("_message_")) {
          message = file.toString();
        } else if (entry.getName().contains("_orderbook_")) {
          orderbook = file.toString();
        }
      }
    }
    int levels = Integer.parseInt(orderbook.replaceAll(".*_(\\d+)\\.csv", "$1"));
    LobsterReferee referee =
        new LobsterReferee(DriverManager.getConnection("jdbc:duckdb:"), levels);
    referee.load(message, orderbook);
    return referee;
  }

  private void load(String message, String orderbook) throws SQLException {
    execute(
        """
        CREATE TABLE message AS
        SELECT row_number() OVER () - 1 AS event_index,
               CAST(CAST(column0 AS DECIMAL(38, 9)) * 1000000000 AS BIGINT) AS time_ns,
               CAST(column1 AS INT) AS event_type, CAST(column2 AS BIGINT) AS order_id,
               CAST(column3 AS BIGINT) AS size, CAST(column4 AS BIGINT) AS price,
               CAST(column5 AS INT) AS direction
        FROM read_csv('%s', header = false, all_varchar = true, parallel = false)
        """
            .formatted(message));
    execute(
        """
        CREATE TABLE book AS
        SELECT row_number() OVER () - 1 AS event_index, *,
               ask_1 AS ask, ask_size_1 AS ask_size, bid_1 AS bid, bid_size_1 AS bid_size
        FROM (SELECT CAST(COLUMNS(*) AS BIGINT)
              FROM read_csv('%s', header = false, all_varchar = true, parallel = false))
             AS row(%s)
        """
            .formatted(
                orderbook,
                perLevel(", ", "ask_%1$d, ask_size_%1$d, bid_%1$d, bid_size_%1$d", levels)));
    execute(
        """
        CREATE TABLE event AS
        SELECT *, lag(ask) OVER w AS ask0, lag(ask_size) OVER w AS ask_size0,
               lag(bid) OVER w AS bid0, lag(bid_size) OVER w AS bid_size0,
               lead(time_ns, 1, 57600000000000) OVER w AS next_ns
        FROM message JOIN book USING (event_index)
        WINDOW w AS (ORDER BY event_index)
        """);
    if (!lines(
            """
            SELECT 1 FROM event
            WHERE event_type IN (6, 7) OR abs(ask) = 9999999999 OR abs(bid) = 9999999999
               OR time_ns NOT BETWEEN 34200000000000 AND 57600000000000
            """)
        .isEmpty()) {
      throw new IllegalArgumentException(message + " has crosses, halts or one-sided books");
    }
  }

  /** The names of a table's columns from one on, without the named one. */
  public static String columnsFrom(Table table, String first, String without) {
    List<String> names = table.columnNames();
    return String.join(
        " ",
        names.subList(names.indexOf(first), names.size()).stream()
            .filter(name -> !name.equals(without))
            .toList());
  }

  /** All columns of {@code trades} from event_index on, but event_time. */
  public List<String> trades() throws SQLException {
    return lines(
        """
        WITH execution AS (
          SELECT *, CASE direction WHEN 1 THEN 'sell' ELSE 'buy' END AS side
          FROM event WHERE event_type IN (4, 5)),
        sweep AS (
          SELECT time_ns, side, min(event_index) AS sweep_id,
                 arg_min(ask0 + bid0, event_index) AS twice_mid
          FROM execution GROUP BY ALL)
        SELECT event_index, time_ns, price, size, side, event_type = 5, false, order_id,
               bid0, bid_size0, ask0, ask_size0,
               (2 * price - twice_mid) * CASE side WHEN 'buy' THEN 1 ELSE -1 END, sweep_id
        FROM execution JOIN sweep USING (time_ns, side) ORDER BY event_index
        """);
  }

  /** All columns of {@code candles} from bar_index on, but start_time. */
  public List<String> eventBars(int events) throws SQLException {
    return bars(
        "SELECT event_index, event_index // %d AS bar FROM event".formatted(events),
        "count(*) = %d".formatted(events));
  }

  /** As {@link #eventBars}; where a bar begins comes from a plain loop. */
  public List<String> volumeBars(long shares) throws SQLException {
    execute("CREATE OR REPLACE TABLE volume_bar (bar BIGINT, first_index BIGINT)");
    try (Statement read = connection.createStatement();
        ResultSet rows =
            read.executeQuery(
                "SELECT event_index, size FROM event WHERE event_type IN (4, 5)"
                    + " ORDER BY event_index");
        PreparedStatement write =
            connection.prepareStatement("INSERT INTO volume_bar VALUES (?, ?)")) {
      long bar = 0;
      long firstIndex = 0;
      long volume = 0;
      while (rows.next()) {
        volume += rows.getLong(2);
        if (volume >= shares) {
          write.setLong(1, bar);
          write.setLong(2, firstIndex);
          write.execute();
          bar++;
          firstIndex = rows.getLong(1) + 1;
          volume = 0;
        }
      }
      write.setLong(1, bar);
      write.setLong(2, firstIndex);
      write.execute();
    }
    return bars(
        "SELECT event_index, bar FROM event ASOF JOIN volume_bar ON event_index >= first_index",
        "sum(traded) >= " + shares);
  }

  /** Bars over whole events; {@code barOfEvent} yields event_index and bar. */
  private List<String> bars(String barOfEvent, String isFull) throws SQLException {
    return lines(
        """
        WITH barred AS (SELECT *, CASE WHEN event_type IN (4, 5) THEN size ELSE 0 END AS traded
                        FROM event JOIN (%s) USING (event_index))
        SELECT bar, min(event_index), max(event_index), min(time_ns), max(time_ns), %s,
               sum((ask - bid) * (next_ns - time_ns))::BIGINT::DOUBLE
                 / nullif(10000 * sum(next_ns - time_ns)::BIGINT, 0)::DOUBLE,
               %s OR bar < (SELECT max(bar) FROM barred), false
        FROM barred GROUP BY bar ORDER BY bar
        """
            .formatted(barOfEvent, BAR_VALUES, isFull));
  }

  /** As {@link #eventBars}: quotes are cut at every minute they cross. */
  public List<String> minuteBars() throws SQLException {
    return lines(
        """
        WITH barred AS (SELECT *, time_ns // %1$s AS bar,
                               CASE WHEN event_type IN (4, 5) THEN size ELSE 0 END AS traded
                        FROM event),
        piece AS (SELECT ask - bid AS spread, time_ns, next_ns,
                         unnest(range(time_ns // %1$s, (next_ns - 1) // %1$s + 1)) AS bar
                  FROM event WHERE next_ns > time_ns),
        timed AS (SELECT bar, spread,
                         least(next_ns, (bar + 1) * %1$s) - greatest(time_ns, bar * %1$s) AS nanos
                  FROM piece),
        spread AS (SELECT bar, sum(spread * nanos)::BIGINT::DOUBLE
                                 / (10000 * sum(nanos)::BIGINT)::DOUBLE AS mean
                   FROM timed GROUP BY bar)
        SELECT bar, min(event_index), max(event_index), bar * %1$s, (bar + 1) * %1$s, %2$s,
               any_value(mean), true, false
        FROM barred LEFT JOIN spread USING (bar) GROUP BY bar ORDER BY bar
        """
            .formatted(MINUTE, BAR_VALUES));
  }

  private static final String BAR_VALUES =
      """
      count(*),
      arg_min(price, event_index) FILTER (traded > 0) / 10000::DOUBLE,
      max(price) FILTER (traded > 0) / 10000::DOUBLE,
      min(price) FILTER (traded > 0) / 10000::DOUBLE,
      arg_max(price, event_index) FILTER (traded > 0) / 10000::DOUBLE,
      sum(traded), count(*) FILTER (traded > 0),
      sum(price * traded)::BIGINT::DOUBLE / nullif(10000 * sum(traded)::BIGINT, 0)::DOUBLE,
      sum(CASE WHEN direction = -1 THEN traded ELSE 0 END),
      sum(CASE WHEN direction = 1 THEN traded ELSE 0 END),
      sum(CASE WHEN event_type = 5 THEN traded ELSE 0 END), 0, 0,
      arg_min(ask + bid, event_index) / 20000::DOUBLE, max(ask + bid) / 20000::DOUBLE,
      min(ask + bid) / 20000::DOUBLE, arg_max(ask + bid, event_index) / 20000::DOUBLE,
      sum(CASE WHEN ask0 IS NULL THEN NULL ELSE
            CASE WHEN bid > bid0 THEN bid_size WHEN bid < bid0 THEN -bid_size0
                 ELSE bid_size - bid_size0 END
            - CASE WHEN ask < ask0 THEN ask_size WHEN ask > ask0 THEN -ask_size0
                   ELSE ask_size - ask_size0 END END)
      """;

  /** All columns of {@code depth_metrics} from step_index on, in steps of a second. */
  public List<String> secondSteps() throws SQLException {
    List<String> sizes = new ArrayList<>();
    for (int top : new int[] {1, 3, 5, 10}) {
      for (String side : List.of("bid", "ask")) {
        sizes.add(top > levels ? "NULL" : perLevel(" + ", side + "_size_%d", top));
      }
    }
    for (int bps : new int[] {5, 10, 25, 50}) {
      // The distance of level i from mid, against the same number of basis points of mid.
      sizes.add(
          perLevel(
              " + ",
              "CASE WHEN bid_size_%1$d > 0 AND 10000 * ((ask + bid) - 2 * bid_%1$d) <= (ask + bid) * "
                  + bps
                  + " THEN bid_size_%1$d ELSE 0 END",
              levels));
      sizes.add(
          perLevel(
              " + ",
              "CASE WHEN ask_size_%1$d > 0 AND 10000 * (2 * ask_%1$d - (ask + bid)) <= (ask + bid) * "
                  + bps
                  + " THEN ask_size_%1$d ELSE 0 END",
              levels));
    }
    return lines(
        """
        WITH quote AS (
          SELECT *, ask - bid AS spread,
                 (bid_size - ask_size) * 1000000000 // (bid_size + ask_size) AS nano FROM event),
        filled AS (
          SELECT step, coalesce(count, 0) AS count,
                 last_value(last IGNORE NULLS) OVER (ORDER BY step) AS event_index
          FROM (SELECT unnest(range(min(time_ns) // %1$s, max(time_ns) // %1$s + 1)) AS step
                FROM event)
          LEFT JOIN (SELECT time_ns // %1$s AS step, count(*) AS count, max(event_index) AS last
                     FROM event GROUP BY 1) USING (step)),
        piece AS (
          SELECT spread, nano, time_ns, next_ns,
                 unnest(range(time_ns // %1$s, (next_ns - 1) // %1$s + 1)) AS step
          FROM quote WHERE next_ns > time_ns),
        timed AS (
          SELECT step, spread, nano,
                 least(next_ns, (step + 1) * %1$s) - greatest(time_ns, step * %1$s) AS nanos
          FROM piece),
        mean AS (
          SELECT step,
                 sum(spread * nanos) || '/' || 10000 * sum(nanos) AS mean_spread,
                 sum(nano * nanos) || '/' || 1000000000 * sum(nanos) AS mean_imbalance
          FROM timed GROUP BY step)
        SELECT step, step * %1$s, (step + 1) * %1$s, event_index, count, spread / 10000::DOUBLE,
               (ask + bid) / 20000::DOUBLE,
               (ask * bid_size + bid * ask_size)::DOUBLE
                 / (10000 * (ask_size + bid_size))::DOUBLE,
               (bid_size - ask_size)::DOUBLE / (bid_size + ask_size)::DOUBLE, %2$s,
               CASE count WHEN 0 THEN spread || '/10000' ELSE mean_spread END,
               CASE count WHEN 0 THEN nano || '/1000000000' ELSE mean_imbalance END
        FROM filled JOIN quote USING (event_index) LEFT JOIN mean USING (step) ORDER BY step
        """
            .formatted(SECOND, String.join(", ", sizes)));
  }

  private static String perLevel(String separator, String pattern, int levels) {
    return IntStream.rangeClosed(1, levels)
        .mapToObj(pattern::formatted)
        .collect(Collectors.joining(separator));
  }

  /** Columns of a {@code session} profile of one-cent bins from window_index on. */
  public List<String> sessionProfile() throws SQLException {
    return profile("0", "min(time_ns)", "max(time_ns)");
  }

  /** As {@link #sessionProfile}, in windows of half an hour. */
  public List<String> halfHourProfiles() throws SQLException {
    return profile(
        "time_ns // 1800000000000",
        "any_value(time_ns // 1800000000000) * 1800000000000",
        "(any_value(time_ns // 1800000000000) + 1) * 1800000000000");
  }

  private List<String> profile(String window, String start, String end) throws SQLException {
    execute(
        """
        CREATE OR REPLACE TABLE bin AS
        SELECT %1$s AS win, price // 100 * 100 AS bin, sum(size)::BIGINT AS volume,
               sum(CASE WHEN direction = -1 THEN size ELSE 0 END) AS buy,
               sum(CASE WHEN direction = 1 THEN size ELSE 0 END) AS sell,
               sum(CASE WHEN event_type = 5 THEN size ELSE 0 END) AS hidden, count(*) AS trades
        FROM event WHERE event_type IN (4, 5) GROUP BY ALL
        """
            .formatted(window));
    execute("CREATE OR REPLACE TABLE area (win BIGINT, poc BIGINT, low BIGINT, high BIGINT)");
    for (Map.Entry<Long, List<TradedRow>> rows : binsByWindow().entrySet()) {
      ValueArea area = LiteralValueArea.of(rows.getValue(), 100);
      execute(
          "INSERT INTO area VALUES (%d, %d, %d, %d)"
              .formatted(
                  rows.getKey(), area.pointOfControlTicks(), area.lowTicks(), area.highTicks()));
    }
    return lines(
        """
        SELECT win, first_index, last_index, start, stop, bin / 10000::DOUBLE, volume, buy, sell,
               hidden, 0, 0, trades, bin = poc, bin BETWEEN low AND high
        FROM bin JOIN area USING (win)
        JOIN (SELECT %1$s AS win, min(event_index) AS first_index, max(event_index) AS last_index,
                     %2$s AS start, %3$s AS stop FROM event GROUP BY 1) USING (win)
        ORDER BY win, bin
        """
            .formatted(window, start, end));
  }

  private Map<Long, List<TradedRow>> binsByWindow() throws SQLException {
    Map<Long, List<TradedRow>> windows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT win, bin, volume FROM bin")) {
      while (rows.next()) {
        windows
            .computeIfAbsent(rows.getLong(1), win -> new ArrayList<>())
            .add(new TradedRow(rows.getLong(2), rows.getLong(3)));
      }
    }
    return windows;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> lines(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          line.append(i == 1 ? "" : " ").append(value(rows.getObject(i)));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  /** Of whole numbers too large for a double the quotient is told as a fraction. */
  private static Object value(Object found) {
    if (!(found instanceof String text) || text.indexOf('/') < 0) {
      return found;
    }
    String[] fraction = text.split("/", -1);
    return new BigDecimal(fraction[0])
        .divide(new BigDecimal(fraction[1]), new MathContext(100))
        .doubleValue();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
