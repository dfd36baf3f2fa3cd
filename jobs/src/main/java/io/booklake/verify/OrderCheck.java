package io.booklake.verify;

import io.booklake.book.Action;
import io.booklake.book.ExitReason;
import io.booklake.book.Origin;
import io.booklake.model.Direction;
import io.booklake.model.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Checks {@code orders}: every life is what {@code mbo}, {@code messages} and {@code
 * book_snapshots} tell of its order, from entry to exit.
 *
 * <p>Rows come by ascending number of order; those of one order in this sequence: all its lives by
 * entry, then by event its message, its changes and its row of a snapshot.
 */
public final class OrderCheck implements DayChecks {
  private static final String TABLE = "orders";

  private final Published published;
  private final Verdict verdict;

  private long orderId;
  private final List<OrderRow> lives = new ArrayList<>();
  private int nextLife;
  private MessageRow submission;
  private MessageRow reference;
  private boolean answered;
  private long unknownReferences;

  // The life at hand.
  private OrderRow life;
  private boolean came;
  private boolean inBook;
  private long size;
  private long filled;
  private long cancelled;
  private ChangeRow lastChange;
  private MessageRow lastTaker;

  /** Begins a ticker-day. */
  public OrderCheck(Published published) {
    this.published = published;
    verdict = new Verdict(published.tickerDay(), TABLE);
  }

  /** A row of {@code orders}. */
  public void life(OrderRow row) {
    begin(row.orderId());
    lives.add(row);
  }

  /** A row of {@code messages} of type 1 to 4. */
  public void message(MessageRow row) {
    begin(row.orderId());
    if (row.type() == EventType.NEW_ORDER) {
      submission = row;
    } else {
      endReference();
      reference = row;
      answered = false;
    }
  }

  /** A row of {@code mbo}, by sequence. */
  public void change(ChangeRow row) {
    begin(row.orderId());
    if (verdict.failed()) {
      return;
    }
    boolean adds = row.action().equals(Action.ADD.word());
    if (submission != null && adds) {
      beginSubmitted();
    } else if (life == null) {
      beginInferred(row);
    }
    if (verdict.failed()) {
      return;
    }
    expect("side", life.side(), row.side());
    expect("price", life.priceTicks(), row.priceTicks());
    if (adds) {
      add(row);
    } else {
      take(row);
    }
    lastChange = row;
  }

  /** A row of {@code book_snapshots} that names an order. */
  public void snapshotRow(SnapshotRow row) {
    begin(row.orderId());
    if (verdict.failed()) {
      return;
    }
    if (life == null) {
      verdict.differs("book_snapshots", row.snapshotIndex(), "no life of order " + orderId);
      return;
    }
    verdict.expect(
        "book_snapshots",
        row.snapshotIndex(),
        "entry_index of order " + orderId,
        row.entryIndex(),
        (Object) life.entryIndex());
    verdict.expect(
        "book_snapshots",
        row.snapshotIndex(),
        "entry_time_ns of order " + orderId,
        row.entryTimeNanos(),
        (Object) life.entryTimeNanos());
  }

  private void begin(long nextOrderId) {
    verdict.row();
    if (nextOrderId != orderId) {
      endOrder();
      orderId = nextOrderId;
    }
  }

  /** What leaves the book before the order of a submission comes is an earlier life's. */
  private void beginSubmitted() {
    if (life != null) {
      endLife();
    }
    if (!beginNext(submission.eventIndex())) {
      return;
    }
    expect("origin", life.origin(), Origin.MESSAGE.word());
    expect("entry_index", life.entryIndex(), submission.eventIndex());
    expect("entry_time_ns", life.entryTimeNanos(), submission.timeNanos());
    expect("entry_size", life.entrySize(), submission.size());
    expect("price", life.priceTicks(), submission.priceTicks());
    expect("side", life.side(), Direction.side(submission.direction()));
    submission = null;
  }

  private void beginInferred(ChangeRow first) {
    if (beginNext(first.eventIndex())) {
      expect("origin", life.origin(), Origin.INFERRED.word());
    }
  }

  private boolean beginNext(long eventIndex) {
    if (nextLife == lives.size()) {
      verdict.differs("mbo", eventIndex, "orders hold no life of order " + orderId + " for it");
      return false;
    }
    life = lives.get(nextLife++);
    came = false;
    inBook = false;
    size = life.entrySize();
    filled = 0;
    cancelled = 0;
    return true;
  }

