package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.Price;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Books are drawn as {@code bids | asks}, each {@code price:size}, the best levels in the middle:
 * {@code 98:5 99:10 | 101:7 102:3}.
 */
class TransitionCheckTest {
  private static final int BUY = 1;
  private static final int SELL = -1;
  private static final String BOOK = "97:4 98:5 99:10 | 101:7 102:3 103:8";

  @Test
  void aNewOrderAtAPriceOfTheBookAddsToItsSize() {
    follows(BOOK, 1, 98, 20, BUY, "97:4 98:25 99:10 | 101:7 102:3 103:8");
    follows(BOOK, 1, 103, 2, SELL, "97:4 98:5 99:10 | 101:7 102:3 103:10");
    breaks(BOOK, 1, 98, 20, BUY, "97:4 98:24 99:10 | 101:7 102:3 103:8");
    breaks(BOOK, 1, 98, 20, BUY, BOOK);
  }

  @Test
  void aNewOrderAtANewPricePushesTheLevelsBehindItAndTheLastOutOfSight() {
    follows(BOOK, 1, 100, 6, BUY, "98:5 99:10 100:6 | 101:7 102:3 103:8");
    follows(BOOK, 1, 100, 6, SELL, "97:4 98:5 99:10 | 100:6 101:7 102:3");
    follows(
        "96:4 98:5 99:10 | 101:7 102:3 103:8",
        1,
        97,
        6,
        BUY,
        "97:6 98:5 99:10 | 101:7 102:3 103:8");
    breaks(BOOK, 1, 100, 6, BUY, "97:4 99:10 100:6 | 101:7 102:3 103:8");
    breaks(BOOK, 1, 100, 6, BUY, "98:5 99:10 100:7 | 101:7 102:3 103:8");
    breaks(BOOK, 1, 100, 6, SELL, "97:4 98:5 99:10 | 99:6 101:7 102:3");
  }

  @Test
  void aNewOrderFillsAnEmptyLevel() {
    follows("| 101:7", 1, 99, 6, BUY, "99:6 | 101:7");
    follows("99:6 | 101:7", 1, 104, 6, SELL, "99:6 | 101:7 104:6");
    follows("|", 1, 104, 6, SELL, "| 104:6");
  }

