package io.booklake.table;

import static io.booklake.table.ColumnType.BOOLEAN;
import static io.booklake.table.ColumnType.DATE;
import static io.booklake.table.ColumnType.DOUBLE;
import static io.booklake.table.ColumnType.INT;
import static io.booklake.table.ColumnType.LONG;
import static io.booklake.table.ColumnType.STRING;
import static io.booklake.table.ColumnType.STRING_TO_DOUBLE;
import static io.booklake.table.ColumnType.STRING_TO_LONG;
import static io.booklake.table.ColumnType.STRING_TO_STRING;
import static io.booklake.table.ColumnType.TIMESTAMP;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every table of the lake. */
public final class TableCatalog {

  /**
   * The columns that name a ticker-day: the key that every table shares and the unit of
   * replacement.
   */
  public static final List<Column> KEY =
      List.of(
          new Column("trade_date", DATE, "Exchange date (America/New_York)"),
          new Column("ticker", STRING, "Ticker symbol"),
          new Column(
              "levels",
              INT,
              "Price levels per side in the source: each depth is an event stream of its own"));

  private static final List<Column> EVENT =
      List.of(
          new Column(
              "event_index",
              LONG,
              "Position: 0-based row number in the source pair, the only order key"),
          new Column("time_ns", LONG, "Nanoseconds after exchange midnight, exact"),
          new Column(
              "event_time", TIMESTAMP, "The same instant in UTC, rounded down to microseconds"));

  private static final List<String> BY_DATE = List.of("trade_date");
  private static final List<String> BY_EVENT = List.of("ticker", "levels", "event_index");
  private static final List<String> EVENT_STATISTICS =
      List.of("ticker", "levels", "event_index", "time_ns");

  /** The message file, exact. */
  public static final Table MESSAGES =
      new Table(
          "messages",
          "event",
          "The message file, exact",
          columns(
              KEY,
              EVENT,
              new Column(
                  "event_type",
                  INT,
                  "1 new limit order, 2 partial cancel, 3 delete, 4 visible execution, 5 hidden execution,"
                      + " 6 cross trade, 7 halt"),
              new Column(
                  "order_id",
                  LONG,
                  "Order reference number; 0 for hidden executions, negative for crosses"),
              new Column("size", LONG, "Shares; for types 2 and 4 the part taken away"),
              new Column(
                  "price",
                  LONG,
                  "1/10,000 USD; for halts -1 halted, 0 quoting resumes, 1 trading resumes"),
              new Column(
                  "direction",
                  INT,
                  "Side of the resting order: 1 buy, -1 sell; the aggressor is the opposite"),
              new Column("mpid", STRING, "Market participant; NULL where the source names none")),
          BY_DATE,
          BY_EVENT,
          EVENT_STATISTICS);

  /** One row per execution, with the quote it met. */
  public static final Table TRADES =
      new Table(
          "trades",
          "execution (types 4, 5, 6)",
          "Executions with the quote before them",
          columns(
              KEY,
              EVENT,
              new Column("price", LONG, "1/10,000 USD"),
              new Column("size", LONG, "Shares"),
              new Column(
                  "aggressor_side",
                  STRING,
                  "buy or sell; NULL for crosses and for hidden executions from 2014-07-14 on, whose side is masked"),
              new Column("is_hidden", BOOLEAN, "The resting order was hidden (type 5)"),
              new Column("is_cross", BOOLEAN, "An auction trade (type 6), an aggregate"),
              new Column(
                  "order_id", LONG, "Resting order; 0 for hidden executions, negative for crosses"),
              new Column(
                  "bid_price",
                  LONG,
                  "Best bid before the event (row k-1), 1/10,000 USD; NULL if none"),
              new Column(
                  "bid_size",
                  LONG,
                  "Shares at the best bid before the event; NULL for the first event"),
              new Column(
                  "ask_price",
                  LONG,
                  "Best ask before the event (row k-1), 1/10,000 USD; NULL if none"),
              new Column(
                  "ask_size",
                  LONG,
                  "Shares at the best ask before the event; NULL for the first event"),
              new Column(
                  "effective_spread",
                  LONG,
                  "2 D (price - mid) in 1/10,000 USD, D = 1 for an aggressive buy, -1 for a sell, mid before the sweep's"
                      + " first fill; NULL without aggressor or two-sided quote"),
              new Column(
                  "sweep_id",
                  LONG,
                  "event_index of the first fill of the same aggressor side at the same nanosecond; NULL for crosses")),
          BY_DATE,
          BY_EVENT,
          EVENT_STATISTICS);

