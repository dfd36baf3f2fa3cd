package io.booklake.format.lobster;

import io.booklake.model.TickerDay;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Reads a pair in step, batch by batch, in bounded memory: the one parser behind Spark, the book
 * engine and the tests.
 *
 * <pre>{@code
 * try (PairReader reader = PairReader.open(pair, files, Projection.all(pair.tickerDay()))) {
 *   EventBatch batch = reader.newBatch();
 *   while (reader.read(batch)) {
 *     // rows 0 .. batch.rows - 1
 *   }
 * }
 * }</pre>
 *
 * <p>A row that is not right ends the reading with a {@link RejectedException} that names file,
 * line and column.
 */
public final class PairReader implements Closeable {

  /**
   * What to read. A file that is not needed is not opened, and then the two are not held against
   * one another.
   *
   * @param messages whether to read the message file
   * @param levels how many book levels to read, the best first; 0 to leave the orderbook file alone
   * @param digests whether to compute the SHA-256 of what is read
   */
  public record Projection(boolean messages, int levels, boolean digests) {
    /** Checks that there is something to read. */
    public Projection {
      if (!messages && levels == 0) {
        throw new IllegalArgumentException("nothing to read: neither messages nor levels");
      }
    }

    /** Both files, all levels, no digests. */
    public static Projection all(TickerDay tickerDay) {
      return new Projection(true, tickerDay.levels(), false);
    }

    /** Both files, all levels, and the digests that trace a table to its source bytes. */
    public static Projection traced(TickerDay tickerDay) {
      return new Projection(true, tickerDay.levels(), true);
    }
  }

  /**
   * One of the two files, read to its end.
   *
   * @param sha256 of its CSV text, hexadecimal
   * @param bytes of its CSV text
   */
  public record Trace(String sha256, long bytes) implements Serializable {}

  private final TickerDay tickerDay;
  private final LineBuffer messageLines;
  private final LineBuffer orderbookLines;
  private final MessageParser messages;
  private final OrderbookParser orderbook;
  private final int messageColumns;
  private long nextIndex;
  private boolean finished;

  /**
   * Over two streams, which it closes.
   *
   * @param message null if the projection does not want it
   * @param orderbook null if the projection does not want it
   * @throws RejectedException if the first rows tell that these are not the files that their names
   *     promise
   */
  public PairReader(
      TickerDay tickerDay,
      Projection projection,
      String messageName,
      InputStream message,
      String orderbookName,
      InputStream orderbook)
      throws IOException {
    this.tickerDay = tickerDay;
    messageLines =
        projection.messages ? new LineBuffer(messageName, message, digest(projection)) : null;
    orderbookLines =
        projection.levels > 0 ? new LineBuffer(orderbookName, orderbook, digest(projection)) : null;
    try {
      FirstRows first = new FirstRows(tickerDay, messageLines, orderbookLines);
      messageColumns = first.messageColumns();
      this.messages =
          messageLines == null ? null : new MessageParser(messageLines, messageColumns == 7);
      this.orderbook =
          orderbookLines == null
              ? null
              : new OrderbookParser(
                  orderbookLines,
                  tickerDay.levels(),
                  Math.min(projection.levels, tickerDay.levels()));
    } catch (IOException | RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  /** Opens the files of a pair. */
  public static PairReader open(Pair pair, SourceOpener files, Projection projection)
      throws IOException {
    InputStream message = projection.messages ? files.open(pair.message()) : null;
    InputStream orderbook;
    try {
      orderbook = projection.levels > 0 ? files.open(pair.orderbook()) : null;
    } catch (IOException | RuntimeException e) {
      if (message != null) {
        message.close();
      }
      throw e;
    }
    return new PairReader(
        pair.tickerDay(),
        projection,
        pair.message().location(),
        message,
        pair.orderbook().location(),
        orderbook);
  }

  /** A batch that fits this pair. */
  public EventBatch newBatch() {
    return new EventBatch(tickerDay.levels());
  }

  /**
   * Reads the next rows into {@code batch}, from its row 0.
   *
   * @return false at the end of the pair; the batch is then empty
   * @throws RejectedException at the first row that is not right, or where one file ends before the
   *     other
   */
  public boolean read(EventBatch batch) throws IOException {
    batch.firstIndex = nextIndex;
    batch.rows = 0;
    if (finished) {
      return false;
    }
    int row = 0;
    while (row < batch.capacity && hasRow(row)) {
      if (messages != null && !messages.parse(batch, row)) {
        throw wrongMessage(row);
      }
      if (orderbook != null && !orderbook.parse(batch, row)) {
        throw wrongBook(row);
      }
      row++;
    }
    finished = row < batch.capacity;
    nextIndex += row;
    batch.rows = row;
    return row > 0;
  }

  /**
   * Passes over events without parsing them, as far as there are any.
   *
   * @param events how many
   */
  public void skip(long events) throws IOException {
    for (long i = 0; i < events && hasRow(0); i++) {
      if (messages != null && !messages.skip()) {
        throw wrongMessage(0);
      }
      if (orderbook != null && !orderbook.skip()) {
        throw wrongBook(0);
      }
      nextIndex++;
    }
  }

  /** SHA-256 and length of the message file; only after {@link #read} gave false, and once. */
  public Trace messageTrace() {
    return trace(messageLines);
  }

  /** SHA-256 and length of the orderbook file; only after {@link #read} gave false, and once. */
  public Trace orderbookTrace() {
    return trace(orderbookLines);
  }

  private Trace trace(LineBuffer lines) {
    if (!finished) {
      throw new IllegalStateException("the digest is known at the end of the pair only");
    }
    return new Trace(lines.digestHex(), lines.bytesRead());
  }

  private boolean hasRow(int row) throws IOException {
    if (messageLines == null) {
      return orderbookLines.hasLine();
    }
    boolean message = messageLines.hasLine();
    if (orderbookLines == null) {
      return message;
    }
    boolean book = orderbookLines.hasLine();
    if (message != book) {
      LineBuffer shorter = message ? orderbookLines : messageLines;
      LineBuffer longer = message ? messageLines : orderbookLines;
      throw new RejectedException(
          new Rejection(
              Reason.ROW_COUNTS_DIFFER,
              shorter.name(),
              nextIndex + row + 1,
              0,
              "the end of the file",
              "a row, as " + longer.name() + " has"));
    }
    return message;
  }

  private RejectedException wrongMessage(int row) {
    long line = nextIndex + row + 1;
    return new RejectedException(
        RowDiagnosis.ofMessage(
            messageLines.name(),
            line,
            messageLines.line(),
            messageColumns,
            messages.previousNanos()));
  }

  private RejectedException wrongBook(int row) {
    long line = nextIndex + row + 1;
    return new RejectedException(
        RowDiagnosis.ofOrderbook(
            orderbookLines.name(), line, orderbookLines.line(), tickerDay.levels()));
  }

  private static MessageDigest digest(Projection projection) {
    return projection.digests ? newDigest() : null;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void closeAfter(Exception cause) {
    try {
      close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (messageLines != null) {
        messageLines.close();
      }
    } finally {
      if (orderbookLines != null) {
        orderbookLines.close();
      }
    }
  }
}
