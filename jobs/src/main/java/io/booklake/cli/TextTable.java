package io.booklake.cli;

import io.booklake.job.Report;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A report as columns of text for people: numbers to the right, and rounded. */
final class TextTable {
  /** A value as good as zero must not widen its column. */
  private static final int MOST_DECIMALS = 8;

  private static final int WIDEST = 60;

  /** A price has no more of them. */
  private static final int DECIMALS = 4;

  private static final BigDecimal SMALL = new BigDecimal("0.001");
  private static final MathContext DIGITS_OF_SMALL = new MathContext(3);

  private TextTable() {}

  static void print(Report report, PrintWriter out) {
    List<List<String>> columns = new ArrayList<>();
    for (int i = 0; i < report.columns().size(); i++) {
      List<Object> values = new ArrayList<>();
      for (List<Object> row : report.rows()) {
        values.add(row.get(i));
      }
      columns.add(column(report.columns().get(i), values));
    }
    for (int line = 0; line <= report.rows().size(); line++) {
      int number = line;
      out.println(
          columns.stream()
              .map(column -> "  " + column.get(number))
              .collect(Collectors.joining())
              .stripTrailing());
    }
  }

  /** The heading, then the cells, of one width as far as none is too wide for that. */
  private static List<String> column(String heading, List<Object> values) {
    boolean numbers = values.stream().filter(Objects::nonNull).allMatch(Number.class::isInstance);
    int decimals = values.stream().mapToInt(TextTable::decimals).max().orElse(0);
    List<String> texts = new ArrayList<>(List.of(heading));
    values.forEach(value -> texts.add(cell(value, decimals)));
    int width = heading.length();
    for (String text : texts) {
      width = Math.max(width, Math.min(WIDEST, text.length()));
    }
    String format = "%" + (numbers ? "" : "-") + width + "s";
    return texts.stream().map(text -> String.format(Locale.ROOT, format, text)).toList();
  }

  private static String cell(Object value, int decimals) {
    if (value == null) {
      return "-";
    }
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    return isFraction(value)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
        : OutputFormat.text(value);
  }

  /** How many a value needs; a small one has some digits left. */
  private static int decimals(Object value) {
    if (!isFraction(value)) {
      return 0;
    }
    BigDecimal exact = BigDecimal.valueOf((Double) value);
    BigDecimal rounded =
        exact.abs().compareTo(SMALL) < 0
            ? exact.round(DIGITS_OF_SMALL)
            : exact.setScale(DECIMALS, RoundingMode.HALF_UP);
    return Math.max(0, Math.min(MOST_DECIMALS, rounded.stripTrailingZeros().scale()));
  }

  private static boolean isFraction(Object value) {
    return value instanceof Double number && Double.isFinite(number);
  }
}