  /** The normalised market-by-order stream: what a replay needs and nothing else. */
  public static final Table MBO =
      new Table(
          "mbo",
          "change of the order-level book",
          "The normalised market-by-order stream of the known orders",
          columns(
              KEY,
              List.of(
                  new Column(
                      "event_index",
                      LONG,
                      "The change is part of the book after this event: 0-based row number in the source pair"),
                  new Column("sequence", INT, "0-based number of the change within its event"),
                  new Column(
                      "action",
                      STRING,
                      "add brings an order that is not there, reduce makes it smaller, remove takes it away"),
                  new Column(
                      "order_id",
                      LONG,
                      "Order reference number; at a price the queue is in ascending order of it"),
                  new Column("side", STRING, "bid or ask"),
                  new Column("price", LONG, "1/10,000 USD"),
                  new Column("size_change", LONG, "Shares: positive for add, negative otherwise"),
                  new Column(
                      "remaining_size", LONG, "Shares of the order after the change; 0 for remove"),
                  new Column(
                      "origin",
                      STRING,
                      "How the change is known: message, inferred, expired, revalidated or repaired"))),
          BY_DATE,
          List.of("ticker", "levels", "event_index", "sequence"),
          List.of("ticker", "levels", "event_index"));

  /** The order-level book every N events. */
  public static final Table BOOK_SNAPSHOTS =
      new Table(
          "book_snapshots",
          "resting order, or residual, in a snapshot",
          "The order-level book after events 0, N, 2 N and so on",
          columns(
              KEY,
              List.of(
                  new Column("snapshot_index", LONG, "The book after the event of this index"),
                  new Column("side", STRING, "bid or ask"),
                  new Column(
                      "level",
                      INT,
                      "Level of the published row, 1 for the best; NULL for a price out of sight"),
                  new Column("price", LONG, "1/10,000 USD"),
                  new Column(
                      "queue_position",
                      INT,
                      "0 for the residual, 1 for the first known order at its price"),
                  new Column("order_id", LONG, "Order reference number; NULL for a residual"),
                  new Column("size", LONG, "Shares"),
                  new Column(
                      "entry_index", LONG, "event_index of the order's entry; NULL for a residual"),
                  new Column(
                      "entry_time_ns",
                      LONG,
                      "Nanoseconds after exchange midnight of that event; NULL for a residual"),
                  new Column(
                      "origin",
                      STRING,
                      "How it is known: message, inferred, revalidated (probable) or residual"))),
          BY_DATE,
          List.of("ticker", "levels", "snapshot_index"),
          List.of("ticker", "levels", "snapshot_index"));

  /** The lives of orders. */
  public static final Table ORDERS =
      new Table(
          "orders",
          "order",
          "The life of every order that the messages speak of",
          columns(
              KEY,
              List.of(
                  new Column("order_id", LONG, "Order reference number"),
                  new Column("side", STRING, "bid or ask"),
                  new Column("price", LONG, "1/10,000 USD"),
                  new Column(
                      "entry_index",
                      LONG,
                      "event_index of its submission; for an inferred order of the first event by which it had come"),
                  new Column(
                      "entry_time_ns", LONG, "Nanoseconds after exchange midnight of that event"),
                  new Column(
                      "exit_index",
                      LONG,
                      "event_index after which it is no longer known to be there; NULL if it is there at the end"),
                  new Column(
                      "exit_time_ns",
                      LONG,
                      "Nanoseconds after exchange midnight of that event; NULL if it is there at the end"),
                  new Column(
                      "entry_size",
                      LONG,
                      "Shares on entry; for an inferred order all that later events take from it"),
                  new Column(
                      "filled",
                      LONG,
                      "Shares executed; of an execution at most what was known to be left of the order"),
                  new Column(
                      "cancelled",
                      LONG,
                      "Shares cancelled, at most what was known to be left of the order; by a delete all of that"),
                  new Column(
                      "queue_ahead",
                      LONG,
                      "Shares before it at its price when it came; NULL if nobody saw it come or the published row has"
                          + " no room for it"),
                  new Column(
                      "exit_reason",
                      STRING,
                      "executed, cancelled, lost (from sight), repaired or open"),
                  new Column("origin", STRING, "How it is known: message or inferred"))),
          BY_DATE,
          List.of("ticker", "levels", "order_id", "entry_index"),
          List.of("ticker", "levels", "order_id", "entry_index", "exit_index"));

