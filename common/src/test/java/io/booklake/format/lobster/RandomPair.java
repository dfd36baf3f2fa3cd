package io.booklake.format.lobster;

import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * A pair of sound rows that no market would make: any type, id, size and price, in any of the forms
 * that a row may have.
 */
final class RandomPair {
  private static final long LARGEST_PRICE = 9_999_999_998L;

  final TickerDay tickerDay;
  final List<String> messages = new ArrayList<>();
  final List<String> books = new ArrayList<>();
  private final Random random;
  private final boolean hasParticipant;
  private long timeNanos;

  RandomPair(long seed, int rows) {
    random = new Random(seed);
    tickerDay = new TickerDay(LocalDate.of(2012, 6, 21), "RAND", 1 + random.nextInt(4));
    hasParticipant = random.nextInt(3) == 0;
    timeNanos = random.nextInt(3) == 0 ? 0 : 34_200_000_000_000L;
    for (int row = 0; row < rows; row++) {
      messages.add(message());
      books.add(book());
    }
  }

  /** The message file, with or without the end of its last line. */
  String messageText() {
    return text(messages);
  }

  /** The orderbook file, with or without the end of its last line. */
  String orderbookText() {
    return text(books);
  }

  private String text(List<String> rows) {
    return String.join("\n", rows) + (random.nextBoolean() ? "\n" : "");
  }

  private String message() {
    int type = 1 + random.nextInt(7);
    String row = time() + "," + type + "," + (type == 7 ? halt() : order(type));
    return hasParticipant
        ? row + "," + List.of("null", "A", "ABCD", "Wxyz1234").get(random.nextInt(4))
        : row;
  }

  private String halt() {
    return (random.nextInt(2) - 1)
        + ","
        + (random.nextInt(2) - 1)
        + ","
        + (random.nextInt(3) - 1)
        + ","
        + (random.nextInt(3) - 1);
  }

  private String order(int type) {
    long id = type == 6 ? -1 - random.nextInt(4) : random.nextLong(1L << random.nextInt(59));
    return padded(id)
        + ","
        + padded(1 + random.nextInt(Integer.MAX_VALUE))
        + ","
        + padded(1 + random.nextLong(LARGEST_PRICE))
        + ","
        + (random.nextBoolean() ? "1" : "-1");
  }

  /** Rises, or stays; with no, some, nine, or more than nine decimals. */
  private String time() {
    timeNanos += List.of(0L, 1L, 1_000L, 2_000_000_000L).get(random.nextInt(4));
    long seconds = timeNanos / 1_000_000_000L;
    String fraction = String.format("%09d", timeNanos % 1_000_000_000L);
    return switch (random.nextInt(5)) {
      case 0 -> seconds + "." + fraction;
      case 3 -> {
        int decimals = 1 + random.nextInt(8);
        timeNanos = (seconds + 1) * 1_000_000_000L;
        fraction = String.valueOf(random.nextInt(10)).repeat(decimals);
        timeNanos += Long.parseLong((fraction + "000000000").substring(0, 9));
        yield (seconds + 1) + "." + fraction;
      }
      case 1 -> seconds + "." + fraction + random.nextInt(5) + "99".substring(random.nextInt(3));
      case 2 -> {
        timeNanos++;
        yield seconds + "." + fraction + (5 + random.nextInt(5)) + "0".repeat(random.nextInt(9));
      }
      default -> {
        timeNanos = (seconds + 1) * 1_000_000_000L;
        yield Long.toString(seconds + 1);
      }
    };
  }

  private String book() {
    int levels = tickerDay.levels();
    List<Long> asks = prices(random.nextInt(levels + 1));
    List<Long> bids = prices(random.nextInt(levels + 1));
    StringBuilder row = new StringBuilder();
    for (int level = 0; level < levels; level++) {
      row.append(level == 0 ? "" : ",")
          .append(level < asks.size() ? occupied(asks.get(level)) : "9999999999,0")
          .append(',')
          .append(
              level < bids.size() ? occupied(bids.get(bids.size() - 1 - level)) : "-9999999999,0");
    }
    return row.toString();
  }

  private List<Long> prices(int count) {
    TreeSet<Long> prices = new TreeSet<>();
    while (prices.size() < count) {
      prices.add(1 + random.nextLong(1L << (1 + random.nextInt(33))));
    }
    return List.copyOf(prices);
  }

  private String occupied(long price) {
    return padded(price) + "," + padded(1 + random.nextInt(Integer.MAX_VALUE));
  }

  /** Zeros in front are unusual and allowed. */
  private String padded(long number) {
    String digits = Long.toString(Math.abs(number));
    int zeros = random.nextInt(20) == 0 ? random.nextInt(19 - digits.length()) : 0;
    return (number < 0 ? "-" : "") + "0".repeat(zeros) + digits;
  }
}
