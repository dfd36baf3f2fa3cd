package io.booklake.format.lobster;

import io.booklake.model.TickerDay;
import java.io.Serializable;

/**
 * A ticker-day as delivered: a message file and the orderbook file that goes with it, row by row.
 *
 * @param tickerDay as the names say
 * @param startMillis begin of the data, milliseconds after exchange midnight
 * @param endMillis end of the data, milliseconds after exchange midnight
 * @param message one line per event
 * @param orderbook the book after each event
 */
public record Pair(
    TickerDay tickerDay, int startMillis, int endMillis, SourceFile message, SourceFile orderbook)
    implements Serializable {

  /** Bytes to read for it. */
  public long storedBytes() {
    return message.storedBytes() + orderbook.storedBytes();
  }
}
