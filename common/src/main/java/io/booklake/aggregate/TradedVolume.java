package io.booklake.aggregate;

import io.booklake.model.EventType;

/** Shares traded, by who was the aggressor: the opposite of the resting order's side. */
final class TradedVolume {
  /** Shares in continuous trades = buy + sell + unknown side. */
  long volume;

  long tradeCount;
  long buyVolume;
  long sellVolume;

  /** The part of volume that met hidden orders. */
  long hiddenVolume;

  long unknownSideVolume;

  /** Shares in auctions, never part of volume. */
  long crossVolume;

  void clear() {
    volume = 0;
    tradeCount = 0;
    buyVolume = 0;
    sellVolume = 0;
    hiddenVolume = 0;
    unknownSideVolume = 0;
    crossVolume = 0;
  }

  /**
   * Adds an execution.
   *
   * @param type 4, 5 or 6
   * @param direction of the resting order
   * @param hiddenSideKnown whether the direction of a hidden order means something
   */
  void add(byte type, byte direction, long size, boolean hiddenSideKnown) {
    if (type == EventType.CROSS_TRADE) {
      crossVolume = Math.addExact(crossVolume, size);
      return;
    }
    tradeCount++;
    // No part is more than the whole, so the whole alone can outgrow 64 bits.
    volume = Math.addExact(volume, size);
    boolean hidden = type == EventType.HIDDEN_EXECUTION;
    if (hidden) {
      hiddenVolume += size;
    }
    if (hidden && !hiddenSideKnown) {
      unknownSideVolume += size;
    } else if (direction == 1) {
      sellVolume += size;
    } else {
      buyVolume += size;
    }
  }
}