  /** Bars of every kind. */
  public static final Table CANDLES =
      new Table(
          "candles",
          "bar",
          "Bars over time, events, trades, volume and dollars",
          columns(
              KEY,
              List.of(
                  new Column(
                      "bar_spec",
                      STRING,
                      "The bar: time:1m, events:50, trades:100, volume:10000, dollar:1000000 and the like"),
                  new Column(
                      "bar_index",
                      LONG,
                      "0-based number of the bar in its ticker-day; time bars count from exchange midnight"),
                  new Column(
                      "start_index",
                      LONG,
                      "event_index of the first event; NULL in an empty time bar"),
                  new Column(
                      "end_index",
                      LONG,
                      "event_index of the last event, inclusive; NULL in an empty time bar"),
                  new Column(
                      "start_time_ns",
                      LONG,
                      "Time bars: begin of the bar; others: time of the first event"),
                  new Column(
                      "end_time_ns",
                      LONG,
                      "Time bars: end of the bar, exclusive; others: time of the last event"),
                  new Column("start_time", TIMESTAMP, "start_time_ns as an instant in UTC"),
                  new Column("event_count", LONG, "Events in the bar"),
                  new Column(
                      "open", DOUBLE, "First continuous trade price, USD; NULL without trades"),
                  new Column(
                      "high", DOUBLE, "Highest continuous trade price, USD; NULL without trades"),
                  new Column(
                      "low", DOUBLE, "Lowest continuous trade price, USD; NULL without trades"),
                  new Column(
                      "close", DOUBLE, "Last continuous trade price, USD; NULL without trades"),
                  new Column(
                      "volume",
                      LONG,
                      "Shares in continuous trades (types 4 and 5) = buy + sell + unknown side"),
                  new Column("trade_count", LONG, "Continuous trades"),
                  new Column(
                      "vwap", DOUBLE, "Volume-weighted mean price, USD; NULL without volume"),
                  new Column("buy_volume", LONG, "Shares bought by the aggressor"),
                  new Column("sell_volume", LONG, "Shares sold by the aggressor"),
                  new Column("hidden_volume", LONG, "Part of volume that met hidden orders"),
                  new Column(
                      "unknown_side_volume", LONG, "Part of volume whose aggressor is masked"),
                  new Column(
                      "cross_volume",
                      LONG,
                      "Shares in auction trades (type 6), never part of volume"),
                  new Column(
                      "mid_open",
                      DOUBLE,
                      "First mid after an event, USD; NULL without a two-sided quote"),
                  new Column("mid_high", DOUBLE, "Highest mid after an event, USD"),
                  new Column("mid_low", DOUBLE, "Lowest mid after an event, USD"),
                  new Column("mid_close", DOUBLE, "Last mid after an event, USD"),
                  new Column(
                      "ofi",
                      LONG,
                      "Order flow imbalance of the best level (Cont, Kukanov, Stoikov 2014), shares; NULL where no event"
                          + " has a two-sided quote before and after it outside halts"),
                  new Column(
                      "time_weighted_spread",
                      DOUBLE,
                      "Mean best-level spread weighted by time, USD, over the time with a two-sided quote outside halts;"
                          + " NULL without such time"),
                  new Column(
                      "is_complete",
                      BOOLEAN,
                      "The bar reached its end; false for the last, shorter bar"),
                  new Column("is_halted", BOOLEAN, "Trading was halted in some part of the bar"))),
          BY_DATE,
          List.of("ticker", "levels", "bar_spec", "bar_index"),
          List.of(
              "ticker",
              "levels",
              "bar_spec",
              "bar_index",
              "start_index",
              "end_index",
              "start_time_ns"));

