package io.booklake.verify;

import io.booklake.model.TickerDay;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * A ticker-day as the ledger has it.
 *
 * @param tickerDay which
 * @param figures the whole numbers of its row in {@code ticker_days}, by column; none is NULL
 * @param tables that hold it
 * @param bars that {@code candles} holds of it
 * @param profiles windows that {@code volume_profile} holds of it, each with its bin size behind
 *     {@code @}
 */
public record Published(
    TickerDay tickerDay,
    Map<String, Long> figures,
    Set<String> tables,
    Set<String> bars,
    Set<String> profiles)
    implements Serializable {

  /** Whether a table holds it. */
  boolean has(String table) {
    return tables.contains(table);
  }
}
