package io.booklake.book;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.PairReader;
import io.booklake.model.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A whole ticker-day in memory: simple, and only for tests. */
final class Day {

  /**
   * One event with the row after it.
   *
   * @param source index of the event in the day that this one was cut from
   * @param askPrices best first, as published, with the placeholders of empty levels
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and boxed rows would not fit
  record Event(
      int source,
      long timeNanos,
      byte type,
      long orderId,
      long size,
      long price,
      byte direction,
      long[] askPrices,
      long[] askSizes,
      long[] bidPrices,
      long[] bidSizes) {

    long[] prices(byte side) {
      return side > 0 ? bidPrices : askPrices;
    }

    long[] sizes(byte side) {
      return side > 0 ? bidSizes : askSizes;
    }

    private boolean sameTop(Event other, int levels) {
      return sameTop(askPrices, other.askPrices, levels)
          && sameTop(askSizes, other.askSizes, levels)
          && sameTop(bidPrices, other.bidPrices, levels)
          && sameTop(bidSizes, other.bidSizes, levels);
    }

    private static boolean sameTop(long[] a, long[] b, int levels) {
      return Arrays.equals(a, 0, levels, b, 0, levels);
    }

    private boolean isSame(Event other, int level) {
      return askPrices[level] == other.askPrices[level]
          && askSizes[level] == other.askSizes[level]
          && bidPrices[level] == other.bidPrices[level]
          && bidSizes[level] == other.bidSizes[level];
    }

    private Event top(int levels, int index) {
      return new Event(
          index,
          timeNanos,
          type,
          orderId,
          size,
          price,
          direction,
          Arrays.copyOf(askPrices, levels),
          Arrays.copyOf(askSizes, levels),
          Arrays.copyOf(bidPrices, levels),
          Arrays.copyOf(bidSizes, levels));
    }
  }

  final int levels;
  final List<Event> events = new ArrayList<>();

  Day(int levels) {
    this.levels = levels;
  }

  static Day read(PairReader reader) throws IOException {
    EventBatch batch = reader.newBatch();
    Day day = new Day(batch.levels);
    while (reader.read(batch)) {
      day.add(batch);
    }
    return day;
  }

  void add(EventBatch batch) {
    for (int row = 0; row < batch.rows; row++) {
      events.add(
          new Event(
              events.size(),
              batch.timeNanos[row],
              batch.type[row],
              batch.orderId[row],
              batch.size[row],
              batch.price[row],
              batch.direction[row],
              column(batch.askPrice, row),
              column(batch.askSize, row),
              column(batch.bidPrice, row),
              column(batch.bidSize, row)));
    }
  }

  private static long[] column(long[][] columns, int row) {
    return Arrays.stream(columns).mapToLong(column -> column[row]).toArray();
  }

  /**
   * The day as a pair of fewer levels holds it: the events that touch the top levels before or
   * after, and those that touch no level of any depth (types 5, 6, 7).
   */
  Day cut(int fewerLevels) {
    Day cut = new Day(fewerLevels);
    Event before = null;
    int index = 0;
    for (Event event : events) {
      if (before == null || event.type >= 5 || !event.sameTop(before, fewerLevels)) {
        cut.events.add(event.top(fewerLevels, index));
      }
      before = event;
      index++;
    }
    return cut;
  }

  /** Hands the day over in batches of {@code capacity}, one batch object filled again and again. */
  void batches(int capacity, Consumer<EventBatch> consumer) {
    EventBatch batch = new EventBatch(levels, capacity);
    for (int first = 0; first < events.size(); first += capacity) {
      batch.firstIndex = first;
      batch.rows = Math.min(capacity, events.size() - first);
      for (int row = 0; row < batch.rows; row++) {
        fill(batch, row, events.get(first + row));
        hint(batch, row, first + row);
      }
      consumer.accept(batch);
    }
  }

  /** Of two rows in three, says which levels differ from the row before; of the others, nothing. */
  private void hint(EventBatch batch, int row, int index) {
    int from = 0;
    int to = levels;
    if (index % 3 > 0) {
      Event event = events.get(index);
      Event before = events.get(index - 1);
      while (from < levels && event.sameTop(before, from + 1)) {
        from++;
      }
      while (to > from && event.isSame(before, to - 1)) {
        to--;
      }
    }
    batch.changedFrom[row] = from;
    batch.changedTo[row] = to;
  }

  private void fill(EventBatch batch, int row, Event event) {
    batch.timeNanos[row] = event.timeNanos;
    batch.type[row] = event.type;
    batch.orderId[row] = event.orderId;
    batch.size[row] = event.size;
    batch.price[row] = event.price;
    batch.direction[row] = event.direction;
    for (int level = 0; level < levels; level++) {
      batch.askPrice[level][row] = event.askPrices[level];
      batch.askSize[level][row] = event.askSizes[level];
      batch.bidPrice[level][row] = event.bidPrices[level];
      batch.bidSize[level][row] = event.bidSizes[level];
    }
  }

  /** Prices of a row with fewer occupied levels than it has room for. */
  static long[] padded(byte side, int levels, long... prices) {
    long[] padded = Arrays.copyOf(prices, levels);
    Arrays.fill(padded, prices.length, levels, side > 0 ? Price.EMPTY_BID : Price.EMPTY_ASK);
    return padded;
  }
}
