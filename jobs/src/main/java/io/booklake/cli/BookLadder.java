package io.booklake.cli;

import io.booklake.book.BookReplay;
import io.booklake.book.Origin;
import io.booklake.job.ShowBookJob;
import io.booklake.model.Price;
import io.booklake.read.OrderBook;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The order-level book as text: asks above, bids below, every queue from its head on. */
final class BookLadder {
  private BookLadder() {}

  /**
   * Prints a book.
   *
   * @param limit most orders of a level
   */
  static void print(ShowBookJob.Shown shown, int limit, PrintWriter out) {
    OrderBook book = shown.book();
    out.println("book of " + shown.day() + " after event " + book.eventIndex());
    out.println(
        "  side level        price       size  queue: ?shares of unknown orders, then order:shares,"
            + " ~ where probable");
    for (int i = book.asks().size() - 1; i >= 0; i--) {
      line("ask", book.asks().get(i), limit, out);
    }
    out.println("  " + "-".repeat(40));
    book.bids().forEach(level -> line("bid", level, limit, out));
    out.println(
        String.format(
            Locale.ROOT,
            "  out of sight: %,d known orders, %,d shares",
            book.outOfSight().size(),
            book.outOfSight().stream().mapToLong(BookReplay.Order::size).sum()));
    out.flush();
  }

  private static void line(String side, OrderBook.Level level, int limit, PrintWriter out) {
    StringBuilder queue = new StringBuilder();
    if (level.residual() > 0) {
      queue.append(" ?").append(level.residual());
    }
    List<BookReplay.Order> orders = level.queue();
    for (BookReplay.Order order : orders.subList(0, Math.min(limit, orders.size()))) {
      queue.append(order.origin() == Origin.REVALIDATED ? " ~" : " ");
      queue.append(order.orderId()).append(':').append(order.size());
    }
    if (orders.size() > limit) {
      queue.append(" and ").append(orders.size() - limit).append(" more");
    }
    out.println(
        String.format(
            Locale.ROOT,
            "  %s  %5d %12.4f %10d %s",
            side,
            level.level(),
            level.priceTicks() / (double) Price.TICKS_PER_DOLLAR,
            level.size(),
            queue));
  }
}
