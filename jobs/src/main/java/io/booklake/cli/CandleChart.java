package io.booklake.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * Candles as text, one column each: body full (rising) or shaded (falling), wicks as lines, volume
 * as blocks below.
 */
final class CandleChart {
  private static final int HEIGHT = 16;
  private static final String VOLUME = " ▁▂▃▄▅▆▇█";

  private CandleChart() {}

  /** Prints rows of open, high, low, close, volume. */
  static void print(List<Row> bars, PrintWriter out) {
    if (bars.isEmpty()) {
      out.println("  no trades");
      return;
    }
    double high = bars.stream().mapToDouble(bar -> bar.getDouble(1)).max().orElseThrow();
    double low = bars.stream().mapToDouble(bar -> bar.getDouble(2)).min().orElseThrow();
    double step = high > low ? (high - low) / (HEIGHT - 1) : 1;
    for (int line = HEIGHT - 1; line >= 0; line--) {
      StringBuilder text = new StringBuilder();
      for (Row bar : bars) {
        text.append(mark(bar, low, step, line));
      }
      out.println(
          String.format(
              Locale.ROOT, "  %12.2f │%s", low + line * step, text.toString().stripTrailing()));
    }
    long most = bars.stream().mapToLong(bar -> bar.getLong(4)).max().orElseThrow();
    StringBuilder volume = new StringBuilder();
    for (Row bar : bars) {
      volume.append(
          VOLUME.charAt((int) (most == 0 ? 0 : bar.getLong(4) * (VOLUME.length() - 1) / most)));
    }
    out.println("        volume │" + volume.toString().stripTrailing());
  }

  private static char mark(Row bar, double low, double step, int line) {
    double open = bar.getDouble(0);
    double close = bar.getDouble(3);
    if (line >= row(Math.min(open, close), low, step)
        && line <= row(Math.max(open, close), low, step)) {
      return close >= open ? '█' : '░';
    }
    return line >= row(bar.getDouble(2), low, step) && line <= row(bar.getDouble(1), low, step)
        ? '│'
        : ' ';
  }

  private static long row(double price, double low, double step) {
    return Math.round((price - low) / step);
  }
}
