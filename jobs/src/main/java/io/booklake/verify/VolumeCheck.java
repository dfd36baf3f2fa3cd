package io.booklake.verify;

import java.util.Set;
import java.util.TreeMap;

/**
 * Checks {@code candles} and {@code volume_profile}: whatever a day is cut into, the volumes of all
 * parts add up to those of {@code trades}.
 */
final class VolumeCheck {
  private final String table;
  private final Verdict verdict;
  private final TreeMap<String, VolumeRow> sums = new TreeMap<>();
  private VolumeRow traded = VolumeRow.none("trades");

  /**
   * Begins a ticker-day.
   *
   * @param table that is checked; the check has the same name
   * @param specs what it must hold of the ticker-day
   */
  VolumeCheck(Published published, String table, Set<String> specs) {
    this.table = table;
    verdict = new Verdict(published.tickerDay(), table);
    specs.forEach(spec -> sums.put(spec, VolumeRow.none(spec)));
  }

  void trade(TradeRow row) {
    long size = row.size();
    traded =
        traded.plus(
            row.isCross()
                ? new VolumeRow("", 0, 0, 0, 0, 0, 0, size)
                : new VolumeRow(
                    "",
                    size,
                    1,
                    "buy".equals(row.aggressorSide()) ? size : 0,
                    "sell".equals(row.aggressorSide()) ? size : 0,
                    row.isHidden() ? size : 0,
                    row.aggressorSide() == null ? size : 0,
                    0));
  }

  void part(VolumeRow row) {
    verdict.row();
    // What the ledger does not speak of is not published.
    sums.computeIfPresent(row.spec(), (spec, sum) -> sum.plus(row));
  }

  CheckResult result() {
    for (VolumeRow sum : sums.values()) {
      expect(sum, "volume", sum.volume(), traded.volume());
      expect(sum, "trade_count", sum.tradeCount(), traded.tradeCount());
      expect(sum, "buy_volume", sum.buyVolume(), traded.buyVolume());
      expect(sum, "sell_volume", sum.sellVolume(), traded.sellVolume());
      expect(sum, "hidden_volume", sum.hiddenVolume(), traded.hiddenVolume());
      expect(sum, "unknown_side_volume", sum.unknownSideVolume(), traded.unknownSideVolume());
      expect(sum, "cross_volume", sum.crossVolume(), traded.crossVolume());
    }
    return verdict.result();
  }

  private void expect(VolumeRow sum, String column, long found, long expected) {
    if (found != expected) {
      verdict.differs(
          table
              + ", "
              + sum.spec()
              + ": sum of "
              + column
              + " found "
              + found
              + ", expected "
              + expected
              + " as in trades");
    }
  }
}
