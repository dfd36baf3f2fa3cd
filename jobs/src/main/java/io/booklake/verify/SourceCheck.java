package io.booklake.verify;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.SourceFile;
import io.booklake.model.TickerDay;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks that the files which a ticker-day was read from still are what they were.
 *
 * @param tickerDay which
 * @param messageFile where its message file was, as the ledger has it
 * @param messageSha256 of its CSV text
 * @param orderbookFile where its orderbook file was
 * @param orderbookSha256 of its CSV text
 */
public record SourceCheck(
    TickerDay tickerDay,
    String messageFile,
    String messageSha256,
    String orderbookFile,
    String orderbookSha256)
    implements Serializable {
  private static final String NAME = "source_hashes";

  /** Reads both files to their ends; one that is gone is no failure. */
  public CheckResult of(HadoopSource files) {
    Verdict verdict = new Verdict(tickerDay, NAME);
    List<String> gone = new ArrayList<>();
    compare(files, messageFile, messageSha256, verdict, gone);
    compare(files, orderbookFile, orderbookSha256, verdict, gone);
    return gone.isEmpty() || verdict.failed()
        ? verdict.result()
        : CheckResult.skipped(tickerDay, NAME, "not there any more: " + String.join(", ", gone));
  }

  private static void compare(
      HadoopSource files, String location, String expected, Verdict verdict, List<String> gone) {
    try {
      Optional<SourceFile> file = files.find(location);
      if (file.isEmpty()) {
        gone.add(location);
        return;
      }
      verdict.row();
      String found = Inspection.digest(file.get(), files).sha256();
      if (!found.equals(expected)) {
        verdict.differs(
            location + ": SHA-256 found " + found + ", expected " + expected + " as in the ledger");
      }
    } catch (IOException e) {
      verdict.differs(location + ": cannot be read: " + e.getMessage());
    }
  }
}