  @Test
  void aNewOrderBehindTheWindowChangesNothing() {
    follows(BOOK, 1, 96, 6, BUY, BOOK);
    follows(BOOK, 1, 104, 6, SELL, BOOK);
    breaks(BOOK, 1, 104, 6, SELL, "97:4 98:5 99:10 | 101:7 102:3 103:14");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void whatIsTakenAwayLeavesTheRestInItsPlace(int type) {
    follows(BOOK, type, 99, 4, BUY, "97:4 98:5 99:6 | 101:7 102:3 103:8");
    follows(BOOK, type, 103, 7, SELL, "97:4 98:5 99:10 | 101:7 102:3 103:1");
    breaks(BOOK, type, 99, 4, BUY, "97:4 98:5 99:7 | 101:7 102:3 103:8");
    breaks(BOOK, type, 99, 4, BUY, "97:4 98:6 99:6 | 101:7 102:3 103:8");
    breaks(BOOK, type, 99, 4, BUY, "96:4 98:5 99:6 | 101:7 102:3 103:8");
    breaks(BOOK, type, 98, 4, BUY, "97:4 98:1 100:10 | 101:7 102:3 103:8");
    breaks(BOOK, type, 98, 4, BUY, "96:4 98:1 99:10 | 101:7 102:3 103:8");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void whenALevelEmptiesTheOnesBehindItComeNearerAndAnyLevelMayAppearAtTheEdge(int type) {
    follows(BOOK, type, 99, 10, BUY, "90:77 97:4 98:5 | 101:7 102:3 103:8");
    follows(BOOK, type, 102, 3, SELL, "97:4 98:5 99:10 | 101:7 103:8 250:1");
    follows(BOOK, type, 103, 8, SELL, "97:4 98:5 99:10 | 101:7 102:3 104:9");
    follows(BOOK, type, 101, 7, SELL, "97:4 98:5 99:10 | 102:3 103:8");
    breaks(BOOK, type, 99, 10, BUY, "90:77 97:4 98:6 | 101:7 102:3 103:8");
    breaks(BOOK, type, 102, 3, SELL, "97:4 98:5 99:10 | 101:6 103:8 250:1");
    breaks(BOOK, type, 102, 3, SELL, BOOK);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void nothingCanBeTakenFromWhatIsNotThere(int type) {
    breaks(BOOK, type, 100, 1, BUY, BOOK);
    breaks(BOOK, type, 96, 1, BUY, BOOK);
    breaks(BOOK, type, 104, 1, SELL, BOOK);
    breaks(BOOK, type, 99, 11, BUY, "97:4 98:5 | 101:7 102:3 103:8");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theOtherSideStays(int type) {
    breaks(BOOK, type, 99, 1, BUY, "97:4 98:5 99:10 | 101:8 102:3 103:8");
    breaks(BOOK, type, 99, 1, SELL, "97:4 98:5 99:9 | 101:7 102:3 103:8");
    breaks(BOOK, type, 99, 1, BUY, "97:4 98:5 99:9 | 101:7 102:3 104:8");
    breaks(BOOK, type, 101, 1, SELL, "97:4 98:5 99:9 | 101:6 102:3 103:8");
    breaks(BOOK, type, 101, 1, SELL, "97:4 98:5 99:11 | 101:8 102:3 103:8");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void hiddenExecutionsCrossesAndHaltsLeaveTheBookAsItWas(int type) {
    for (int direction : new int[] {BUY, 0, SELL}) {
      follows(BOOK, type, 99, 3, direction, BOOK);
      breaks(BOOK, type, 99, 3, direction, "97:4 98:5 99:7 | 101:7 102:3 103:8");
      breaks(BOOK, type, 99, 3, direction, "97:4 98:5 99:10 | 101:7 102:3 103:9");
    }
  }

  @Test
  void theFirstRowIsHeldAgainstNothingAndTheFirstBrokenOneIsRemembered() {
    EventBatch batch = new EventBatch(3);
    batch.firstIndex = 5_000;
    TransitionCheck check = new TransitionCheck(3);
    String[] books = {BOOK, BOOK, "99:1 | 101:1", "99:1 | 101:1", BOOK};
    for (int row = 0; row < books.length; row++) {
      event(batch, row, 5, 99, 1, BUY);
      draw(batch, row, books[row]);
    }
    batch.rows = books.length;
    check.add(batch);
    assertThat(check.broken()).isEqualTo(2);
    assertThat(check.firstBrokenIndex()).isEqualTo(5_002);
  }

  private static void follows(
      String before, int type, long price, long size, int direction, String after) {
    assertThat(broken(before, type, price, size, direction, after)).isZero();
  }

  private static void breaks(
      String before, int type, long price, long size, int direction, String after) {
    assertThat(broken(before, type, price, size, direction, after)).isOne();
  }

  private static long broken(
      String before, int type, long price, long size, int direction, String after) {
    EventBatch both = new EventBatch(3);
    both.rows = 2;
    draw(both, 0, before);
    event(both, 1, type, price, size, direction);
    draw(both, 1, after);
    long broken = broken(both);
    narrow(both, 1);
    assertThat(broken(both)).as("with what the reader knows").isEqualTo(broken);

    EventBatch first = new EventBatch(3);
    first.rows = 1;
    draw(first, 0, before);
    EventBatch second = new EventBatch(3);
    second.rows = 1;
    event(second, 0, type, price, size, direction);
    draw(second, 0, after);
    second.changedFrom[0] = both.changedFrom[1];
    second.changedTo[0] = both.changedTo[1];
    assertThat(broken(first, second)).as("over two batches").isEqualTo(broken);
    return broken;
  }

  private static long broken(EventBatch... batches) {
    TransitionCheck check = new TransitionCheck(3);
    for (EventBatch batch : batches) {
      check.add(batch);
    }
    return check.broken();
  }

  /** Says of a row which levels differ from the row before, and no more. */
  private static void narrow(EventBatch batch, int row) {
    int from = 0;
    int to = batch.levels;
    while (from < to && isSame(batch, row, from)) {
      from++;
    }
    while (to > from && isSame(batch, row, to - 1)) {
      to--;
    }
    batch.changedFrom[row] = from;
    batch.changedTo[row] = to;
  }

  private static boolean isSame(EventBatch batch, int row, int level) {
    return Stream.of(batch.askPrice, batch.askSize, batch.bidPrice, batch.bidSize)
        .allMatch(column -> column[level][row] == column[level][row - 1]);
  }

  private static void event(
      EventBatch batch, int row, int type, long price, long size, int direction) {
    batch.type[row] = (byte) type;
    batch.price[row] = price;
    batch.size[row] = size;
    batch.direction[row] = (byte) direction;
  }

  private static void draw(EventBatch batch, int row, String book) {
    int middle = book.indexOf('|');
    String[] bids = book.substring(0, middle).strip().split(" ", -1);
    String[] asks = book.substring(middle + 1).strip().split(" ", -1);
    for (int level = 0; level < batch.levels; level++) {
      set(batch.askPrice, batch.askSize, level, row, asks, level, Price.EMPTY_ASK);
      set(
          batch.bidPrice,
          batch.bidSize,
          level,
          row,
          bids,
          bids.length - 1 - level,
          Price.EMPTY_BID);
    }
  }

  private static void set(
      long[][] prices, long[][] sizes, int level, int row, String[] side, int at, long empty) {
    boolean occupied = at >= 0 && at < side.length && !side[at].isEmpty();
    String[] parts = occupied ? side[at].split(":", -1) : null;
    prices[level][row] = occupied ? Long.parseLong(parts[0]) : empty;
    sizes[level][row] = occupied ? Long.parseLong(parts[1]) : 0;
  }
}