  /** Volume by price. */
  public static final Table VOLUME_PROFILE =
      new Table(
          "volume_profile",
          "price bin of a window",
          "Volume by price, with point of control and value area",
          columns(
              KEY,
              List.of(
                  new Column(
                      "window_spec",
                      STRING,
                      "The window: session, time:30m, events:1000 and the like"),
                  new Column("bin_size", DOUBLE, "Width of a price bin, USD"),
                  new Column(
                      "window_index",
                      LONG,
                      "0-based number of the window; time windows count from midnight"),
                  new Column("start_index", LONG, "event_index of the window's first event"),
                  new Column(
                      "end_index", LONG, "event_index of the window's last event, inclusive"),
                  new Column(
                      "start_time_ns",
                      LONG,
                      "Time windows: begin of the window; others: time of its first event"),
                  new Column(
                      "end_time_ns",
                      LONG,
                      "Time windows: end of the window, exclusive; others: time of its last event"),
                  new Column(
                      "price", DOUBLE, "Lower end of the bin [price, price + bin_size), USD"),
                  new Column(
                      "volume", LONG, "Shares in continuous trades = buy + sell + unknown side"),
                  new Column("buy_volume", LONG, "Shares bought by the aggressor"),
                  new Column("sell_volume", LONG, "Shares sold by the aggressor"),
                  new Column("hidden_volume", LONG, "Part of volume that met hidden orders"),
                  new Column(
                      "unknown_side_volume", LONG, "Part of volume whose aggressor is masked"),
                  new Column(
                      "cross_volume", LONG, "Shares in auction trades, never part of volume"),
                  new Column("trade_count", LONG, "Continuous trades"),
                  new Column(
                      "is_poc",
                      BOOLEAN,
                      "Point of control: the bin of the largest volume; a tie goes to the bin nearest to the middle of"
                          + " the range, then to the lower"),
                  new Column(
                      "in_value_area",
                      BOOLEAN,
                      "Inside the value area: 70 % of volume around the point of control by the two-row rule"))),
          BY_DATE,
          List.of("ticker", "levels", "window_spec", "bin_size", "window_index", "price"),
          List.of(
              "ticker",
              "levels",
              "window_spec",
              "bin_size",
              "window_index",
              "start_index",
              "end_index"));

  /** The state of the book on a grid. */
  public static final Table DEPTH_METRICS =
      new Table(
          "depth_metrics",
          "grid step",
          "Liquidity of the visible book on a grid of time or events",
          depthMetricsColumns(),
          BY_DATE,
          List.of("ticker", "levels", "grid_spec", "step_index"),
          List.of("ticker", "levels", "grid_spec", "step_index", "start_time_ns", "end_index"));

