package io.booklake.cli;

import io.booklake.model.Price;
import java.io.PrintWriter;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** One row of {@code depth} as text: asks above, bids below, sizes as bars. */
final class DepthLadder {
  private static final int WIDTH = 40;

  private DepthLadder() {}

  static void print(Row book, int levels, PrintWriter out) {
    long most = 1;
    for (int level = 1; level <= levels; level++) {
      most = Math.max(most, Math.max(size(book, "ask", level), size(book, "bid", level)));
    }
    for (int level = levels; level >= 1; level--) {
      line(book, "ask", level, most, out);
    }
    out.println("  " + "-".repeat(WIDTH + 32));
    for (int level = 1; level <= levels; level++) {
      line(book, "bid", level, most, out);
    }
  }

  private static void line(Row book, String side, int level, long most, PrintWriter out) {
    Long price = book.getAs(side + "_price_" + level);
    if (price != null) {
      long size = size(book, side, level);
      out.println(
          String.format(
              Locale.ROOT,
              "  %s %3d %14.4f %10d %s",
              side,
              level,
              price / (double) Price.TICKS_PER_DOLLAR,
              size,
              (side.equals("ask") ? "░" : "█").repeat((int) Math.max(1, size * WIDTH / most))));
    }
  }

  private static long size(Row book, String side, int level) {
    Long size = book.getAs(side + "_size_" + level);
    return size == null ? 0 : size;
  }
}
