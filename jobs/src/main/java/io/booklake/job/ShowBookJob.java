package io.booklake.job;

import io.booklake.book.BookReplay;
import io.booklake.book.Origin;
import io.booklake.model.Direction;
import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import io.booklake.read.OrderBook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the order-level book after one event, without Spark.
 *
 * <pre>{@code booklake show book --ticker GOOG --index 70000 --lake /data/lake}</pre>
 */
public final class ShowBookJob {

  /**
   * A book and whose it is.
   *
   * @param day the ticker-day
   * @param book after the event that was asked for
   */
  public record Shown(TickerDay day, OrderBook book) {}

  private static final List<String> COLUMNS =
      List.of("side", "level", "price", "queue_position", "order_id", "size", "origin");

  private final String lake;
  private final Configuration configuration;
  private final Selection selection;
  private final long eventIndex;

  /**
   * A job.
   *
   * @param lake its root
   * @param selection of one ticker-day
   */
  public ShowBookJob(
      String lake, Configuration configuration, Selection selection, long eventIndex) {
    this.lake = lake;
    this.configuration = configuration;
    this.selection = selection;
    this.eventIndex = eventIndex;
  }

  /**
   * Reads.
   *
   * @throws InvalidInputException if the selection is not of one published ticker-day, or that has
   *     no such event
   */
  public Shown execute() throws IOException {
    LakeReader reader = PublishedDays.open(lake, configuration);
    TickerDay day = PublishedDays.one(reader, selection, "book_snapshots");
    try {
      return new Shown(day, reader.day(day).book(eventIndex).book());
    } catch (IndexOutOfBoundsException e) {
      throw new InvalidInputException("--index: " + e.getMessage(), e);
    }
  }

  /**
   * The rows that a snapshot after this event would have: bids, then asks, the best first.
   *
   * @param limit most orders of a level, and of a side out of sight
   */
  public static Report report(Shown shown, int limit) {
    OrderBook book = shown.book();
    List<List<Object>> rows = new ArrayList<>();
    add(rows, Direction.BUY, book, limit);
    add(rows, Direction.SELL, book, limit);
    return new Report(
        "book of " + shown.day() + " after event " + book.eventIndex(), COLUMNS, rows, false);
  }

  private static void add(List<List<Object>> rows, byte direction, OrderBook book, int limit) {
    String side = Direction.side(direction);
    (direction == Direction.BUY ? book.bids() : book.asks())
        .forEach(level -> add(rows, side, level, limit));
    book.outOfSight().stream()
        .filter(order -> order.direction() == direction)
        .limit(limit)
        .forEach(order -> rows.add(row(side, null, null, order)));
  }

  private static void add(List<List<Object>> rows, String side, OrderBook.Level level, int limit) {
    if (level.residual() > 0) {
      rows.add(
          Arrays.asList(
              side,
              level.level(),
              level.priceTicks(),
              0,
              null,
              level.residual(),
              Origin.RESIDUAL.word()));
    }
    int position = 1;
    List<BookReplay.Order> queue = level.queue();
    for (BookReplay.Order order : queue.subList(0, Math.min(limit, queue.size()))) {
      rows.add(row(side, level.level(), position++, order));
    }
  }

  private static List<Object> row(
      String side, Integer level, Integer position, BookReplay.Order order) {
    return Arrays.asList(
        side,
        level,
        order.priceTicks(),
        position,
        order.orderId(),
        order.size(),
        order.origin().word());
  }
}