  /** The ledger: what is published. */
  public static final Table TICKER_DAYS =
      new Table(
          "ticker_days",
          "published ticker-day",
          "The ledger: what is not here is not published",
          columns(
              KEY,
              List.of(
                  new Column(
                      "message_file",
                      STRING,
                      "Where the message file was read: URI, an archive's entry after '!'"),
                  new Column(
                      "message_sha256", STRING, "SHA-256 of its CSV text (unpacked), hexadecimal"),
                  new Column("message_bytes", LONG, "Bytes of its CSV text (unpacked)"),
                  new Column(
                      "message_stored_bytes", LONG, "Bytes of the file, or of the archive's entry"),
                  new Column(
                      "message_modified_at",
                      TIMESTAMP,
                      "When the file last changed; NULL if too late to tell a change since"),
                  new Column("orderbook_file", STRING, "Where the orderbook file was read"),
                  new Column(
                      "orderbook_sha256",
                      STRING,
                      "SHA-256 of its CSV text (unpacked), hexadecimal"),
                  new Column("orderbook_bytes", LONG, "Bytes of its CSV text (unpacked)"),
                  new Column(
                      "orderbook_stored_bytes",
                      LONG,
                      "Bytes of the file, or of the archive's entry"),
                  new Column("orderbook_modified_at", TIMESTAMP, "As message_modified_at"),
                  new Column(
                      "dataset_revision",
                      STRING,
                      "Dataset and commit it came from, OWNER/NAME@COMMIT; NULL for plain files"),
                  new Column("start_time_ns", LONG, "Begin of the session as the file name says"),
                  new Column("end_time_ns", LONG, "End of the session as the file name says"),
                  new Column("row_count", LONG, "Events = rows of messages and of depth"),
                  new Column("first_time_ns", LONG, "Time of the first event"),
                  new Column("last_time_ns", LONG, "Time of the last event"),
                  new Column("new_order_count", LONG, "Events of type 1"),
                  new Column("partial_cancel_count", LONG, "Events of type 2"),
                  new Column("delete_count", LONG, "Events of type 3"),
                  new Column("visible_execution_count", LONG, "Events of type 4"),
                  new Column("hidden_execution_count", LONG, "Events of type 5"),
                  new Column("cross_trade_count", LONG, "Events of type 6"),
                  new Column("halt_count", LONG, "Trading halts: events of type 7 with price -1"),
                  new Column("trading_status_count", LONG, "Events of type 7"),
                  new Column(
                      "checked_transition_count",
                      LONG,
                      "Row pairs held against: book before + event = book after"),
                  new Column("broken_transition_count", LONG, "Row pairs where that does not hold"),
                  new Column(
                      "first_broken_event_index",
                      LONG,
                      "First event of a broken transition; NULL if none"),
                  new Column(
                      "crossed_row_count", LONG, "Rows whose best bid is not below the best ask"),
                  new Column(
                      "snapshot_interval",
                      INT,
                      "Events from one snapshot to the next; NULL, as all figures of the book that follow, where the"
                          + " order-level book was left out"),
                  new Column("mbo_row_count", LONG, "Rows of mbo"),
                  new Column("snapshot_row_count", LONG, "Rows of book_snapshots"),
                  new Column("order_count", LONG, "Rows of orders"),
                  new Column(
                      "proven_share",
                      DOUBLE,
                      "Fidelity: share of the published size that proven orders account for, 0 to 1: mean over the"
                          + " occupied bids and asks of a level in all rows, then over levels ever occupied"),
                  new Column(
                      "known_share",
                      DOUBLE,
                      "Fidelity: the same for proven and probable orders together"),
                  new Column(
                      "proven_share_by_level",
                      STRING_TO_DOUBLE,
                      "proven_share of each published level, 1 for the best"),
                  new Column(
                      "known_share_by_level",
                      STRING_TO_DOUBLE,
                      "known_share of each published level, 1 for the best"),
                  new Column(
                      "published_shares", LONG, "Published sizes, summed over rows and levels"),
                  new Column(
                      "proven_shares", LONG, "Part of published_shares that proven orders hold"),
                  new Column(
                      "probable_shares",
                      LONG,
                      "Part of published_shares that probable orders hold"),
                  new Column(
                      "over_attribution_count",
                      LONG,
                      "Times the known orders of a published level held more than it; each was repaired"),
                  new Column(
                      "fifo_exception_count",
                      LONG,
                      "Visible executions that hit an order behind another known one"),
                  new Column(
                      "unmatched_delete_count",
                      LONG,
                      "Deletes whose size is not what was left of the order"),
                  new Column(
                      "unmatched_reduction_count",
                      LONG,
                      "Partial cancels and executions of more than what was left of the order"),
                  new Column(
                      "unknown_reference_count",
                      LONG,
                      "Messages about an order of which nothing is left, or before its submission"),
                  new Column(
                      "inferred_order_count",
                      LONG,
                      "Orders that messages speak of but never submit"),
                  new Column(
                      "expired_order_count",
                      LONG,
                      "Times an order was dropped with a price that left the published window"),
                  new Column(
                      "revalidated_order_count",
                      LONG,
                      "Times a dropped order was taken back as probable"),
                  new Column("run_id", STRING, "The run that wrote the per-event tables"),
                  new Column("software_version", STRING, "booklake's version in that run"),
                  new Column(
                      "configuration_hash", STRING, "SHA-256 of the configuration of that run"),
                  new Column("published_at", TIMESTAMP, "When this row was written"),
                  new Column(
                      "table_versions",
                      STRING_TO_LONG,
                      "Delta version of every table that makes this ticker-day consistent"),
                  new Column(
                      "table_parameters",
                      STRING_TO_STRING,
                      "What the derived tables hold for this ticker-day, such as candles -> events:50,time:1m"),
                  new Column("run_host", STRING, "Machine that the run's driver was on"))),
          List.of(),
          List.of("trade_date", "ticker", "levels"),
          List.of("trade_date", "ticker", "levels"));

