package io.booklake.lake.event;

import io.booklake.book.BookRebuilder;
import io.booklake.book.Hindsight;
import io.booklake.book.MboSink;
import io.booklake.book.OrderSink;
import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.SourceOpener;
import io.booklake.model.TickerDay;
import java.io.IOException;

/** The order-level book, rebuilt from the events as they come, as rows of its tables. */
final class BookRows {
  private final int snapshotInterval;
  private final SnapshotRows snapshots;
  private final MboRows changes;
  private final OrderRows lives;
  private final SourceOpener sources;
  private Pair pair;
  private BookRebuilder book;

  /** Of snapshots alone where {@code changes} and {@code lives} are null. */
  BookRows(
      int snapshotInterval,
      SnapshotRows snapshots,
      MboRows changes,
      OrderRows lives,
      SourceOpener sources) {
    this.snapshotInterval = snapshotInterval;
    this.snapshots = snapshots;
    this.changes = changes;
    this.lives = lives;
    this.sources = sources;
  }

  /** The first pass of the book: over the messages alone, which are a tenth of the bytes. */
  Hindsight hindsight(Pair of) throws IOException {
    Hindsight hindsight = new Hindsight();
    try (PairReader reader =
        PairReader.open(of, sources, new PairReader.Projection(true, 0, false))) {
      EventBatch batch = new EventBatch(0);
      while (reader.read(batch)) {
        hindsight.add(batch);
      }
    }
    return hindsight;
  }

  /** From now on events are of this pair. */
  void begin(Pair next, Hindsight hindsight) {
    pair = next;
    TickerDay day = next.tickerDay();
    snapshots.begin(day);
    if (changes != null) {
      changes.begin(day);
      lives.begin(day);
    }
    book =
        new BookRebuilder(
            hindsight,
            day.levels(),
            changes == null ? MboSink.NONE : changes,
            snapshots,
            lives == null ? OrderSink.NONE : lives,
            snapshotInterval);
  }

  void add(EventBatch batch) throws IOException {
    try {
      book.add(batch);
    } catch (RuntimeException e) {
      // Hindsight of other messages than these leads astray: then the pair is at fault.
      sources.open(pair.message()).close();
      throw e;
    }
  }

  /** Ends the ticker-day. */
  BookFigures end() {
    var fidelity = book.finish();
    book = null;
    long changeRows = changes == null ? 0 : changes.end();
    long snapshotRows = snapshots.end();
    long orders = lives == null ? 0 : lives.end();
    return new BookFigures(fidelity, snapshotInterval, changeRows, snapshotRows, orders);
  }
}
