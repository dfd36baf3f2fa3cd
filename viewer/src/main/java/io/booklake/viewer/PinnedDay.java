package io.booklake.viewer;

import io.booklake.read.DayReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ticker-day in one published state.
 *
 * @param reader of that state
 * @param pin names the state: the same row of the ledger, the same pin
 */
record PinnedDay(DayReader reader, String pin) {
  private static final int PIN_BYTES = 12;

  static PinnedDay of(DayReader reader) {
    return new PinnedDay(reader, pin(reader.ledgerEntry()));
  }

  /** The pin of a row of the ledger. */
  static String pin(Map<String, Object> entry) {
    TreeMap<String, String> ordered = new TreeMap<>();
    entry.forEach(
        (column, value) ->
            ordered.put(
                column,
                value instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : value.toString()));
    return digest(ordered.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A name for these bytes, as long as a pin. */
  static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, PIN_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