  /** What was rejected, and why. */
  public static final Table QUARANTINE =
      new Table(
          "quarantine",
          "rejected pair or file",
          "What was rejected, with the reason; nothing of it is in the other tables",
          columns(
              List.of(
                  new Column(
                      "trade_date",
                      DATE,
                      "Exchange date as the file name says; NULL if it says none"),
                  new Column(
                      "ticker", STRING, "Ticker as the file name says; NULL if it says none"),
                  new Column("levels", INT, "Levels as the file name says; NULL if it says none")),
              List.of(
                  new Column("reason", STRING, "Reason code, see docs/formats/lobster.md"),
                  new Column(
                      "file", STRING, "The file at fault: URI, an archive's entry after '!'"),
                  new Column("line", LONG, "1-based line; NULL where the whole file is at fault"),
                  new Column(
                      "column", INT, "1-based column; NULL where the whole line is at fault"),
                  new Column("found", STRING, "The offending text, shortened"),
                  new Column("message", STRING, "What was found, what was expected and what to do"),
                  new Column(
                      "fingerprint",
                      STRING,
                      "SHA-256 over reason, files, sizes and times: tells a repeated rejection"),
                  new Column("run_id", STRING, "The run that rejected it"),
                  new Column("rejected_at", TIMESTAMP, "When"))),
          List.of(),
          List.of("trade_date", "ticker", "levels"),
          List.of("trade_date", "ticker", "levels", "reason"));

  /** What runs of several steps did. */
  public static final Table RUNS =
      new Table(
          "runs",
          "step of a nightly run",
          "What nightly runs did, and how it ended; runs that changed nothing are left out",
          List.of(
              new Column("run_id", STRING, "The run; begins with its time in UTC"),
              new Column("step", STRING, "Job, as the command line names it"),
              new Column("started_at", TIMESTAMP, "When the step began"),
              new Column("seconds", DOUBLE, "How long it took"),
              new Column(
                  "event_count", LONG, "Events taken in, derived from or, by verify, read back"),
              new Column("row_count", LONG, "Rows written, all tables together"),
              new Column("written_bytes", LONG, "Bytes of the data files written"),
              new Column(
                  "csv_bytes", LONG, "Bytes of CSV text read from the landing zone, unpacked"),
              new Column(
                  "published_count",
                  LONG,
                  "Ticker-days published, or of which a derived table now holds what is wanted"),
              new Column(
                  "unchanged_count",
                  LONG,
                  "Ticker-days that were as wanted before; by verify, read back without a difference"),
              new Column(
                  "rejected_count",
                  LONG,
                  "Pairs and files quarantined; ticker-days that another run published first, or in which verify found a difference"),
              new Column("events_per_second", DOUBLE, "event_count / seconds; NULL without events"),
              new Column(
                  "outcome",
                  STRING,
                  "done, partly failed (some were quarantined or differ) or failed"),
              new Column("error", STRING, "Why it failed, without credentials; NULL if it did not"),
              new Column("software_version", STRING, "Version of booklake"),
              new Column("configuration_hash", STRING, "SHA-256 over the settings")),
          List.of(),
          List.of("run_id", "started_at"),
          List.of("run_id", "step"));

  private TableCatalog() {}

