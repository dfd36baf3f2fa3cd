package io.booklake.verify;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.SourceFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks that the files which a ticker-day was taken in from still are what they were, and that
 * {@code messages} and {@code depth} hold exactly what stands in them. They are read once for both.
 */
public final class SourceCheck implements Closeable {
  private static final String HASHES = "source_hashes";
  private static final String ROWS = "source_rows";
  private static final String MESSAGES = "messages";
  private static final String DEPTH = "depth";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Published published;
  private final HadoopSource files;
  private final Verdict hashes;
  private final Verdict rows;
  private final List<String> gone = new ArrayList<>();

  /** Null where the pair cannot be read row by row. */
  private PairReader reader;

  private EventBatch expected;
  private IOException failure;

  // Of the batch at hand: the first difference, and how many rows before it agree.
  private int agreeing;
  private String difference;
  private String differentTable;

  /** Of the files that the ledger names. */
  SourceCheck(Published published, HadoopSource files) {
    this.published = published;
    this.files = files;
    hashes = new Verdict(published.tickerDay(), HASHES);
    rows = new Verdict(published.tickerDay(), ROWS);
  }

  /** The files alone, where the tables cannot be read. */
  public static CheckResult ofHashes(Published published, HadoopSource files) {
    return new SourceCheck(published, files).hashes();
  }

  /** Begins to read the files, if they are there. */
  void open() {
    try {
      Optional<SourceFile> message = files.find(published.sources().messageFile());
      Optional<SourceFile> orderbook = files.find(published.sources().orderbookFile());
      if (message.isPresent() && orderbook.isPresent()) {
        reader =
            PairReader.open(
                new Pair(
                    published.tickerDay(),
                    (int) (published.session().startNanos() / NANOS_PER_MILLI),
                    (int) (published.session().endNanos() / NANOS_PER_MILLI),
                    message.get(),
                    orderbook.get()),
                files,
                PairReader.Projection.traced(published.tickerDay()));
        expected = reader.newBatch();
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** The next events as the tables have them: a full batch, unless these are the last ones. */
  void add(EventBatch found) {
    if (!rows.failed() && readNext()) {
      compare(found);
    }
  }

  /** False where nothing can be read. */
  private boolean readNext() {
    if (reader == null) {
      return false;
    }
    try {
      reader.read(expected);
      return true;
    } catch (IOException e) {
      giveUp(e);
      return false;
    }
  }

  private void giveUp(IOException e) {
    failure = e;
    try {
      close();
    } catch (IOException onClose) {
      e.addSuppressed(onClose);
    }
  }

  private void compare(EventBatch found) {
    agreeing = Math.min(found.rows, expected.rows);
    difference = null;
    compare(MESSAGES, "time_ns", found.timeNanos, expected.timeNanos);
    compare(MESSAGES, "event_type", found.type, expected.type);
    compare(MESSAGES, "order_id", found.orderId, expected.orderId);
    compare(MESSAGES, "size", found.size, expected.size);
    compare(MESSAGES, "price", found.price, expected.price);
    compare(MESSAGES, "direction", found.direction, expected.direction);
    compareText("mpid", found.mpid, expected.mpid);
    for (int level = 0; level < found.levels; level++) {
      int number = level + 1;
      compare(DEPTH, "ask_price_" + number, found.askPrice[level], expected.askPrice[level]);
      compare(DEPTH, "ask_size_" + number, found.askSize[level], expected.askSize[level]);
      compare(DEPTH, "bid_price_" + number, found.bidPrice[level], expected.bidPrice[level]);
      compare(DEPTH, "bid_size_" + number, found.bidSize[level], expected.bidSize[level]);
    }
    rows.rows(agreeing);
    long at = found.firstIndex + agreeing;
    if (difference != null) {
      rows.differs(differentTable, at, difference + " as in the source");
    } else if (found.rows > agreeing) {
      rows.differs(MESSAGES, at, "an event, but the source has ended before it");
    } else if (expected.rows > agreeing) {
      rows.differs(MESSAGES, at, "no more events, but the source has more");
    }
  }

  private void compare(String table, String column, long[] found, long[] wanted) {
    int row = Arrays.mismatch(found, 0, agreeing, wanted, 0, agreeing);
    if (row >= 0) {
      differ(table, column, row, found[row], wanted[row]);
    }
  }

  private void compare(String table, String column, byte[] found, byte[] wanted) {
    int row = Arrays.mismatch(found, 0, agreeing, wanted, 0, agreeing);
    if (row >= 0) {
      differ(table, column, row, found[row], wanted[row]);
    }
  }

  private void compareText(String column, String[] found, String[] wanted) {
    int row = Arrays.mismatch(found, 0, agreeing, wanted, 0, agreeing);
    if (row >= 0) {
      differ(MESSAGES, column, row, found[row], wanted[row]);
    }
  }

  /** Later columns are held against one another before this row only: so the first row counts. */
  private void differ(String table, String column, int row, Object found, Object wanted) {
    agreeing = row;
    differentTable = table;
    difference = column + " found " + found + ", expected " + wanted;
  }

  /**
   * Reads both files to their ends.
   *
   * @param isWhole whether all events were handed on
   */
  List<CheckResult> results(boolean isWhole) {
    if (isWhole && !rows.failed() && readNext() && expected.rows > 0) {
      rows.differs(MESSAGES, expected.firstIndex, "no more events, but the source has more");
    }
    CheckResult ofHashes = hashes();
    return List.of(ofHashes, rows(ofHashes, isWhole));
  }

  private CheckResult rows(CheckResult ofHashes, boolean isWhole) {
    if (hashes.failed()) {
      return skipped("the files are not those that it was taken in from");
    }
    if (ofHashes.state() == CheckResult.State.SKIPPED) {
      return skipped(ofHashes.note());
    }
    if (failure != null) {
      rows.differs(failure.getMessage());
    }
    return isWhole || rows.failed() ? rows.result() : skipped(RowCheck.NOT_WHOLE);
  }

  private CheckResult skipped(String why) {
    return CheckResult.skipped(published.tickerDay(), ROWS, why);
  }

  private CheckResult hashes() {
    SourceFiles sources = published.sources();
    while (readNext() && expected.rows > 0) {
      // The digests are known at the end.
    }
    if (reader != null) {
      compare(sources.messageFile(), reader.messageTrace().sha256(), sources.messageSha256());
      compare(sources.orderbookFile(), reader.orderbookTrace().sha256(), sources.orderbookSha256());
    } else {
      digest(sources.messageFile(), sources.messageSha256());
      digest(sources.orderbookFile(), sources.orderbookSha256());
    }
    return gone.isEmpty() || hashes.failed()
        ? hashes.result()
        : CheckResult.skipped(
            published.tickerDay(), HASHES, "not there any more: " + String.join(", ", gone));
  }

  /** A file that is gone is no failure. */
  private void digest(String location, String wanted) {
    try {
      Optional<SourceFile> file = files.find(location);
      if (file.isEmpty()) {
        gone.add(location);
      } else {
        compare(location, Inspection.digest(file.get(), files).sha256(), wanted);
      }
    } catch (IOException e) {
      hashes.differs(location + ": cannot be read: " + e.getMessage());
    }
  }

  private void compare(String location, String found, String wanted) {
    hashes.row();
    if (!found.equals(wanted)) {
      hashes.differs(
          location + ": SHA-256 found " + found + ", expected " + wanted + " as in the ledger");
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