  private void add(ChangeRow row) {
    if (inBook) {
      verdict.differs("mbo", row.eventIndex(), "order " + orderId + " is added twice");
    }
    boolean submitted = life.origin().equals(Origin.MESSAGE.word());
    if (!came && (submitted || row.eventIndex() < life.entryIndex())) {
      expect("entry_index", life.entryIndex(), row.eventIndex());
    }
    expect(came ? "size on return" : "entry_size", size, row.sizeChange());
    came = true;
    inBook = true;
  }

  private void take(ChangeRow row) {
    long taken = -row.sizeChange();
    boolean leaves = row.action().equals(Action.REMOVE.word());
    if (!inBook || (leaves ? taken != size : taken >= size)) {
      verdict.differs(
          "mbo",
          row.eventIndex(),
          row.action()
              + " of order "
              + orderId
              + " by "
              + taken
              + ", which has "
              + (inBook ? size : 0));
    }
    if (row.origin().equals(Origin.MESSAGE.word())) {
      takeByMessage(row, taken);
    }
    // What leaves otherwise may come back as large as it was.
    if (!leaves || row.origin().equals(Origin.MESSAGE.word())) {
      size -= taken;
    }
    inBook = !leaves;
  }

  private void takeByMessage(ChangeRow row, long taken) {
    if (reference == null || answered || reference.eventIndex() != row.eventIndex()) {
      verdict.differs("mbo", row.eventIndex(), "no message takes anything from order " + orderId);
      return;
    }
    answered = true;
    lastTaker = reference;
    boolean executed = reference.type() == EventType.VISIBLE_EXECUTION;
    long should = reference.type() == EventType.DELETE ? size : Math.min(size, reference.size());
    verdict.expect("mbo", row.eventIndex(), "size_change", row.sizeChange(), -should);
    filled += executed ? taken : 0;
    cancelled += executed ? 0 : taken;
  }

  private void endReference() {
    if (reference != null && !answered) {
      unknownReferences++;
    }
    reference = null;
  }

  private void endLife() {
    expect("filled", life.filled(), filled);
    expect("cancelled", life.cancelled(), cancelled);
    if (inBook) {
      expect("exit_reason", life.exitReason(), ExitReason.OPEN.word());
      expect("exit_index", life.exitIndex(), null);
      expect("exit_time_ns", life.exitTimeNanos(), null);
      return;
    }
    expect("exit_reason", life.exitReason(), exitReason().word());
    expect("exit_index", life.exitIndex(), (Object) lastChange.eventIndex());
    if (lastChange.origin().equals(Origin.MESSAGE.word())) {
      expect("exit_time_ns", life.exitTimeNanos(), lastTaker.timeNanos());
    }
  }

  private ExitReason exitReason() {
    if (lastChange.origin().equals(Origin.EXPIRED.word())) {
      return ExitReason.LOST;
    }
    if (lastChange.origin().equals(Origin.REPAIRED.word())) {
      return ExitReason.REPAIRED;
    }
    return lastTaker.type() == EventType.VISIBLE_EXECUTION
        ? ExitReason.EXECUTED
        : ExitReason.CANCELLED;
  }

  private void endOrder() {
    if (!verdict.failed()) {
      endReference();
      if (life != null) {
        endLife();
      }
      if (submission != null) {
        verdict.differs(
            "mbo", submission.eventIndex(), "no add of order " + orderId + ", which is submitted");
      }
      if (nextLife < lives.size()) {
        verdict.differs(
            TABLE
                + ", order "
                + orderId
                + ": a life from event_index "
                + lives.get(nextLife).entryIndex()
                + ", of which mbo does not speak");
      }
    }
    lives.clear();
    nextLife = 0;
    life = null;
    submission = null;
    reference = null;
  }

  private void expect(String column, Object found, Object expected) {
    if (!Objects.equals(found, expected)) {
      verdict.differs(
          TABLE
              + ", order "
              + orderId
              + ", event_index "
              + life.entryIndex()
              + ": "
              + column
              + " found "
              + found
              + ", expected "
              + expected);
    }
  }

  @Override
  public List<CheckResult> results() {
    endOrder();
    Long counted = published.figures().get("unknown_reference_count");
    if (counted == null || counted != unknownReferences) {
      verdict.differs(
          "messages about no known order found "
              + unknownReferences
              + ", unknown_reference_count of the ledger is "
              + counted);
    }
    return List.of(verdict.result());
  }
}