  /**
   * The published book after every event, wide.
   *
   * @param levels the deepest level the table holds; shallower ticker-days are NULL below their own
   *     depth
   */
  public static Table depth(int levels) {
    List<Column> book = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      book.add(
          depthColumn(
              "ask_price",
              level,
              "Ask price, 1/10,000 USD; NULL where the level is empty or beyond the source"));
      book.add(
          depthColumn(
              "ask_size",
              level,
              "Shares at the ask; 0 where the level is empty, NULL beyond the source"));
      book.add(
          depthColumn(
              "bid_price",
              level,
              "Bid price, 1/10,000 USD; NULL where the level is empty or beyond the source"));
      book.add(
          depthColumn(
              "bid_size",
              level,
              "Shares at the bid; 0 where the level is empty, NULL beyond the source"));
    }
    return new Table(
        "depth",
        "event",
        "The published book after every event, level by level",
        columns(KEY, EVENT, book.toArray(Column[]::new)),
        BY_DATE,
        BY_EVENT,
        EVENT_STATISTICS);
  }

  /** Every table, depth at its example depth of one level. */
  public static List<Table> all() {
    return List.of(
        MESSAGES,
        depth(1),
        TRADES,
        MBO,
        BOOK_SNAPSHOTS,
        ORDERS,
        CANDLES,
        VOLUME_PROFILE,
        DEPTH_METRICS,
        TICKER_DAYS,
        QUARANTINE,
        RUNS);
  }

  /**
   * The table that people name, as the lake does or by its {@link Table#word}.
   *
   * @param name {@code volume-profile} or {@code volume_profile}
   */
  public static Optional<Table> named(String name) {
    return all().stream().filter(table -> table.word().equals(name.replace('_', '-'))).findFirst();
  }

  /**
   * The tables that hold every event of a ticker-day and its book, and are replaced together.
   *
   * @param levels as for {@link #depth}
   */
  public static List<Table> perEvent(int levels) {
    List<Table> tables = new ArrayList<>(List.of(MESSAGES, depth(levels), TRADES));
    tables.addAll(orderLevel());
    return List.copyOf(tables);
  }

  /** Those of them that hold the order-level book. */
  public static List<Table> orderLevel() {
    return List.of(MBO, BOOK_SNAPSHOTS, ORDERS);
  }

  private static Column depthColumn(String what, int level, String comment) {
    return new Column(what + "_" + level, LONG, comment + " (level " + level + ")");
  }

  private static List<Column> depthMetricsColumns() {
    List<Column> columns =
        new ArrayList<>(
            columns(
                KEY,
                List.of(
                    new Column("grid_spec", STRING, "The grid: time:1s, events:1000 and the like"),
                    new Column(
                        "step_index",
                        LONG,
                        "0-based number of the step; time steps count from midnight"),
                    new Column(
                        "start_time_ns",
                        LONG,
                        "Time steps: begin; event steps: time of the first event"),
                    new Column(
                        "end_time_ns",
                        LONG,
                        "Time steps: end, exclusive; event steps: time of the last event"),
                    new Column(
                        "end_index",
                        LONG,
                        "event_index of the last event at or before the step's end"),
                    new Column(
                        "event_count", LONG, "Events in the step; 0 where the book stood still"),
                    new Column(
                        "spread",
                        DOUBLE,
                        "Best ask - best bid at the step's end, USD; NULL if one-sided"),
                    new Column(
                        "mid",
                        DOUBLE,
                        "(best ask + best bid) / 2 at the step's end, USD; NULL if one-sided"),
                    new Column(
                        "weighted_mid",
                        DOUBLE,
                        "(ask price x bid size + bid price x ask size) / (bid size + ask size), USD; NULL if one-sided"),
                    new Column(
                        "imbalance",
                        DOUBLE,
                        "(bid size - ask size) / (bid size + ask size) of the best level; NULL if one-sided"))));
    for (int top : new int[] {1, 3, 5, 10}) {
      for (String side : List.of("bid", "ask")) {
        columns.add(
            new Column(
                side + "_size_top_" + top,
                LONG,
                "Shares in the best "
                    + top
                    + " "
                    + side
                    + " levels; NULL where the source has fewer levels"));
      }
    }
    for (int bps : new int[] {5, 10, 25, 50}) {
      for (String side : List.of("bid", "ask")) {
        columns.add(
            new Column(
                side + "_size_" + bps + "_bps",
                LONG,
                "Visible "
                    + side
                    + " shares within "
                    + bps
                    + " basis points of mid; a lower bound where the visible book"
                    + " ends nearer; NULL if one-sided"));
      }
    }
    columns.add(
        new Column(
            "time_weighted_spread",
            DOUBLE,
            "Mean spread over the step weighted by time, USD, outside halts; NULL without a two-sided quote"));
    columns.add(
        new Column(
            "time_weighted_imbalance",
            DOUBLE,
            "Mean imbalance over the step weighted by time, outside halts, each quote's imbalance taken to 1e-9"));
    return columns;
  }

  private static List<Column> columns(List<Column> key, List<Column> rest) {
    return Stream.concat(key.stream(), rest.stream()).toList();
  }

  private static List<Column> columns(List<Column> key, List<Column> event, Column... rest) {
    return Stream.concat(Stream.concat(key.stream(), event.stream()), Stream.of(rest)).toList();
  }
}
