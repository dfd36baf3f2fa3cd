package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BookReplayTest {
  private static final byte BUY = 1;

  private final BookReplay replay = new BookReplay();

  @Test
  void aReducedOrderKeepsItsPlaceAndItsOrigin() {
    replay.apply(Action.ADD, 8, BUY, 99, 50, 50, Origin.MESSAGE);
    replay.apply(Action.ADD, 5, BUY, 99, 100, 100, Origin.INFERRED);
    replay.apply(Action.REDUCE, 5, BUY, 99, -30, 70, Origin.MESSAGE);

    assertThat(replay.queue(BUY, 99))
        .containsExactly(
            new BookReplay.Order(5, BUY, 99, 70, Origin.INFERRED),
            new BookReplay.Order(8, BUY, 99, 50, Origin.MESSAGE));
    assertThat(replay.queue((byte) -1, 99)).isEmpty();
  }

  @Test
  void aRemovedOrderIsGone() {
    replay.place(new BookReplay.Order(5, (byte) -1, 101, 100, Origin.MESSAGE));
    replay.apply(Action.REMOVE, 5, (byte) -1, 101, -100, 0, Origin.EXPIRED);

    assertThat(replay.orders()).isEmpty();
    assertThat(replay.queue((byte) -1, 101)).isEmpty();
  }

  @Test
  void aChangeThatDoesNotFitIsRefused() {
    replay.apply(Action.ADD, 5, BUY, 99, 100, 100, Origin.MESSAGE);

    assertThatThrownBy(() -> replay.apply(Action.ADD, 5, BUY, 99, 10, 110, Origin.MESSAGE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add of order 5 by 10 to 110");
    assertThatThrownBy(() -> replay.apply(Action.REDUCE, 5, BUY, 99, -10, 80, Origin.MESSAGE))
        .hasMessageContaining("size=100");
    assertThatThrownBy(() -> replay.apply(Action.REMOVE, 6, BUY, 99, -10, 0, Origin.MESSAGE))
        .hasMessageContaining("no such order");
    assertThatThrownBy(() -> replay.place(new BookReplay.Order(5, BUY, 99, 1, Origin.MESSAGE)))
        .hasMessageContaining("order 5 is in the book already");
  }
}
