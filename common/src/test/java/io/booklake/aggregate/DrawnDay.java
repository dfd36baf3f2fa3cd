package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.LobsterWriter;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.model.EventType;
import io.booklake.model.Price;
import io.booklake.model.TickerDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A ticker-day drawn in a test, one event per line: {@code time word [size price resting-side] |
 * bids | asks}, where the book is the one after the event, best level first, as {@code price x
 * size} without spaces and {@code -} for an empty side. For example:
 *
 * <pre>
 * 10:00:00    new    100 99.99 buy   | 99.99x100 | 100.01x50
 * 10:00:01.5  fill   20 100.01 sell  | 99.99x100 | 100.01x30
 * 10:00:02    halt                   | -         | 100.01x30
 * </pre>
 *
 * <p>Words are new, cancel, delete, fill, hidden, cross, halt, quote and resume.
 */
public final class DrawnDay {
  private final TickerDay tickerDay;
  private final List<String> lines;
  private final EventBatch events;

  private DrawnDay(TickerDay tickerDay, List<String> lines) {
    this.tickerDay = tickerDay;
    this.lines = lines;
    this.events = new EventBatch(tickerDay.levels(), lines.size());
    lines.forEach(this::add);
  }

  /** ABC on 2012-06-21 with one level. */
  public static DrawnDay of(String drawing) {
    return of(1, drawing);
  }

  /** ABC on 2012-06-21 with some levels. */
  public static DrawnDay of(int levels, String drawing) {
    return of(new TickerDay(LocalDate.of(2012, 6, 21), "ABC", levels), drawing);
  }

  /** A ticker-day. */
  public static DrawnDay of(TickerDay tickerDay, String drawing) {
    return new DrawnDay(tickerDay, drawing.lines().filter(line -> !line.isBlank()).toList());
  }

  private void add(String line) {
    String[] parts = line.split("\\|", -1);
    String[] event = parts[0].trim().split("\\s+", -1);
    int row = events.rows++;
    events.timeNanos[row] = nanos(event[0]);
    String word = event[1];
    events.type[row] = type(word);
    events.orderId[row] = orderId(word);
    if (event.length > 2) {
      events.size[row] = Long.parseLong(event[2]);
      events.price[row] = ticks(event[3]);
      events.direction[row] = (byte) (event[4].equals("buy") ? 1 : -1);
    } else {
      events.price[row] = status(word);
      events.direction[row] = -1;
    }
    side(parts[1], events.bidPrice, events.bidSize, row, Price.EMPTY_BID);
    side(parts[2], events.askPrice, events.askSize, row, Price.EMPTY_ASK);
  }

  private static void side(String drawing, long[][] prices, long[][] sizes, int row, long empty) {
    String[] drawn = drawing.trim().equals("-") ? new String[0] : drawing.trim().split("\\s+", -1);
    for (int level = 0; level < prices.length; level++) {
      prices[level][row] = empty;
      if (level < drawn.length) {
        String[] priceAndSize = drawn[level].split("x", -1);
        prices[level][row] = ticks(priceAndSize[0]);
        sizes[level][row] = Long.parseLong(priceAndSize[1]);
      }
    }
  }

  private static byte type(String word) {
    return switch (word) {
      case "new" -> EventType.NEW_ORDER;
      case "cancel" -> EventType.PARTIAL_CANCEL;
      case "delete" -> EventType.DELETE;
      case "fill" -> EventType.VISIBLE_EXECUTION;
      case "hidden" -> EventType.HIDDEN_EXECUTION;
      case "cross" -> EventType.CROSS_TRADE;
      case "halt", "quote", "resume" -> EventType.HALT;
      default -> throw new IllegalArgumentException("no such event: " + word);
    };
  }

  private static long orderId(String word) {
    return switch (word) {
      case "cross" -> -1;
      case "new", "cancel", "delete", "fill" -> 7;
      default -> 0;
    };
  }

  private static long status(String word) {
    return switch (word) {
      case "halt" -> EventType.TRADING_HALTS;
      case "quote" -> EventType.QUOTING_RESUMES;
      case "resume" -> EventType.TRADING_RESUMES;
      default -> throw new IllegalArgumentException(word + " needs size, price and side");
    };
  }

  private static long nanos(String wallClock) {
    return LocalTime.parse(wallClock).toNanoOfDay();
  }

  private static long ticks(String dollars) {
    return new BigDecimal(dollars).movePointRight(4).longValueExact();
  }

  /** Which it is. */
  public TickerDay tickerDay() {
    return tickerDay;
  }

  /** All events with the book after each, in one batch. */
  public List<EventBatch> events() {
    return List.of(events);
  }

  /** The same events, each in a batch of its own. */
  public List<EventBatch> inPieces() {
    List<EventBatch> pieces = new ArrayList<>();
    for (String line : lines) {
      EventBatch piece = new DrawnDay(tickerDay, List.of(line)).events;
      piece.firstIndex = pieces.size();
      pieces.add(piece);
    }
    return pieces;
  }

  /** The session from and to a time of the wall clock. */
  public Session session(String start, String end) {
    return new Session(tickerDay, nanos(start), nanos(end));
  }

  /** The pair that LOBSTER would deliver, as plain files in {@code folder}. */
  public Pair write(Path folder) throws IOException {
    FileName name = new FileName(tickerDay, 0, FileName.MILLIS_PER_DAY, FileName.Kind.MESSAGE);
    Path message = folder.resolve(name.toString());
    Path orderbook = folder.resolve(name.other().toString());
    try (LobsterWriter writer = LobsterWriter.create(message, orderbook, tickerDay.levels())) {
      writer.write(events);
    }
    return new Pair(
        tickerDay, name.startMillis(), name.endMillis(), source(message), source(orderbook));
  }

  private static SourceFile source(Path file) throws IOException {
    return new SourceFile(
        file.toUri().toString(),
        null,
        Files.size(file),
        Files.getLastModifiedTime(file).toMillis());
  }
}
