package io.booklake.verify;

/**
 * A row of {@code depth}, best level first. An empty level has the price {@link
 * io.booklake.model.Price#EMPTY_ASK} or {@link io.booklake.model.Price#EMPTY_BID} and size 0.
 *
 * @param timeNanos nanoseconds after exchange midnight
 * @param eventTimeMicros microseconds since 1970 in UTC
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole, and boxed rows would be slow
public record BookRow(
    long eventIndex,
    long timeNanos,
    long eventTimeMicros,
    long[] askPrices,
    long[] askSizes,
    long[] bidPrices,
    long[] bidSizes) {

  long[] prices(byte direction) {
    return direction > 0 ? bidPrices : askPrices;
  }

  long[] sizes(byte direction) {
    return direction > 0 ? bidSizes : askSizes;
  }
}
