package io.booklake.job;

import io.booklake.book.Fidelity;
import io.booklake.format.lobster.Inspection;
import io.booklake.lake.Ledger;
import io.booklake.lake.QuarantineLog;
import io.booklake.lake.StepFigures;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.TickerDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Gathers what an ingest does with each ticker-day, and tells it. */
final class IngestReport {
  private static final List<String> COLUMNS =
      List.of(
          "trade_date",
          "ticker",
          "levels",
          "state",
          "events",
          "csv_bytes",
          "broken_transitions",
          "proven_%",
          "known_%",
          "reason");

  private final List<TakenDay> published = new ArrayList<>();
  private final List<Unchanged> unchanged = new ArrayList<>();
  private final Map<TickerDay, Ledger.Publisher> overtaken = new TreeMap<>();
  private String remark = "";
  private long rowsWritten;
  private long bytesWritten;

  /**
   * A ticker-day that is published as it is.
   *
   * @param textBytes of both files
   * @param isRead to find that out
   */
  private record Unchanged(TickerDay day, long textBytes, boolean isRead) {}

  /** What the title says where there is nothing to do. */
  void remark(String words) {
    remark = words;
  }

  /** A ticker-day whose files lie there untouched. */
  void untouched(TickerDay day, long textBytes) {
    unchanged.add(new Unchanged(day, textBytes, false));
  }

  /** A ticker-day whose files were read and have the same text. */
  void unchanged(Inspection inspection) {
    unchanged.add(new Unchanged(inspection.pair().tickerDay(), bytes(inspection), true));
  }

  /**
   * Ticker-days that came into the tables.
   *
   * @param others those of them that another run published meanwhile
   */
  void taken(List<TakenDay> taken, Map<TickerDay, Ledger.Publisher> others) {
    overtaken.putAll(others);
    taken.stream().filter(day -> !others.containsKey(day.tickerDay())).forEach(published::add);
  }

  /** Files of a table. */
  void written(List<DataFile> files) {
    rowsWritten += files.stream().mapToLong(DataFile::rows).sum();
    bytesWritten += files.stream().mapToLong(DataFile::bytes).sum();
  }

  /**
   * Tells it: a row per ticker-day or rejected file.
   *
   * @param lake its root
   */
  Report report(String lake, List<QuarantineLog.Item> rejected, double seconds) {
    List<List<Object>> rows = new ArrayList<>();
    long events = 0;
    long csvBytes = 0;
    for (TakenDay day : published) {
      Inspection each = day.inspection();
      events += each.quality().rows();
      csvBytes += bytes(each);
      rows.add(withFigures(day));
    }
    for (Unchanged each : unchanged) {
      csvBytes += each.isRead ? each.textBytes : 0;
      rows.add(withoutFigures(each.day, "unchanged", each.textBytes, ""));
    }
    for (QuarantineLog.Item each : rejected) {
      String reason = each.rejection().reason() + ": " + each.rejection().message();
      rows.add(withoutFigures(each.tickerDay(), "quarantined", null, reason));
    }
    overtaken.forEach(
        (day, by) ->
            rows.add(
                withoutFigures(
                    day,
                    "overtaken",
                    null,
                    by + " published it meanwhile, and that stands; run again to replace it")));
    String title =
        String.format(
            Locale.ROOT,
            "ingest into %s: %d published, %d unchanged, %d quarantined%s%s; %,d events in %.1f s",
            lake,
            published.size(),
            unchanged.size(),
            rejected.size(),
            overtaken.isEmpty() ? "" : ", " + overtaken.size() + " overtaken",
            remark,
            events,
            seconds);
    return new Report(
        title,
        COLUMNS,
        rows,
        !rejected.isEmpty() || !overtaken.isEmpty(),
        new StepFigures(
            events,
            rowsWritten,
            bytesWritten,
            csvBytes,
            published.size(),
            unchanged.size(),
            rejected.size() + overtaken.size()));
  }

  private static long bytes(Inspection inspection) {
    return inspection.message().bytes() + inspection.orderbook().bytes();
  }

  /** Null where the order-level book was left out. */
  private static BigDecimal percent(TakenDay day, ToDoubleFunction<Fidelity> of) {
    double share = day.book() == null ? Double.NaN : of.applyAsDouble(day.book().fidelity());
    return Double.isNaN(share)
        ? null
        : BigDecimal.valueOf(share).movePointRight(2).setScale(2, RoundingMode.HALF_EVEN);
  }

  private static List<Object> withFigures(TakenDay day) {
    Inspection inspection = day.inspection();
    return row(
        day.tickerDay(),
        "published",
        inspection.quality().rows(),
        bytes(inspection),
        inspection.quality().brokenTransitions(),
        percent(day, Fidelity::proven),
        percent(day, Fidelity::known),
        "");
  }

  private static List<Object> withoutFigures(
      TickerDay day, String state, Long textBytes, String reason) {
    return row(day, state, null, textBytes, null, null, null, reason);
  }

  private static List<Object> row(TickerDay day, Object... rest) {
    List<Object> row = new ArrayList<>();
    row.add(day == null ? null : day.tradeDate());
    row.add(day == null ? null : day.ticker());
    row.add(day == null ? null : day.levels());
    row.addAll(Arrays.asList(rest));
    return row;
  }
}
