package io.booklake.lake;

import io.booklake.format.lobster.Rejection;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table {@code quarantine}: what was rejected and why. A rejection that was noted before is not
 * noted again.
 */
public final class QuarantineLog {

  /**
   * One rejected file or pair.
   *
   * @param tickerDay what its name says; null if it says nothing
   * @param rejection why
   * @param identity sizes and times of the files: other bytes make another rejection
   */
  public record Item(TickerDay tickerDay, Rejection rejection, String identity) {}

  private final Lake lake;
  private final Table table = TableCatalog.QUARANTINE;

  /** The quarantine of a lake. */
  public QuarantineLog(Lake lake) {
    this.lake = lake;
  }

  /** Notes what is not yet noted. */
  public void add(List<Item> items, String runId) {
    if (items.isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    lake.update(
        table,
        known -> {
          Set<Object> noted = new HashSet<>();
          known.forEach(row -> noted.add(row.get("fingerprint")));
          return new Rewrite(
              items.stream()
                  .filter(item -> noted.add(fingerprint(item)))
                  .map(item -> row(item, runId, now))
                  .toList(),
              ReplaceScope.NOTHING);
        });
  }

  private static Map<String, Object> row(Item item, String runId, Instant now) {
    Rejection rejection = item.rejection;
    Map<String, Object> row = new HashMap<>();
    if (item.tickerDay != null) {
      row.put("trade_date", item.tickerDay.tradeDate());
      row.put("ticker", item.tickerDay.ticker());
      row.put("levels", item.tickerDay.levels());
    }
    row.put("reason", rejection.reason().name());
    row.put("file", rejection.file());
    if (rejection.line() > 0) {
      row.put("line", rejection.line());
    }
    if (rejection.column() > 0) {
      row.put("column", rejection.column());
    }
    row.put("found", rejection.found());
    row.put("message", rejection.message());
    row.put("fingerprint", fingerprint(item));
    row.put("run_id", runId);
    row.put("rejected_at", now);
    return row;
  }

  private static String fingerprint(Item item) {
    // What was found can hold the words of a file system, which differ from one try to the next.
    Rejection rejection = item.rejection;
    String text =
        String.join(
            "\n",
            rejection.reason().name(),
            rejection.file(),
            String.valueOf(rejection.line()),
            String.valueOf(rejection.column()),
            item.identity);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
