package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.booklake.model.TickerDay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Pairs that exist as text alone. */
final class TextPair {
  private TextPair() {}

  static PairReader reader(TickerDay tickerDay, String message, String orderbook)
      throws IOException {
    return reader(tickerDay, PairReader.Projection.all(tickerDay), message, orderbook);
  }

  static PairReader reader(
      TickerDay tickerDay, PairReader.Projection projection, String message, String orderbook)
      throws IOException {
    return new PairReader(
        tickerDay,
        projection,
        "message",
        projection.messages() ? stream(message) : null,
        "orderbook",
        projection.levels() > 0 ? stream(orderbook) : null);
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  /** A stream that gives what it has in small and uneven parts, as a network does. */
  static InputStream inParts(String text, int longest, Random random) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(longest)));
      }
    };
  }
}
