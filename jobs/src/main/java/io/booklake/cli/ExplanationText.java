package io.booklake.cli;

import io.booklake.job.EventRange;
import io.booklake.job.Explanation;
import io.booklake.job.Report;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where rows come from, for people: the rows, the files, the run, the lines. */
final class ExplanationText {
  private ExplanationText() {}

  static void print(Explanation explained, PrintWriter out) {
    out.println(explained.wanted() + " of " + explained.wanted().table() + ", " + explained.day());
    rows(explained, out);
    if (explained.sources().isEmpty()) {
      out.println("computed from no event: nothing happened in it");
    }
    for (Explanation.Source source : explained.sources()) {
      source(source, explained.ledgerEntry(), out);
    }
    out.println("published");
    Map<String, Object> ledger = explained.ledgerEntry();
    value("run", ledger.get("run_id"), out);
    value("host", ledger.get("run_host"), out);
    value("software", ledger.get("software_version"), out);
    value("configuration", ledger.get("configuration_hash"), out);
    value("published at", ledger.get("published_at"), out);
    value("versions", ledger.get("table_versions"), out);
    explained.sources().stream()
        .filter(source -> source.finding().lines() != null)
        .forEach(source -> lines(source, out));
    out.flush();
  }

  /** One row down the page, several across it. */
  private static void rows(Explanation explained, PrintWriter out) {
    List<Map<String, Object>> rows = explained.rows();
    if (rows.size() == 1) {
      rows.get(0).forEach((column, field) -> value(column, field, out));
      return;
    }
    List<List<Object>> cells = new ArrayList<>();
    rows.forEach(row -> cells.add(new ArrayList<>(row.values())));
    TextTable.print(new Report("", List.copyOf(rows.get(0).keySet()), cells, false), out);
  }

  private static void source(
      Explanation.Source source, Map<String, Object> ledger, PrintWriter out) {
    EventRange events = source.events();
    out.println(
        source.kind()
            + " file, "
            + (source.kind().equals("message") ? "events" : "the book after events")
            + " "
            + range(events.first(), events.last()));
    value("file", source.location(), out);
    value("revision", ledger.getOrDefault("dataset_revision", "a plain file"), out);
    value("sha256", source.sha256(), out);
    Explanation.Finding now = source.finding();
    value("now", now.state().word() + (now.remark() == null ? "" : ": " + now.remark()), out);
    value("lines", range(events.first() + 1, events.last() + 1), out);
    if (now.lines() != null) {
      long first = now.lines().firstByte();
      long count = now.lines().byteCount();
      value(
          "bytes",
          range(first, first + count - 1)
              + String.format(Locale.ROOT, " of the unpacked text, %,d with line ends", count),
          out);
    }
  }

  private static void lines(Explanation.Source source, PrintWriter out) {
    long line = source.events().first() + 1;
    long last = source.events().last() + 1;
    List<String> texts = source.finding().lines().texts();
    out.println(source.kind() + " file, lines");
    for (String text : texts) {
      out.println(String.format(Locale.ROOT, "  %9d  %s", line++, text));
    }
    if (line <= last) {
      out.println(String.format(Locale.ROOT, "  and %,d more (--limit)", last - line + 1));
    }
  }

  private static String range(long first, long last) {
    return first == last
        ? String.format(Locale.ROOT, "%,d", first)
        : String.format(Locale.ROOT, "%,d to %,d", first, last);
  }

  private static void value(String name, Object value, PrintWriter out) {
    out.println(
        String.format(
            Locale.ROOT, "  %-22s %s", name, value == null ? "-" : OutputFormat.text(value)));
  }
}
