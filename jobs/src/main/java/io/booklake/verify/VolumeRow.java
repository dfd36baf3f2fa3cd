package io.booklake.verify;

/**
 * Volumes of a bar of {@code candles} or a bin of {@code volume_profile}, in shares.
 *
 * @param spec the bar, or the window with its bin size behind {@code @}
 */
public record VolumeRow(
    String spec,
    long volume,
    long tradeCount,
    long buyVolume,
    long sellVolume,
    long hiddenVolume,
    long unknownSideVolume,
    long crossVolume) {

  /** Nothing traded. */
  static VolumeRow none(String spec) {
    return new VolumeRow(spec, 0, 0, 0, 0, 0, 0, 0);
  }

  VolumeRow plus(VolumeRow other) {
    return new VolumeRow(
        spec,
        volume + other.volume,
        tradeCount + other.tradeCount,
        buyVolume + other.buyVolume,
        sellVolume + other.sellVolume,
        hiddenVolume + other.hiddenVolume,
        unknownSideVolume + other.unknownSideVolume,
        crossVolume + other.crossVolume);
  }
}
