package io.booklake.book;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.PairReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;

/** What the slow twin makes of a day, replayed from nothing: the referee of other modules. */
public final class FullReplay {
  private final Recording recording;

  /** Takes what the known orders are at an event. */
  public interface Visitor {
    void visit(long eventIndex, List<BookReplay.Order> known);
  }

  /**
   * Has the day of a pair rebuilt: by the engine, or with -Dbooklake.slow-twin=true by its slow
   * twin, which takes minutes for a real day and is held against the engine on smaller ones.
   */
  public FullReplay(PairReader reader) throws IOException {
    Day day = Day.read(reader);
    recording =
        Boolean.getBoolean("booklake.slow-twin")
            ? NaiveBook.rebuild(day, Integer.MAX_VALUE)
            : Recording.of(day, Integer.MAX_VALUE, EventBatch.DEFAULT_CAPACITY);
  }

  /** Goes through the whole day once and stops at some events. */
  public void visit(NavigableSet<Long> events, Visitor visitor) {
    BookReplay replay = new BookReplay();
    Iterator<Recording.Change> changes = recording.changes.iterator();
    Recording.Change next = changes.hasNext() ? changes.next() : null;
    for (long index : events) {
      while (next != null && next.eventIndex() <= index) {
        ReplayCheck.apply(replay, next);
        next = changes.hasNext() ? changes.next() : null;
      }
      visitor.visit(index, replay.orders());
    }
  }
}
