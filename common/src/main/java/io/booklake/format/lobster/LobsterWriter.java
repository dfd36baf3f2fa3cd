package io.booklake.format.lobster;

import io.booklake.model.ExchangeTime;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a pair as LOBSTER does: six message columns, times without trailing zeros but with at
 * least three decimals, lines ended by a line feed.
 *
 * <p>Made for load: digits go straight into bytes, and the text of a book level is kept for as long
 * as its numbers stay, which is what most levels do from one row to the next.
 */
public final class LobsterWriter implements Closeable {
  /** Two numbers of 20 characters with their commas, rounded up to whole words. */
  private static final int CELL_BYTES = 48;

  /** Text up to this length, which is nearly all, is copied as three words. */
  private static final int SHORT_BYTES = 24;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int MESSAGE_BYTES = 128;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MIN_DECIMALS = 3;
  private static final byte[] TENS = new byte[100];
  private static final byte[] ONES = new byte[100];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
  }

  private final OutputStream messages;
  private final OutputStream orderbook;
  private final int levels;

  private final byte[] messageBuffer = new byte[BUFFER_BYTES];
  private final byte[] bookBuffer;
  private int messageEnd;
  private int bookEnd;

  // One cell for each side of each level: "price,size," of the row before.
  private final long[] cellPrice;
  private final long[] cellSize;
  private final byte[][] cellText;
  private final int[] cellLength;

  /**
   * A writer that owns both streams.
   *
   * @param messages where message lines go
   * @param orderbook where book rows go
   * @param levels price levels per side
   */
  public LobsterWriter(OutputStream messages, OutputStream orderbook, int levels) {
    this.messages = messages;
    this.orderbook = orderbook;
    this.levels = levels;
    bookBuffer = new byte[BUFFER_BYTES + (2 * levels + 1) * CELL_BYTES];
    cellPrice = new long[2 * levels];
    cellSize = new long[2 * levels];
    cellText = new byte[2 * levels][CELL_BYTES];
    cellLength = new int[2 * levels];
    Arrays.fill(cellSize, -1); // No row has it: every cell is formatted once.
  }

  /** A writer that creates both files, or empties the ones that are there. */
  public static LobsterWriter create(Path messages, Path orderbook, int levels) throws IOException {
    OutputStream messageStream = Files.newOutputStream(messages);
    try {
      return new LobsterWriter(messageStream, Files.newOutputStream(orderbook), levels);
    } catch (IOException e) {
      messageStream.close();
      throw e;
    }
  }

  /**
   * Writes all rows of a batch.
   *
   * @throws IllegalArgumentException where the batch has other levels than the pair
   */
  public void write(EventBatch batch) throws IOException {
    if (batch.levels != levels) {
      throw new IllegalArgumentException(
          "the pair has " + levels + " levels, the batch " + batch.levels);
    }
    for (int row = 0; row < batch.rows; row++) {
      writeMessage(batch, row);
      writeBook(batch, row);
    }
  }

  /** Writes what is buffered and closes both streams. */
  @Override
  public void close() throws IOException {
    try (messages;
        orderbook) {
      messages.write(messageBuffer, 0, messageEnd);
      orderbook.write(bookBuffer, 0, bookEnd);
      messageEnd = 0;
      bookEnd = 0;
    }
  }

  private void writeMessage(EventBatch batch, int row) throws IOException {
    if (messageEnd > BUFFER_BYTES - MESSAGE_BYTES) {
      messages.write(messageBuffer, 0, messageEnd);
      messageEnd = 0;
    }
    byte[] out = messageBuffer;
    int end = putTime(out, messageEnd, batch.timeNanos[row]);
    out[end++] = ',';
    end = putNumber(out, end, batch.type[row]);
    out[end++] = ',';
    end = putNumber(out, end, batch.orderId[row]);
    out[end++] = ',';
    end = putNumber(out, end, batch.size[row]);
    out[end++] = ',';
    end = putNumber(out, end, batch.price[row]);
    out[end++] = ',';
    end = putNumber(out, end, batch.direction[row]);
    out[end++] = '\n';
    messageEnd = end;
  }

  private void writeBook(EventBatch batch, int row) throws IOException {
    if (bookEnd > BUFFER_BYTES) {
      orderbook.write(bookBuffer, 0, bookEnd);
      bookEnd = 0;
    }
    int end = bookEnd;
    for (int level = 0; level < levels; level++) {
      end = putCell(end, 2 * level, batch.askPrice[level][row], batch.askSize[level][row]);
      end = putCell(end, 2 * level + 1, batch.bidPrice[level][row], batch.bidSize[level][row]);
    }
    bookBuffer[end - 1] = '\n';
    bookEnd = end;
  }

  private int putCell(int start, int cell, long price, long size) {
    byte[] text = cellText[cell];
    if (cellPrice[cell] != price || cellSize[cell] != size) {
      int end = putNumber(text, 0, price);
      text[end++] = ',';
      end = putNumber(text, end, size);
      text[end++] = ',';
      cellPrice[cell] = price;
      cellSize[cell] = size;
      cellLength[cell] = end;
    }
    int length = cellLength[cell];
    if (length <= SHORT_BYTES) {
      // A call of arraycopy costs more than the bytes of a cell; what is copied too far is
      // overwritten by the next cell.
      WORDS.set(bookBuffer, start, (long) WORDS.get(text, 0));
      WORDS.set(bookBuffer, start + 8, (long) WORDS.get(text, 8));
      WORDS.set(bookBuffer, start + 16, (long) WORDS.get(text, 16));
    } else {
      System.arraycopy(text, 0, bookBuffer, start, length);
    }
    return start + length;
  }

  private static int putTime(byte[] out, int start, long timeNanos) {
    int end = putNumber(out, start, timeNanos / ExchangeTime.NANOS_PER_SECOND);
    out[end] = '.';
    int fraction = (int) (timeNanos % ExchangeTime.NANOS_PER_SECOND);
    for (int place = end + 8; place > end; place -= 2) {
      int pair = fraction % 100;
      out[place] = TENS[pair];
      out[place + 1] = ONES[pair];
      fraction /= 100;
    }
    out[end + 1] = (byte) ('0' + fraction);
    int last = end + 9;
    while (last > end + MIN_DECIMALS && out[last] == '0') {
      last--;
    }
    return last + 1;
  }

  private static int putNumber(byte[] out, int start, long value) {
    int end = start;
    long rest = value;
    if (rest < 0) {
      out[end++] = '-';
      rest = -rest;
    }
    end += digits(rest);
    int place = end;
    while (rest >= 100) {
      int pair = (int) (rest % 100);
      rest /= 100;
      out[--place] = ONES[pair];
      out[--place] = TENS[pair];
    }
    out[--place] = ONES[(int) rest];
    if (rest >= 10) {
      out[--place] = TENS[(int) rest];
    }
    return end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long power = 10; digits < 19 && value >= power; power *= 10) {
      digits++;
    }
    return digits;
  }
}
