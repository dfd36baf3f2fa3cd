package io.booklake.lake;

import io.booklake.book.Fidelity;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairQuality;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.event.BookFigures;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Makes the row of {@code ticker_days} of a pair that was taken in: what its figures tell. */
final class TakenRow {
  /**
   * File systems count seconds, and clocks differ: who changes a file so soon after it was listed
   * may leave it with the time it had.
   */
  private static final Duration TOO_FRESH = Duration.ofSeconds(5);

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private TakenRow() {}

  /**
   * A row by column name, which the caller completes.
   *
   * @param listedAt when its files were listed
   */
  static Map<String, Object> of(TakenDay day, Instant listedAt) {
    Pair pair = day.inspection().pair();
    Map<String, Object> row = new HashMap<>(inspection(day.inspection()));
    putFile(row, "message", pair.message(), listedAt);
    putFile(row, "orderbook", pair.orderbook(), listedAt);
    if (day.book() != null) {
      row.putAll(snapshots(day.book()));
      row.putAll(book(day.book()));
    }
    return row;
  }

  private static Map<String, Object> inspection(Inspection inspection) {
    TickerDay day = inspection.pair().tickerDay();
    PairQuality quality = inspection.quality();
    Map<String, Object> row = new HashMap<>();
    row.put("trade_date", day.tradeDate());
    row.put("ticker", day.ticker());
    row.put("levels", day.levels());
    row.put("message_sha256", inspection.message().sha256());
    row.put("message_bytes", inspection.message().bytes());
    row.put("orderbook_sha256", inspection.orderbook().sha256());
    row.put("orderbook_bytes", inspection.orderbook().bytes());
    row.put("start_time_ns", inspection.pair().startMillis() * NANOS_PER_MILLI);
    row.put("end_time_ns", inspection.pair().endMillis() * NANOS_PER_MILLI);
    row.put("row_count", quality.rows());
    row.put("first_time_ns", quality.firstTimeNanos());
    row.put("last_time_ns", quality.lastTimeNanos());
    row.put("new_order_count", quality.events(EventType.NEW_ORDER));
    row.put("partial_cancel_count", quality.events(EventType.PARTIAL_CANCEL));
    row.put("delete_count", quality.events(EventType.DELETE));
    row.put("visible_execution_count", quality.events(EventType.VISIBLE_EXECUTION));
    row.put("hidden_execution_count", quality.events(EventType.HIDDEN_EXECUTION));
    row.put("cross_trade_count", quality.events(EventType.CROSS_TRADE));
    row.put("halt_count", quality.halts());
    row.put("trading_status_count", quality.events(EventType.HALT));
    row.put("checked_transition_count", quality.checkedTransitions());
    row.put("broken_transition_count", quality.brokenTransitions());
    if (quality.firstBrokenIndex() >= 0) {
      row.put("first_broken_event_index", quality.firstBrokenIndex());
    }
    row.put("crossed_row_count", quality.crossedRows());
    return row;
  }

  private static void putFile(
      Map<String, Object> row, String which, SourceFile file, Instant listedAt) {
    row.put(which + "_file", file.location());
    row.put(which + "_stored_bytes", file.storedBytes());
    Instant modifiedAt = Instant.ofEpochMilli(file.modifiedMillis());
    if (modifiedAt.isBefore(listedAt.minus(TOO_FRESH))) {
      row.put(which + "_modified_at", modifiedAt);
    }
  }

  /** What changes where {@code book_snapshots} is made again. */
  static Map<String, Object> snapshots(BookFigures book) {
    return Map.of(
        "snapshot_interval", book.snapshotInterval(), "snapshot_row_count", book.snapshotRows());
  }

  /** How much of the book is known. */
  private static Map<String, Object> book(BookFigures book) {
    Fidelity fidelity = book.fidelity();
    Map<String, Object> row = new HashMap<>();
    row.put("mbo_row_count", book.mboRows());
    row.put("order_count", book.orders());
    putShare(row, "proven_share", fidelity.proven());
    putShare(row, "known_share", fidelity.known());
    row.put("proven_share_by_level", byLevel(fidelity, Fidelity.Level::meanProven));
    row.put("known_share_by_level", byLevel(fidelity, Fidelity.Level::meanKnown));
    row.put("published_shares", sum(fidelity, Fidelity.Level::publishedShares));
    row.put("proven_shares", sum(fidelity, Fidelity.Level::provenShares));
    row.put("probable_shares", sum(fidelity, Fidelity.Level::probableShares));
    row.put("over_attribution_count", fidelity.overAttributions());
    row.put("fifo_exception_count", fidelity.fifoExceptions());
    row.put("unmatched_delete_count", fidelity.unmatchedDeletes());
    row.put("unmatched_reduction_count", fidelity.unmatchedReductions());
    row.put("unknown_reference_count", fidelity.unknownReferences());
    row.put("inferred_order_count", fidelity.inferredOrders());
    row.put("expired_order_count", fidelity.expiredOrders());
    row.put("revalidated_order_count", fidelity.revalidatedOrders());
    return row;
  }

  /** A book that is never published has no share: NULL, not NaN. */
  private static void putShare(Map<String, Object> row, String column, double share) {
    if (!Double.isNaN(share)) {
      row.put(column, share);
    }
  }

  private static Map<String, Double> byLevel(
      Fidelity fidelity, ToDoubleFunction<Fidelity.Level> share) {
    Map<String, Double> shares = new TreeMap<>(Comparator.comparing(Integer::valueOf));
    for (Fidelity.Level level : fidelity.levels()) {
      if (level.rows() > 0) {
        shares.put(String.valueOf(level.level()), share.applyAsDouble(level));
      }
    }
    return shares;
  }

  private static long sum(Fidelity fidelity, ToLongFunction<Fidelity.Level> shares) {
    return fidelity.levels().stream().mapToLong(shares).sum();
  }
}
