package io.booklake.cli;

import io.booklake.job.Report;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as columns of text: numbers to the right, long texts folded under the table. */
final class TextTable {
  private static final int WIDEST = 60;

  private TextTable() {}

  static void print(Report report, PrintWriter out) {
    int columns = report.columns().size();
    List<List<String>> cells = new ArrayList<>();
    int[] width = new int[columns];
    for (int i = 0; i < columns; i++) {
      width[i] = report.columns().get(i).length();
    }
    for (List<Object> row : report.rows()) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        String text = cell(row.get(i));
        texts.add(text);
        // The last column needs no room behind it.
        width[i] = Math.max(width[i], i == columns - 1 ? 0 : Math.min(WIDEST, text.length()));
      }
      cells.add(texts);
    }
    out.println(line(report.columns(), width, null));
    for (int row = 0; row < cells.size(); row++) {
      out.println(line(cells.get(row), width, report.rows().get(row)));
    }
  }

  private static String line(List<String> cells, int[] width, List<Object> values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      boolean number = values != null && values.get(i) instanceof Number;
      String pad = " ".repeat(Math.max(0, width[i] - cells.get(i).length()));
      line.append("  ").append(number ? pad + cells.get(i) : cells.get(i) + pad);
    }
    return line.toString().stripTrailing();
  }

  private static String cell(Object value) {
    if (value == null) {
      return "-";
    }
    return value instanceof Long number && Math.abs(number) >= 10_000
        ? String.format(Locale.ROOT, "%,d", number)
        : OutputFormat.text(value);
  }
}
