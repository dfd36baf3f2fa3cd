package io.booklake.verify;

import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Checks that a shallow ticker-day is the deeper one of the same day, cut down: the events that
 * change the top levels, those that touch no level at all (types 5, 6 and 7), and of each row the
 * top levels. What the first event touched nobody can tell, so it may be missing.
 */
public final class CutCheck {
  private final int levels;
  private final int deepLevels;
  private final Verdict verdict;

  /**
   * A check of one ticker-day.
   *
   * @param shallow the one that must be the cut
   * @param deepLevels levels of the other
   */
  public CutCheck(TickerDay shallow, int deepLevels) {
    levels = shallow.levels();
    this.deepLevels = deepLevels;
    verdict = new Verdict(shallow, "cross_levels");
  }

  /** Goes through both, each in the order of its events. */
  public CheckResult of(Iterator<Event> deep, Iterator<Event> shallow) {
    Event found = next(shallow);
    Event before = null;
    while (deep.hasNext() && !verdict.failed()) {
      Event event = deep.next();
      if (before == null ? isFirst(found, event) : isOfTheCut(before, event)) {
        verdict.row();
        compare(found, event);
        found = next(shallow);
      }
      before = event;
    }
    if (found != null) {
      verdict.differs(
          "messages",
          found.message().eventIndex(),
          "an event that the " + deepLevels + " levels do not have");
    }
    return verdict.result();
  }

  private static Event next(Iterator<Event> events) {
    return events.hasNext() ? events.next() : null;
  }

  private boolean isFirst(Event found, Event event) {
    return found != null && sameMessage(found.message(), event.message());
  }

  private boolean isOfTheCut(Event before, Event event) {
    return event.message().type() >= EventType.HIDDEN_EXECUTION
        || !sameTop(before.book(), event.book());
  }

  private void compare(Event found, Event expected) {
    String where =
        ", as at event_index " + expected.message().eventIndex() + " of " + deepLevels + " levels";
    if (found == null) {
      verdict.differs("messages: found no more events, expected another" + where);
    } else if (!sameMessage(found.message(), expected.message())) {
      verdict.differs(
          "messages",
          found.message().eventIndex(),
          "found " + found.message() + ", expected " + expected.message() + where);
    } else if (!sameTop(found.book(), expected.book())) {
      verdict.differs(
          "depth",
          found.book().eventIndex(),
          "found " + words(found.book()) + ", expected " + words(expected.book()) + where);
    }
  }

  private static boolean sameMessage(MessageRow a, MessageRow b) {
    return a.timeNanos() == b.timeNanos()
        && a.type() == b.type()
        && a.orderId() == b.orderId()
        && a.size() == b.size()
        && a.priceTicks() == b.priceTicks()
        && a.direction() == b.direction();
  }

  private boolean sameTop(BookRow a, BookRow b) {
    return sameTop(a.askPrices(), b.askPrices())
        && sameTop(a.askSizes(), b.askSizes())
        && sameTop(a.bidPrices(), b.bidPrices())
        && sameTop(a.bidSizes(), b.bidSizes());
  }

  private boolean sameTop(long[] a, long[] b) {
    return Arrays.equals(a, 0, levels, b, 0, levels);
  }

  private String words(BookRow row) {
    return "bids "
        + Arrays.toString(Arrays.copyOf(row.bidPrices(), levels))
        + " x "
        + Arrays.toString(Arrays.copyOf(row.bidSizes(), levels))
        + ", asks "
        + Arrays.toString(Arrays.copyOf(row.askPrices(), levels))
        + " x "
        + Arrays.toString(Arrays.copyOf(row.askSizes(), levels));
  }
}
