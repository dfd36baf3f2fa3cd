package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The matching engine in scenes small enough to draw. Prices in cents, two levels published. */
class ExchangeTest {
  private static final long CENT = 100;

  private final List<String> tape = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private Exchange exchange = exchange(false);

  @Test
  void ordersOfOnePriceStandByArrivalAndBetterPricesComeFirst() {
    buy(1, 99, 100);
    buy(2, 99, 50);
    buy(3, 98, 10);
    sell(4, 101, 20);
    assertThat(book(Direction.BUY)).containsExactly("0: 99 #1x100 #2x50", "1: 98 #3x10");
    assertThat(book(Direction.SELL)).containsExactly("0: 101 #4x20");
    assertThat(row()).containsExactly(101L, 20L, 99L, 150L, -1L, 0L, 98L, 10L);
  }

  @Test
  void aMarketableOrderSweepsQueuesAndLevelsAndItsRestIsPosted() {
    sell(1, 101, 100);
    sell(2, 101, 50);
    sell(3, 102, 30);
    sell(4, 104, 10);
    tape.clear();
    buy(5, 103, 200);
    assertThat(tape)
        .containsExactly(
            "4 #1 100@101 sell level 0",
            "4 #2 50@101 sell level 0",
            "4 #3 30@102 sell level 0",
            "1 #5 20@103 buy level 0");
    assertThat(book(Direction.SELL)).containsExactly("0: 104 #4x10");
    assertThat(book(Direction.BUY)).containsExactly("0: 103 #5x20");
  }

  @Test
  void aPartialExecutionLeavesTheRestAtTheHead() {
    buy(1, 99, 100);
    buy(2, 99, 50);
    tape.clear();
    sell(3, 99, 30);
    assertThat(tape).containsExactly("4 #1 30@99 buy level 0");
    assertThat(book(Direction.BUY)).containsExactly("0: 99 #1x70 #2x50");
    assertThat(book(Direction.SELL)).isEmpty();
  }

  @Test
  void aPartialCancelLeavesTheRestInItsPlace() {
    buy(1, 99, 100);
    buy(2, 99, 50);
    tape.clear();
    cancel(1, 40);
    assertThat(tape).containsExactly("2 #1 40@99 buy level 0");
    assertThat(book(Direction.BUY)).containsExactly("0: 99 #1x60 #2x50");
  }

  @Test
  void aDeleteFromTheMiddleOfAQueueClosesTheGap() {
    buy(1, 99, 10);
    buy(2, 99, 20);
    buy(3, 99, 30);
    tape.clear();
    cancel(2, 20);
    assertThat(tape).containsExactly("3 #2 20@99 buy level 0");
    assertThat(book(Direction.BUY)).containsExactly("0: 99 #1x10 #3x30");
    cancel(3, 30);
    buy(4, 99, 40);
    assertThat(book(Direction.BUY)).containsExactly("0: 99 #1x10 #4x40");
  }

  @Test
  void aLevelBeyondTheWindowIsReportedOutOfSightAndComesIntoSightWhenANearerOneGoes() {
    buy(1, 99, 10);
    buy(2, 98, 20);
    tape.clear();
    buy(3, 97, 30);
    assertThat(tape).containsExactly("1 #3 30@97 buy level 2");
    assertThat(row()).containsExactly(-1L, 0L, 99L, 10L, -1L, 0L, 98L, 20L);
    cancel(1, 10);
    assertThat(row()).containsExactly(-1L, 0L, 98L, 20L, -1L, 0L, 97L, 30L);
  }

  @Test
  void aHiddenOrderWithABetterPriceTradesFirstAndLeavesTheRowAlone() {
    sell(1, 102, 100);
    exchange.submitHidden(Direction.SELL, 101 * CENT + 50, 30);
    List<Long> before = row();
    tape.clear();
    buy(2, 102, 20);
    assertThat(tape).containsExactly("5 #0 20@101.50 sell level 0");
    assertThat(row()).isEqualTo(before);
    tape.clear();
    buy(3, 102, 30);
    assertThat(tape).containsExactly("5 #0 10@101.50 sell level 0", "4 #1 20@102 sell level 0");
  }

  @Test
  void aHiddenOrderWaitsBehindDisplayedOnesOfItsPrice() {
    exchange.submitHidden(Direction.BUY, 99 * CENT, 30);
    buy(1, 99, 10);
    tape.clear();
    sell(2, 99, 25);
    assertThat(tape).containsExactly("4 #1 10@99 buy level 0", "5 #0 15@99 buy level 0");
  }

  @Test
  void equalHiddenOrdersTradeByArrivalAndGiveEqualLines() {
    exchange.submitHidden(Direction.BUY, 99 * CENT, 30);
    exchange.submitHidden(Direction.BUY, 98 * CENT, 70);
    exchange.submitHidden(Direction.BUY, 99 * CENT, 30);
    sell(1, 98, 100);
    assertThat(tape)
        .containsExactly(
            "5 #0 30@99 buy level 0", "5 #0 30@99 buy level 0", "5 #0 40@98 buy level 0");
  }

  @Test
  void theFarthestHiddenOrderGoesUnseenWhenThereAreTooMany() {
    for (int i = 0; i <= 32; i++) {
      exchange.submitHidden(Direction.BUY, (60 + i) * CENT, 1);
    }
    sell(1, 1, 33);
    assertThat(tape).hasSize(33).contains("5 #0 1@61 buy level 0", "1 #1 1@1 sell level 0");
  }

