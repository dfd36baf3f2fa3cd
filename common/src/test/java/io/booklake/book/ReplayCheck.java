package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;

/** Replays a recorded change stream and holds it against the published rows, all of them. */
final class ReplayCheck {
  private ReplayCheck() {}

  /** From nothing, over the whole day. */
  static void everyRowAgrees(Day day, Recording recording) {
    BookReplay replay = new BookReplay();
    Iterator<Recording.Change> changes = recording.changes.iterator();
    Recording.Change next = changes.hasNext() ? changes.next() : null;
    int published = 0;
    for (int index = 0; index < day.events.size(); index++) {
      while (next != null && next.eventIndex() == index) {
        apply(replay, next);
        next = changes.hasNext() ? changes.next() : null;
      }
      published += agrees(replay, day.events.get(index), index);
    }
    assertThat(next).isNull();
    assertThat(recording.fidelity.publishedLevels()).isEqualTo(published);
  }

  /** From every snapshot to the next: both ways lead to the same book. */
  static void everySnapshotLeadsToTheNext(Day day, Recording recording, int interval) {
    for (int index = 0; index < day.events.size(); index += interval) {
      BookReplay replay = at(recording, index);
      int to = Math.min(index + interval, day.events.size() - 1);
      for (Recording.Change change : recording.changes) {
        if (change.eventIndex() > index && change.eventIndex() <= to) {
          apply(replay, change);
        }
      }
      if (to % interval == 0) {
        assertThat(replay.orders()).isEqualTo(at(recording, to).orders());
      }
      agrees(replay, day.events.get(to), to);
    }
  }

  private static BookReplay at(Recording recording, long snapshotIndex) {
    BookReplay replay = new BookReplay();
    for (Recording.SnapshotRow row : recording.snapshots) {
      if (row.snapshotIndex() == snapshotIndex && row.orderId() != null) {
        replay.place(
            new BookReplay.Order(
                row.orderId(), row.direction(), row.priceTicks(), row.size(), row.origin()));
      }
    }
    return replay;
  }

  static void apply(BookReplay replay, Recording.Change change) {
    replay.apply(
        change.action(),
        change.orderId(),
        change.direction(),
        change.priceTicks(),
        change.sizeChange(),
        change.remaining(),
        change.origin());
  }

  /** Levels that agree; where one does not, the test ends. */
  private static int agrees(BookReplay replay, Day.Event event, int index) {
    int published = 0;
    for (byte side : List.of((byte) 1, (byte) -1)) {
      for (int level = 0; level < event.sizes(side).length; level++) {
        long size = event.sizes(side)[level];
        if (size > 0) {
          long known =
              replay.queue(side, event.prices(side)[level]).stream()
                  .mapToLong(BookReplay.Order::size)
                  .sum();
          if (known > size) {
            assertThat(known)
                .as("known at level %d of side %d after event %d", level + 1, side, index)
                .isLessThanOrEqualTo(size);
          }
          published++;
        }
      }
    }
    return published;
  }
}
