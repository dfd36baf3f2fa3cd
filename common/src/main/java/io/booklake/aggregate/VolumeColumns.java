package io.booklake.aggregate;

import io.booklake.table.ColumnValues;

/** The columns of a {@link TradedVolume}, which bars and profiles have in common. */
final class VolumeColumns {
  private final ColumnValues volume;
  private final ColumnValues tradeCount;
  private final ColumnValues buyVolume;
  private final ColumnValues sellVolume;
  private final ColumnValues hiddenVolume;
  private final ColumnValues unknownSideVolume;
  private final ColumnValues crossVolume;

  VolumeColumns(TableRows rows) {
    volume = rows.column("volume");
    tradeCount = rows.column("trade_count");
    buyVolume = rows.column("buy_volume");
    sellVolume = rows.column("sell_volume");
    hiddenVolume = rows.column("hidden_volume");
    unknownSideVolume = rows.column("unknown_side_volume");
    crossVolume = rows.column("cross_volume");
  }

  void set(int row, TradedVolume traded) {
    volume.longs[row] = traded.volume;
    tradeCount.longs[row] = traded.tradeCount;
    buyVolume.longs[row] = traded.buyVolume;
    sellVolume.longs[row] = traded.sellVolume;
    hiddenVolume.longs[row] = traded.hiddenVolume;
    unknownSideVolume.longs[row] = traded.unknownSideVolume;
    crossVolume.longs[row] = traded.crossVolume;
  }
}
