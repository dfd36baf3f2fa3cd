package io.booklake.format.lobster;

import java.io.IOException;
import java.io.Serializable;

/**
 * What reading a pair once from end to end tells: whether it may be taken, what it holds, and the
 * digests that trace it.
 *
 * @param pair what was read
 * @param message digest of the message file; null if rejected
 * @param orderbook digest of the orderbook file; null if rejected
 * @param quality what it holds; null if rejected or known already
 * @param rejection why it may not be taken; null if it may
 */
public record Inspection(
    Pair pair,
    PairReader.Trace message,
    PairReader.Trace orderbook,
    PairQuality quality,
    Rejection rejection)
    implements Serializable {

  /**
   * How much irregularity is let through: LOBSTER keeps what its source had.
   *
   * @param brokenTransitionShare of the rows
   * @param crossedRowShare of the rows
   */
  public record Limits(double brokenTransitionShare, double crossedRowShare)
      implements Serializable {}

  /**
   * Digests of the pair as it was last published.
   *
   * @param message SHA-256 of the message file
   * @param orderbook SHA-256 of the orderbook file
   */
  public record Known(String message, String orderbook) implements Serializable {}

  /** True where the pair's bytes are those that were published last time. */
  public boolean isUnchanged() {
    return rejection == null && quality == null;
  }

  /** Whether its bytes are those of an earlier delivery; false where they were not all read. */
  public boolean isOf(Known known) {
    return message != null
        && message.sha256().equals(known.message)
        && orderbook.sha256().equals(known.orderbook);
  }

  /** The same pair, not to be taken for a reason that lies outside of it. */
  public Inspection rejectedAs(Rejection reason) {
    return rejected(pair, reason);
  }

  /** Takes the events of a pair while they are read and checked for the first time. */
  public interface EventSink {
    /** Looks and does nothing more. */
    EventSink NONE = batch -> {};

    /**
     * Called before the first event; may read the pair on its own account, and does not speak of
     * what it finds wrong but by the exception.
     */
    default void begin() throws IOException {}

    /** The next events; the batch is good until the call ends. */
    void add(EventBatch batch) throws IOException;
  }

  /**
   * Reads a pair. Whatever is wrong with it ends up in {@link #rejection}, never in an exception.
   *
   * @param known digests of what is published; null if nothing is, or if it shall be taken anyway
   * @param sink is given the events, unless the pair is unchanged; what it was given counts for
   *     nothing if the pair is rejected in the end
   */
  public static Inspection of(
      Pair pair, SourceOpener files, Limits limits, Known known, EventSink sink) {
    return of(pair, files, limits, known, sink, false);
  }

  /**
   * As {@link #of(Pair, SourceOpener, Limits, Known, EventSink)}.
   *
   * @param readsAhead in a thread of its own, while the sink works in the caller's
   */
  public static Inspection of(
      Pair pair,
      SourceOpener files,
      Limits limits,
      Known known,
      EventSink sink,
      boolean readsAhead) {
    try {
      if (known != null) {
        PairReader.Trace message = digest(pair.message(), files);
        PairReader.Trace orderbook = digest(pair.orderbook(), files);
        if (message.sha256().equals(known.message) && orderbook.sha256().equals(known.orderbook)) {
          return new Inspection(pair, message, orderbook, null, null);
        }
      }
      return read(pair, files, limits, sink, readsAhead);
    } catch (RejectedException e) {
      return rejected(pair, e.rejection());
    } catch (IOException e) {
      return rejected(
          pair,
          Rejection.ofFile(
              Reason.UNREADABLE,
              pair.message().location(),
              e.toString(),
              "to read the pair to its end"));
    }
  }

  /**
   * The digest of a source file's CSV text.
   *
   * @throws RejectedException if it cannot be read to its end
   */
  public static PairReader.Trace digest(SourceFile file, SourceOpener files) throws IOException {
    try (LineBuffer bytes =
        new LineBuffer(file.location(), files.open(file), PairReader.newDigest())) {
      bytes.readToEnd();
      return new PairReader.Trace(bytes.digestHex(), bytes.bytesRead());
    }
  }

  private static Inspection read(
      Pair pair, SourceOpener files, Limits limits, EventSink sink, boolean readsAhead)
      throws IOException {
    try {
      sink.begin();
    } catch (RejectedException e) {
      // It may have looked at one file only: both together tell more of what is wrong.
      Inspection whole = readEvents(pair, files, limits, EventSink.NONE, false);
      return whole.rejection == null ? rejected(pair, e.rejection()) : whole;
    }
    return readEvents(pair, files, limits, sink, readsAhead);
  }

  private static Inspection readEvents(
      Pair pair, SourceOpener files, Limits limits, EventSink sink, boolean readsAhead)
      throws IOException {
    PairQuality quality = new PairQuality(pair.tickerDay().levels());
    try (PairReader reader =
        PairReader.open(pair, files, PairReader.Projection.traced(pair.tickerDay()))) {
      if (readsAhead) {
        passAhead(reader, quality, sink);
      } else {
        pass(reader, quality, sink);
      }
      Rejection irregular = irregularity(pair, quality, limits);
      return irregular != null
          ? rejected(pair, irregular)
          : new Inspection(pair, reader.messageTrace(), reader.orderbookTrace(), quality, null);
    }
  }

  private static void pass(PairReader reader, PairQuality quality, EventSink sink)
      throws IOException {
    EventBatch batch = reader.newBatch();
    while (reader.read(batch)) {
      quality.add(batch);
      sink.add(batch);
    }
  }

  private static void passAhead(PairReader reader, PairQuality quality, EventSink sink)
      throws IOException {
    try (ReadAhead ahead = new ReadAhead(reader, quality)) {
      for (EventBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
        sink.add(batch);
      }
    }
  }

  private static Rejection irregularity(Pair pair, PairQuality quality, Limits limits) {
    String book = pair.orderbook().location();
    if (quality.brokenTransitions() > limits.brokenTransitionShare * quality.rows()) {
      return new Rejection(
          Reason.BROKEN_TRANSITIONS,
          book,
          quality.firstBrokenIndex() + 1,
          0,
          quality.brokenTransitions()
              + " of "
              + quality.rows()
              + " rows that do not follow from the row before",
          "at most a share of " + limits.brokenTransitionShare);
    }
    if (quality.crossedRows() > limits.crossedRowShare * quality.rows()) {
      return Rejection.ofFile(
          Reason.CROSSED_BOOK,
          book,
          quality.crossedRows() + " of " + quality.rows() + " rows with a bid at or above the ask",
          "at most a share of " + limits.crossedRowShare);
    }
    return null;
  }

  private static Inspection rejected(Pair pair, Rejection rejection) {
    return new Inspection(pair, null, null, null, rejection);
  }
}
