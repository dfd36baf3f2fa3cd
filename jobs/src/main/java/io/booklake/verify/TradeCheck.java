package io.booklake.verify;

import io.booklake.model.EventType;
import io.booklake.model.Price;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks {@code trades}: every execution of {@code messages} is there once, nothing else is, and
 * the quote before it is row k-1 of {@code depth}.
 */
final class TradeCheck {
  private static final String TABLE = "trades";

  /** NASDAQ masks the side of hidden executions from then on. */
  private static final LocalDate SIDE_IS_MASKED = LocalDate.of(2014, 7, 14);

  /** The best quote after an event; null where there is none. */
  private record Quote(Long bidPrice, Long bidSize, Long askPrice, Long askSize) {
    private static final Quote NONE = new Quote(null, null, null, null);

    static Quote of(BookRow row) {
      return new Quote(
          row.bidPrices()[0] == Price.EMPTY_BID ? null : (Long) row.bidPrices()[0],
          row.bidSizes()[0],
          row.askPrices()[0] == Price.EMPTY_ASK ? null : (Long) row.askPrices()[0],
          row.askSizes()[0]);
    }

    Long twiceMid() {
      return bidPrice == null || askPrice == null ? null : (Long) (bidPrice + askPrice);
    }
  }

  /** The first fill of a sweep: the same aggressor at the same nanosecond. */
  private record FirstFill(long eventIndex, Long twiceMid) {}

  private final Verdict verdict;
  private final boolean masked;
  private final Map<String, FirstFill> sweeps = new HashMap<>();
  private long sweepTimeNanos = -1;
  private Quote quote = Quote.NONE;
  private TradeRow expected;

  TradeCheck(Published published) {
    verdict = new Verdict(published.tickerDay(), TABLE);
    masked = !published.tickerDay().tradeDate().isBefore(SIDE_IS_MASKED);
  }

  /** Comes before the book row of its event, and that before the trade. */
  void message(MessageRow row) {
    mustHaveCome();
    if (row.type() >= EventType.VISIBLE_EXECUTION && row.type() <= EventType.CROSS_TRADE) {
      expected = trade(row);
    }
  }

  private TradeRow trade(MessageRow row) {
    boolean cross = row.type() == EventType.CROSS_TRADE;
    boolean hidden = row.type() == EventType.HIDDEN_EXECUTION;
    String side = cross || (hidden && masked) ? null : row.direction() == 1 ? "sell" : "buy";
    FirstFill first = cross ? null : firstFill(row, side);
    return new TradeRow(
        row.eventIndex(),
        row.timeNanos(),
        row.eventTimeMicros(),
        row.priceTicks(),
        row.size(),
        side,
        hidden,
        cross,
        row.orderId(),
        quote.bidPrice,
        quote.bidSize,
        quote.askPrice,
        quote.askSize,
        effectiveSpread(row.priceTicks(), side, first),
        first == null ? null : first.eventIndex);
  }

  private FirstFill firstFill(MessageRow row, String side) {
    if (row.timeNanos() != sweepTimeNanos) {
      sweeps.clear();
      sweepTimeNanos = row.timeNanos();
    }
    return sweeps.computeIfAbsent(
        String.valueOf(side), any -> new FirstFill(row.eventIndex(), quote.twiceMid()));
  }

  private static Long effectiveSpread(long priceTicks, String side, FirstFill first) {
    if (side == null || first.twiceMid == null) {
      return null;
    }
    long spread = 2 * priceTicks - first.twiceMid;
    return side.equals("buy") ? spread : -spread;
  }

  void book(BookRow row) {
    quote = Quote.of(row);
  }

  void trade(TradeRow found) {
    verdict.row();
    long index = found.eventIndex();
    if (expected == null || expected.eventIndex() != index) {
      verdict.differs(TABLE, index, "a trade, but messages hold no execution there");
      return;
    }
    verdict.expect(TABLE, index, "time_ns", found.timeNanos(), expected.timeNanos());
    verdict.expect(TABLE, index, "price", found.priceTicks(), expected.priceTicks());
    verdict.expect(TABLE, index, "size", found.size(), expected.size());
    verdict.expect(TABLE, index, "aggressor_side", found.aggressorSide(), expected.aggressorSide());
    verdict.expect(TABLE, index, "is_hidden", found.isHidden(), expected.isHidden());
    verdict.expect(TABLE, index, "is_cross", found.isCross(), expected.isCross());
    verdict.expect(TABLE, index, "order_id", found.orderId(), expected.orderId());
    verdict.expect(TABLE, index, "bid_price", found.bidPriceTicks(), expected.bidPriceTicks());
    verdict.expect(TABLE, index, "bid_size", found.bidSize(), expected.bidSize());
    verdict.expect(TABLE, index, "ask_price", found.askPriceTicks(), expected.askPriceTicks());
    verdict.expect(TABLE, index, "ask_size", found.askSize(), expected.askSize());
    verdict.expect(
        TABLE,
        index,
        "effective_spread",
        found.effectiveSpreadTicks(),
        expected.effectiveSpreadTicks());
    verdict.expect(TABLE, index, "sweep_id", found.sweepId(), expected.sweepId());
    expected = null;
  }

  private void mustHaveCome() {
    if (expected != null) {
      verdict.differs(TABLE, expected.eventIndex(), "no trade, but messages hold an execution");
      expected = null;
    }
  }

  CheckResult result() {
    mustHaveCome();
    return verdict.result();
  }
}
