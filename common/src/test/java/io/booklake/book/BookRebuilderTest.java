package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class BookRebuilderTest {

  @Test
  void aNumberThatIsSubmittedAgainOnTheOtherSideOfItsPriceIsThere() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     7 sell 100 @ 99 | 98x10 | 99x100
            2 delete  7 sell 100 @ 99 | 98x10 | 101x20
            3 new     7 buy   50 @ 99 | 99x50 | 101x20
            """);

    assertThat(DrawnDay.book(day, 0)).isEqualTo("98: ?10, 99: #7x100");
    assertThat(DrawnDay.book(day, 2)).isEqualTo("99: #7x50, 101: ?20");
    assertThat(day.lives)
        .extracting(Recording.Life::direction)
        .containsExactlyInAnyOrder((byte) -1, (byte) 1);
  }

  @Test
  void anOrderSeenComingIsFollowedToItsEnd() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     7 buy 100 @ 99 | 99x150 | 101x20
            2 cancel  7 buy  30 @ 99 | 99x120 | 101x20
            3 new     8 buy  10 @ 99 | 99x130 | 101x20
            4 delete  7 buy  70 @ 99 | 99x60  | 101x20
            """);

    assertThat(DrawnDay.book(day, 0)).isEqualTo("99: ?50 #7x100, 101: ?20");
    assertThat(DrawnDay.book(day, 2)).isEqualTo("99: ?50 #7x70 #8x10, 101: ?20");
    assertThat(DrawnDay.book(day, 3)).isEqualTo("99: ?50 #8x10, 101: ?20");
    assertThat(day.changes)
        .extracting(Recording.Change::action, Recording.Change::sizeChange)
        .containsExactly(
            Tuple.tuple(Action.ADD, 100L),
            Tuple.tuple(Action.REDUCE, -30L),
            Tuple.tuple(Action.ADD, 10L),
            Tuple.tuple(Action.REMOVE, -70L));
    assertThat(day.lives)
        .containsExactly(
            new Recording.Life(
                7,
                (byte) 1,
                99,
                0,
                1_000_000_000L,
                3,
                4_000_000_000L,
                100,
                0,
                100,
                50,
                ExitReason.CANCELLED,
                Origin.MESSAGE),
            new Recording.Life(
                8,
                (byte) 1,
                99,
                2,
                3_000_000_000L,
                -1,
                -1,
                10,
                0,
                0,
                120,
                ExitReason.OPEN,
                Origin.MESSAGE));
  }

  @Test
  void aPartialExecutionLeavesTheRestAtTheHead() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     7 sell 100 @ 101 | 99x10 | 101x100
            2 new     8 sell  50 @ 101 | 99x10 | 101x150
            3 execute 7 sell  40 @ 101 | 99x10 | 101x110
            4 execute 7 sell  60 @ 101 | 99x10 | 101x50
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("99: ?10, 101: #7x60 #8x50");
    assertThat(day.fidelity.fifoExceptions()).isZero();
    assertThat(day.lives.get(0).exitReason()).isEqualTo(ExitReason.EXECUTED);
    assertThat(day.lives.get(0).filled()).isEqualTo(100);
  }

  @Test
  void anOrderThatIsNeverSubmittedComesBeforeTheFirstLargerNumber() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    4 buy  10 @ 98 | 98x50  | 101x20
            2 new    9 buy  10 @ 98 | 98x60  | 101x20
            3 delete 5 buy  20 @ 98 | 98x40  | 101x20
            4 delete 2 buy  15 @ 98 | 98x25  | 101x20
            """);

    assertThat(DrawnDay.book(day, 0)).isEqualTo("98: ?25 #2x15 #4x10, 101: ?20");
    assertThat(DrawnDay.book(day, 1)).isEqualTo("98: ?5 #2x15 #4x10 #5x20 #9x10, 101: ?20");
    assertThat(day.fidelity.inferredOrders()).isEqualTo(2);
    assertThat(day.lives)
        .filteredOn(life -> life.orderId() == 5)
        .singleElement()
        .returns(1L, Recording.Life::entryIndex)
        .returns(2_000_000_000L, Recording.Life::entryTimeNanos)
        .returns(20L, Recording.Life::entrySize)
        .returns(OrderSink.UNKNOWN, Recording.Life::queueAhead)
        .returns(Origin.INFERRED, Recording.Life::origin);
  }

  @Test
  void anInferredOrderWaitsWhileThePublishedSizeHasNoRoomForIt() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    9 buy 10 @ 98 | 98x10 | 101x20
            2 new   10 buy 10 @ 99 | 99x10 | 101x20
            3 delete 10 buy 10 @ 99 | 98x30 | 101x20
            4 delete 5 buy 20 @ 98 | 98x10 | 101x20
            """);

    assertThat(DrawnDay.book(day, 0)).isEqualTo("98: #9x10, 101: ?20");
    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: #5x20 #9x10~, 101: ?20");
    assertThat(day.fidelity.overAttributions()).isZero();
  }

  @Test
  void anOrderOutOfSightIsKeptIfALaterMessageProvesItAliveAndDroppedIfNot() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1  new    7 buy 100 @ 98 | 98x100 | 101x20
            2  new    8 buy  50 @ 98 | 98x150 | 101x20
            3  new    9 buy  10 @ 99 | 99x10  | 101x20
            40 delete 9 buy  10 @ 99 | 98x120 | 101x20
            41 delete 7 buy 100 @ 98 | 98x20  | 101x20
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("99: #9x10, (far) 98: #7x100, 101: ?20");
    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: ?20 #7x100, 101: ?20");
    assertThat(day.fidelity.expiredOrders()).isEqualTo(1);
    assertThat(day.lives)
        .filteredOn(life -> life.orderId() == 8)
        .singleElement()
        .returns(ExitReason.LOST, Recording.Life::exitReason)
        .returns(2L, Recording.Life::exitIndex);
  }

  @Test
  void droppedOrdersAreTakenBackIfTheSizeIsExactlyWhatItWas() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1  new    7 buy 100 @ 98 | 98x130 | 101x20
            2  new    8 buy  50 @ 98 | 98x180 | 101x20
            3  new    9 buy  10 @ 99 | 99x10  | 101x20
            13 delete 9 buy  10 @ 99 | 98x180 | 101x20
            """);

    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: ?30 #7x100~ #8x50~, 101: ?20");
    assertThat(day.fidelity.revalidatedOrders()).isEqualTo(2);
    assertThat(day.lives)
        .filteredOn(life -> life.orderId() == 7)
        .singleElement()
        .returns(ExitReason.OPEN, Recording.Life::exitReason);
  }

  @Test
  void droppedOrdersAreTakenBackIfExactlyOneOfThemIsMissing() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1  new    7 buy 100 @ 98 | 98x100 | 101x20
            2  new    8 buy  50 @ 98 | 98x150 | 101x20
            3  new    9 buy  10 @ 99 | 99x10  | 101x20
            4  delete 9 buy  10 @ 99 | 98x50  | 101x20
            """);

    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: #8x50~, 101: ?20");
    assertThat(day.lives)
        .filteredOn(life -> life.orderId() == 7)
        .singleElement()
        .returns(ExitReason.LOST, Recording.Life::exitReason)
        .returns(2L, Recording.Life::exitIndex);
  }

  @Test
  void itIsNotGuessedWhichOfTwoEqualOrdersIsMissing() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1  new    7 buy  50 @ 98 | 98x50  | 101x20
            2  new    8 buy  50 @ 98 | 98x100 | 101x20
            3  new    9 buy  10 @ 99 | 99x10  | 101x20
            4  delete 9 buy  10 @ 99 | 98x50  | 101x20
            """);

    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: ?50, 101: ?20");
  }

  @Test
  void aSizeThatFitsAfterTooLongIsNoEvidence() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1  new    7 buy 150 @ 98 | 98x150 | 101x20
            2  new    9 buy  10 @ 99 | 99x10  | 101x20
            13 delete 9 buy  10 @ 99 | 98x150 | 101x20
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: ?150, 101: ?20");
  }

  @Test
  void aLoneRoundLotIsTakenBackAfterFewEventsOnly() {
    StringBuilder drawing = new StringBuilder("1 new 7 buy 100 @ 98 | 98x100 | 101x20\n");
    drawing.append("2 new 8 buy 10 @ 99 | 99x10 | 101x20\n");
    for (int event = 0; event < 20; event++) {
      drawing.append("3 hidden 0 buy 5 @ 100 | 99x10 | 101x20\n");
    }
    String soon = drawing + "4 delete 8 buy 10 @ 99 | 98x100 | 101x20\n";
    String late =
        soon.replaceFirst("3 hidden", "3 hidden 0 buy 5 @ 100 | 99x10 | 101x20\n3 hidden");

    assertThat(DrawnDay.book(DrawnDay.rebuilt(1, soon.replaceFirst("3 hidden.*\n", "")), 21))
        .isEqualTo("98: #7x100~, 101: ?20");
    assertThat(DrawnDay.book(DrawnDay.rebuilt(1, late), 23)).isEqualTo("98: ?100, 101: ?20");
  }

  @Test
  void aPriceThatComesBackEmptyEndsTheHopeForItsDroppedOrders() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    7 buy 90 @ 98 | 98x90  | 101x20
            2 new    9 buy 10 @ 99 | 99x10  | 101x20
            3 delete 9 buy 10 @ 99 | 97x100 | 101x20
            4 new   10 buy 50 @ 98 | 98x140 | 101x20
            """);

    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: ?90 #10x50, 101: ?20");
    assertThat(day.fidelity.overAttributions()).isZero();
  }

  @Test
  void anOrderThatShrankUnseenHasTheSizeThatItsDeleteTells() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    7 buy 100 @ 98 | 98x130 | 101x20
            2 new    9 buy  10 @ 99 | 99x10  | 101x20
            3 delete 9 buy  10 @ 99 | 98x90  | 101x20
            4 delete 7 buy  60 @ 98 | 98x30  | 101x20
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: ?30 #7x60, 101: ?20");
    assertThat(day.changes)
        .filteredOn(change -> change.origin() == Origin.INFERRED)
        .singleElement()
        .returns(Action.REDUCE, Recording.Change::action)
        .returns(-40L, Recording.Change::sizeChange);
    assertThat(day.fidelity.unmatchedDeletes()).isZero();
  }

  @Test
  void aProbableOrderYieldsToOneThatIsProven() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    7 buy 150 @ 98  | 98x150 | 101x20
            2 new    9 buy  10 @ 99  | 99x10  | 101x20
            3 delete 9 buy  10 @ 99  | 98x150 | 101x20
            4 new   20 sell 10 @ 101 | 98x150 | 101x30
            5 delete 8 buy 150 @ 98  | 97x1   | 101x30
            """);

    assertThat(DrawnDay.book(day, 0)).isEqualTo("98: #7x150, 101: ?20");
    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: #8x150, 101: ?20");
    assertThat(day.fidelity.overAttributions()).isZero();
  }

  @Test
  void whatIsPublishedTooLittleIsTakenFromTheNewestUncertainOrder() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    6 buy  40 @ 98 | 98x40  | 101x20
            2 new    7 buy 100 @ 98 | 98x140 | 101x20
            3 new    8 buy  30 @ 98 | 98x170 | 101x20
            4 new    9 buy  10 @ 99 | 99x10  | 101x20
            5 delete 9 buy  10 @ 99 | 98x170 | 101x20
            6 halt   0 buy   0 @ -1 | 98x150 | 101x20
            7 halt   0 buy   0 @ -1 | 98x135 | 101x20
            8 delete 6 buy  40 @ 98 | 98x95  | 101x20
            """);

    assertThat(DrawnDay.book(day, 4)).isEqualTo("98: #6x40 #7x100~ #8x30~, 101: ?20");
    assertThat(DrawnDay.book(day, 5)).isEqualTo("98: #6x40 #7x100~ #8x10~, 101: ?20");
    assertThat(DrawnDay.book(day, 6)).isEqualTo("98: #6x40 #7x95~, 101: ?20");
    assertThat(day.fidelity.overAttributions()).isEqualTo(2);
    assertThat(day.lives)
        .filteredOn(life -> life.orderId() == 8)
        .singleElement()
        .returns(ExitReason.REPAIRED, Recording.Life::exitReason);
  }

  @Test
  void aRepairTakesWhatNoLaterEventNeedsBeforeItTakesTheRest() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     6 buy 100 @ 98 | 98x100 | 101x20
            2 new     7 buy  10 @ 98 | 98x110 | 101x20
            3 halt    0 buy   0 @ -1 | 98x60  | 101x20
            4 halt    0 buy   0 @ -1 | 98x20  | 101x20
            5 execute 6 buy  30 @ 98 | 97x1   | 101x20
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: #6x50 #7x10, 101: ?20");
    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: #6x20, 101: ?20");
    assertThat(day.fidelity.unmatchedReductions()).isEqualTo(1);
  }

  @Test
  void aRepairTakesAnOrderThatNoLaterMessageSpeaksOfBeforeANewerOneThatIsDeletedLater() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    6 buy  40 @ 98 | 98x40  | 101x20
            2 new    7 buy 100 @ 98 | 98x140 | 101x20
            3 halt   0 buy   0 @ -1 | 98x100 | 101x20
            4 delete 7 buy 100 @ 98 | 97x1   | 101x20
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: #7x100, 101: ?20");
    assertThat(day.fidelity.unmatchedDeletes()).isZero();
    assertThat(day.lives)
        .extracting(Recording.Life::orderId, Recording.Life::exitReason)
        .containsExactly(
            Tuple.tuple(6L, ExitReason.REPAIRED), Tuple.tuple(7L, ExitReason.CANCELLED));
  }

  @Test
  void whereThereIsRoomForOneOfTheWaitingTheOldestComesFirst() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    5 buy   1 @ 98 | 98x1   | 101x20
            2 new    6 buy 100 @ 98 | 98x101 | 101x20
            3 new    7 buy 100 @ 98 | 98x201 | 101x20
            4 halt   0 buy   0 @ -1 | 98x1   | 101x20
            5 halt   0 buy   0 @ -1 | 98x101 | 101x20
            6 halt   0 buy   0 @ -1 | 98x201 | 101x20
            7 delete 7 buy 100 @ 98 | 98x101 | 101x20
            8 delete 6 buy 100 @ 98 | 98x1   | 101x20
            9 delete 5 buy   1 @ 98 | 97x1   | 101x20
            """);

    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: #5x1, 101: ?20");
    assertThat(DrawnDay.book(day, 4)).isEqualTo("98: #5x1 #6x100, 101: ?20");
    assertThat(DrawnDay.book(day, 5)).isEqualTo("98: #5x1 #6x100 #7x100, 101: ?20");
  }

  @Test
  void anOrderThatCannotBeThereYetComesBackWithTheMessageThatNamesIt() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     6 buy 100 @ 98 | 98x100 | 101x20
            2 halt    0 buy   0 @ -1 | 97x5   | 101x20
            3 execute 6 buy  40 @ 98 | 98x60  | 101x20
            """);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("97: ?5, 101: ?20");
    assertThat(DrawnDay.book(day, 2)).isEqualTo("98: #6x60, 101: ?20");
    assertThat(day.fidelity.overAttributions()).isEqualTo(1);
    assertThat(day.fidelity.unknownReferences()).isZero();
  }

  @Test
  void anExecutionBehindTheHeadIsCountedAndSpeaksAgainstProbableOrders() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     6 buy  50 @ 98 | 98x50  | 101x20
            2 new     7 buy  70 @ 98 | 98x120 | 101x20
            3 new     8 buy  30 @ 98 | 98x150 | 101x20
            4 new     9 buy  10 @ 99 | 99x10  | 101x20
            5 delete  9 buy  10 @ 99 | 98x150 | 101x20
            6 execute 8 buy   5 @ 98 | 98x145 | 101x20
            7 delete  6 buy  50 @ 98 | 98x95  | 101x20
            """);

    assertThat(DrawnDay.book(day, 4)).isEqualTo("98: #6x50 #7x70~ #8x30, 101: ?20");
    assertThat(DrawnDay.book(day, 5)).isEqualTo("98: ?70 #6x50 #8x25, 101: ?20");
    assertThat(day.fidelity.fifoExceptions()).isEqualTo(1);
    assertThat(day.fidelity.visibleExecutions()).isEqualTo(1);
  }

  @Test
  void anExecutionSpeaksAgainstOlderDroppedOrdersTooButNotAgainstYoungerOnes() {
    String drawing =
        """
        1  new     %1$d buy  50 @ 98 | 98x50  | 101x20
        2  new     %2$d buy  30 @ 98 | 98x80  | 101x20
        3  new     9 buy  10 @ 99 | 99x10  | 101x20
        4  delete  9 buy  10 @ 99 | 98x105 | 101x20
        5  execute %2$d buy  30 @ 98 | 98x50  | 101x20
        """;
    Recording older = DrawnDay.rebuilt(1, drawing.formatted(6, 7));
    Recording younger = DrawnDay.rebuilt(1, drawing.formatted(8, 7));

    assertThat(DrawnDay.book(older, 4)).isEqualTo("98: ?50, 101: ?20");
    assertThat(DrawnDay.book(younger, 4)).isEqualTo("98: #8x50~, 101: ?20");
    assertThat(older.lives)
        .filteredOn(life -> life.orderId() == 6)
        .singleElement()
        .returns(ExitReason.LOST, Recording.Life::exitReason);
  }

  @Test
  void aDeleteOfAnotherSizeIsCountedAndThePublishedRowIsTrusted() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new    7 buy 100 @ 99 | 99x100 | 101x20
            2 delete 7 buy  60 @ 99 | 99x40  | 101x20
            3 new    8 buy  10 @ 99 | 99x50  | 101x20
            4 cancel 8 buy  15 @ 99 | 99x35  | 101x20
            """);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("99: ?40, 101: ?20");
    assertThat(day.fidelity.unmatchedDeletes()).isEqualTo(1);
    assertThat(day.fidelity.unmatchedReductions()).isEqualTo(1);
  }

  @Test
  void haltsHiddenExecutionsAndCrossesChangeNoOrder() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     7 buy  100 @ 99  | 99x100 | 101x20
            2 halt    0 sell   0 @ -1  | 99x100 | 101x20
            3 cross  -1 sell 900 @ 100 | 99x100 | 101x20
            4 hidden  0 buy   50 @ 100 | 99x100 | 101x20
            5 halt    0 sell   0 @ 1   | 99x100 | 101x20
            """);

    assertThat(day.changes).hasSize(1);
    assertThat(DrawnDay.book(day, 4)).isEqualTo("99: #7x100, 101: ?20");
    assertThat(day.fidelity.events()).isEqualTo(5);
  }

  @Test
  void anExecutionInAnAuctionFollowsThePublishedRow() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     7 buy 100 @ 99 | 99x100 | 101x20
            2 execute 7 buy  40 @ 99 | 99x100 | 101x20
            """);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("99: ?40 #7x60, 101: ?20");
  }

  @Test
  void equalLinesAreEventsOfTheirOwn() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     7 buy 100 @ 99 | 99x100 | 101x20
            2 execute 7 buy  20 @ 99 | 99x80  | 101x20
            2 execute 7 buy  20 @ 99 | 99x60  | 101x20
            """);

    assertThat(DrawnDay.book(day, 2)).isEqualTo("99: #7x60, 101: ?20");
  }

  @Test
  void aSideMayBeEmpty() {
    Recording day =
        DrawnDay.rebuilt(
            2,
            """
            1 new    7 buy 100 @ 99 | 99x100 |
            2 delete 7 buy 100 @ 99 |        |
            """);

    assertThat(DrawnDay.book(day, 0)).isEqualTo("99: #7x100");
    assertThat(DrawnDay.book(day, 1)).isEmpty();
    assertThat(day.fidelity.proven()).isEqualTo(1);
    assertThat(day.fidelity.levels().get(1).rows()).isZero();
    assertThat(day.fidelity.publishedLevels()).isEqualTo(1);
  }

  @Test
  void nothingPublishedHasNoFidelity() {
    Fidelity fidelity = DrawnDay.rebuilt(1, "1 halt 0 sell 0 @ -1 | |").fidelity;

    assertThat(fidelity.proven()).isNaN();
    assertThat(fidelity.known()).isNaN();
  }

  @Test
  void pricesNeedSixtyFourBits() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new 7 buy  1 @ 6000000000 | 6000000000x1 | 6100000000x3
            2 new 8 sell 2 @ 6050000000 | 6000000000x1 | 6050000000x2
            """);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("6000000000: #7x1, 6050000000: #8x2");
  }

  @Test
  void aNumberThatIsSubmittedAgainIsAnotherOrder() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new 7 buy 100 @ 99 | 99x100 | 101x20
            2 new 7 buy  30 @ 99 | 99x30  | 101x20
            """);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("99: #7x30, 101: ?20");
    assertThat(day.lives)
        .extracting(Recording.Life::exitReason)
        .containsExactly(ExitReason.REPAIRED, ExitReason.OPEN);
  }

  @Test
  void aNumberThatIsSubmittedAgainWhileItsFirstOrderWaitsForRoomIsAnotherOrder() {
    String drawing =
        """
        1 new    7 buy 100 @ 98 | 98x100 | 101x20
        2 hidden 0 buy   1 @ 98 | 97x10  | 101x20
        3 new    7 buy  50 @ 98 | 98x50  | 101x20
        4 new    8 buy 200 @ 98 | 98x300 | 101x20
        5 delete 7 buy  50 @ 98 | 98x250 | 101x20
        """;
    Recording day = DrawnDay.rebuilt(1, drawing);
    Recording twin = NaiveBook.rebuild(DrawnDay.of(1, drawing), 1);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("97: ?10, 101: ?20");
    assertThat(DrawnDay.book(day, 3)).isEqualTo("98: ?50 #7x50 #8x200, 101: ?20");
    assertThat(DrawnDay.book(day, 4)).isEqualTo("98: ?50 #8x200, 101: ?20");
    assertThat(day.lives)
        .extracting(Recording.Life::orderId, Recording.Life::exitIndex, Recording.Life::exitReason)
        .containsExactly(
            Tuple.tuple(7L, 1L, ExitReason.REPAIRED),
            Tuple.tuple(7L, 4L, ExitReason.CANCELLED),
            Tuple.tuple(8L, -1L, ExitReason.OPEN));
    assertThat(day.lives).isEqualTo(twin.lives);
    assertThat(day.changes).isEqualTo(twin.changes);
  }

  @Test
  void livesAreToldByNumberAndThoseOfOneNumberByEntry() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new     9 buy  10 @ 99 | 99x10  | 101x20
            2 new     7 buy 100 @ 99 | 99x110 | 101x20
            3 delete  7 buy 100 @ 99 | 99x10  | 101x20
            4 new     7 buy  30 @ 99 | 99x40  | 101x20
            5 execute 9 buy  10 @ 99 | 99x30  | 101x20
            6 new     7 buy  20 @ 99 | 99x20  | 101x20
            7 execute 5 buy  20 @ 98 | 99x20  | 101x20
            """);

    assertThat(day.lives)
        .extracting(
            Recording.Life::orderId,
            Recording.Life::entryIndex,
            Recording.Life::exitIndex,
            Recording.Life::entrySize,
            Recording.Life::exitReason)
        .containsExactly(
            Tuple.tuple(5L, 0L, 6L, 20L, ExitReason.EXECUTED),
            Tuple.tuple(7L, 1L, 2L, 100L, ExitReason.CANCELLED),
            Tuple.tuple(7L, 3L, 5L, 30L, ExitReason.REPAIRED),
            Tuple.tuple(7L, 5L, -1L, 20L, ExitReason.OPEN),
            Tuple.tuple(9L, 0L, 4L, 10L, ExitReason.EXECUTED));
  }

  @Test
  void anOrderSubmittedWithAnOldNumberStandsWhereItsAgePutsIt() {
    Recording day =
        DrawnDay.rebuilt(
            1,
            """
            1 new 7 buy 100 @ 99 | 99x150 | 101x20
            2 new 5 buy  30 @ 99 | 99x180 | 101x20
            """);

    assertThat(DrawnDay.book(day, 1)).isEqualTo("99: ?50 #5x30 #7x100, 101: ?20");
    assertThat(day.lives)
        .filteredOn(life -> life.orderId() == 5)
        .singleElement()
        .returns(50L, Recording.Life::queueAhead);
  }

  @Test
  void fidelityTellsProvenAndProbableApartByLevel() {
    Fidelity fidelity =
        DrawnDay.rebuilt(
                1,
                """
                1 new    7 buy 150 @ 98 | 98x200 |
                2 new    9 buy  10 @ 99 | 99x10  |
                3 delete 9 buy  10 @ 99 | 98x200 |
                """)
            .fidelity;

    assertThat(fidelity.levels())
        .containsExactly(
            new Fidelity.Level(1, 3, 410, 160, 150, (0.75 + 1 + 0) / 3, (0.75 + 1 + 0.75) / 3));
    assertThat(fidelity.known()).isEqualTo(2.5 / 3);
  }

  @Test
  void eventsMustComeInOrderAndWithTheirDepth() {
    EventBatch late = new EventBatch(1);
    late.firstIndex = 5;
    assertThatThrownBy(() -> new Hindsight().add(late))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected event 0, found 5");

    BookRebuilder rebuilder = rebuilder(new Hindsight(), 1, 1);
    assertThatThrownBy(() -> rebuilder.add(late)).hasMessageContaining("found event 5");
    assertThatThrownBy(() -> rebuilder.add(new EventBatch(2))).hasMessageContaining("with 2");
  }

  @Test
  void aHindsightServesOnceAndADayEndsOnce() {
    Hindsight hindsight = new Hindsight();
    BookRebuilder rebuilder = rebuilder(hindsight, 1, 1);
    rebuilder.finish();

    assertThat(hindsight.events()).isZero();
    assertThat(hindsight.orders()).isZero();
    assertThatThrownBy(rebuilder::finish).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> rebuilder(hindsight, 1, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> rebuilder(new Hindsight(), 0, 1))
        .hasMessageContaining("found 0 and 1");
    assertThatThrownBy(() -> rebuilder(new Hindsight(), 1, 0))
        .hasMessageContaining("found 1 and 0");
  }

  @Test
  void otherOrdersThanInTheFirstPassAreRefused() {
    EventBatch first = new EventBatch(0);
    add(first, EventType.NEW_ORDER, 7);
    EventBatch again = new EventBatch(1);
    add(again, EventType.NEW_ORDER, 8);
    Hindsight hindsight = new Hindsight();
    hindsight.add(first);

    assertThatThrownBy(() -> rebuilder(hindsight, 1, 1).add(again))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event 0 is about order 8 now");
    assertThatThrownBy(() -> rebuilder(new Hindsight(), 1, 1).add(again))
        .hasMessageContaining("event 0 is about order 8 now");
  }

  private static void add(EventBatch batch, byte type, long orderId) {
    batch.type[0] = type;
    batch.orderId[0] = orderId;
    batch.size[0] = 100;
    batch.price[0] = 1_000_000;
    batch.direction[0] = 1;
    batch.rows = 1;
  }

  private static BookRebuilder rebuilder(Hindsight hindsight, int levels, int snapshotInterval) {
    Recording recording = new Recording();
    return new BookRebuilder(
        hindsight, levels, recording, recording.new Snapshots(), recording, snapshotInterval);
  }
}