  @Test
  void aHiddenOrderThatFindsItsPriceTradesAtOnce() {
    sell(1, 101, 10);
    tape.clear();
    exchange.submitHidden(Direction.BUY, 101 * CENT, 30);
    assertThat(tape).containsExactly("4 #1 10@101 sell level 0");
    sell(2, 101, 20);
    assertThat(tape).contains("5 #0 20@101 buy level 0");
  }

  @Test
  void whereTheSideIsMaskedHiddenExecutionsAreAllReportedAsBuys() {
    exchange = exchange(true);
    exchange.submitHidden(Direction.SELL, 101 * CENT, 30);
    buy(1, 101, 30);
    assertThat(tape).containsExactly("5 #0 30@101 buy level 0");
  }

  @Test
  void crossesAndHaltsLeaveTheBookAsItIs() {
    buy(1, 99, 10);
    sell(2, 101, 10);
    List<Long> before = row();
    tape.clear();
    exchange.openingCross(5000, 100 * CENT);
    exchange.haltTrading();
    exchange.resumeQuoting();
    exchange.resumeTrading();
    exchange.closingCross(6000, 99 * CENT);
    assertThat(tape)
        .containsExactly(
            "6 #-1 5000@100 sell level 0",
            "7 #0 0@-0.01 sell level 0",
            "7 #0 0@0 sell level 0",
            "7 #0 0@0.01 sell level 0",
            "6 #-2 6000@99 sell level 0");
    assertThat(row()).isEqualTo(before);
  }

  @Test
  void nothingTradesBetweenAHaltAndTheResumeOfTrading() {
    exchange.submitHidden(Direction.SELL, 100 * CENT, 10);
    sell(1, 101, 10);
    exchange.haltTrading();
    exchange.resumeQuoting();
    buy(2, 100, 10);
    assertThat(book(Direction.BUY)).as("no hidden order is left").containsExactly("0: 100 #2x10");
    assertThatThrownBy(() -> buy(3, 101, 10)).isInstanceOf(IllegalStateException.class);
    exchange.resumeTrading();
    tape.clear();
    buy(4, 101, 10);
    assertThat(tape).containsExactly("4 #1 10@101 sell level 0");
  }

  @Test
  void anOrderIsCutOffWhereTheTapeHasNoMoreRoom() {
    sell(1, 101, 10);
    sell(2, 101, 10);
    tape.clear();
    room = 1;
    buy(3, 102, 100);
    assertThat(tape).containsExactly("4 #1 10@101 sell level 0");
    assertThat(book(Direction.BUY)).isEmpty();
    exchange.submitHidden(Direction.BUY, 101 * CENT, 5);
    room = Integer.MAX_VALUE;
    sell(4, 101, 5);
    assertThat(book(Direction.SELL)).containsExactly("0: 101 #2x10 #4x5");
  }

  @Test
  void theBookGrowsAsFarAsItMust() {
    for (int i = 0; i < 1000; i++) {
      buy(i, 50 + i % 40, 1 + i);
    }
    assertThat(exchange.restingOrders()).isEqualTo(1000);
    assertThat(book(Direction.BUY)).hasSize(40);
    assertThat(book(Direction.BUY).get(0)).startsWith("0: 89 #39x40 #79x80 #119x120 ");
  }

  private Exchange exchange(boolean hiddenSideMasked) {
    Listing listing = Listing.of("TEST", 100 * 100, Activity.BUSY);
    Tape recorder =
        new Tape() {
          @Override
          public boolean hasRoom() {
            return tape.size() < room;
          }

          @Override
          public void event(
              byte type, long orderId, long size, long priceTicks, byte direction, int level) {
            String side = direction == Direction.BUY ? "buy" : "sell";
            tape.add(
                type
                    + " #"
                    + orderId
                    + " "
                    + size
                    + "@"
                    + cents(priceTicks)
                    + " "
                    + side
                    + " level "
                    + level);
          }
        };
    return new Exchange(listing, 2, hiddenSideMasked, recorder);
  }

  private void buy(long orderId, long cents, long size) {
    exchange.submit(orderId, Direction.BUY, cents * CENT, size);
  }

  private void sell(long orderId, long cents, long size) {
    exchange.submit(orderId, Direction.SELL, cents * CENT, size);
  }

  private void cancel(long orderId, long size) {
    // The pool hands out its indexes in order, and these scenes number their orders from 1.
    exchange.cancel((int) orderId - 1, size);
  }

  private List<String> book(byte direction) {
    List<String> levels = new ArrayList<>();
    exchange.forEachOrder(
        direction,
        Integer.MAX_VALUE,
        (level, priceTicks, orderId, size, entryTimeNanos) -> {
          if (levels.size() == level) {
            levels.add(level + ": " + cents(priceTicks));
          }
          levels.set(level, levels.get(level) + " #" + orderId + "x" + size);
        });
    return levels;
  }

  /** The published row with prices in cents, -1 where a level is empty. */
  private List<Long> row() {
    List<Long> row = new ArrayList<>();
    for (int column = 0; column < exchange.row().length; column++) {
      long value = exchange.row()[column];
      boolean price = column % 2 == 0;
      row.add(price ? (exchange.row()[column + 1] == 0 ? -1 : value / CENT) : value);
    }
    return row;
  }

  private static String cents(long priceTicks) {
    return priceTicks % CENT == 0
        ? String.valueOf(priceTicks / CENT)
        : String.format(Locale.ROOT, "%.2f", priceTicks / (double) CENT);
  }
}
