package io.booklake.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.booklake.job.Report;
import io.booklake.table.CsvField;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How results are printed. */
enum OutputFormat {
  /** Columns for people. */
  TABLE {
    @Override
    void print(Report report, PrintWriter out) {
      out.println(report.title());
      if (!report.rows().isEmpty()) {
        TextTable.print(report, out);
      }
      out.flush();
    }
  },
  /** One object per line. */
  JSON {
    @Override
    void print(Report report, PrintWriter out) {
      for (List<Object> row : report.rows()) {
        ObjectNode node = MAPPER.createObjectNode();
        for (int i = 0; i < row.size(); i++) {
          node.set(report.columns().get(i), MAPPER.valueToTree(plain(row.get(i))));
        }
        out.println(node);
      }
      out.flush();
    }
  },
  /** Comma-separated, with a header, quoted where needed (RFC 4180). */
  CSV {
    @Override
    void print(Report report, PrintWriter out) {
      // Files are the same whatever the machine's own end of a line is.
      out.append(String.join(",", report.columns())).append('\n');
      for (List<Object> row : report.rows()) {
        out.append(row.stream().map(OutputFormat::csv).collect(Collectors.joining(",")))
            .append('\n');
      }
      out.flush();
    }
  };

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  abstract void print(Report report, PrintWriter out);

  /** By number where keys are levels, which are texts. */
  private static final Comparator<String> BY_KEY =
      Comparator.comparing((String key) -> NUMBER.matcher(key).matches() ? key.length() : 0)
          .thenComparing(Comparator.naturalOrder());

  /** Dates and instants as ISO texts; what JSON has stays as it is. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>(BY_KEY);
      map.forEach((key, each) -> sorted.put(key.toString(), plain(each)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(OutputFormat::element).toList();
    }
    return value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof String
        ? value
        : text(value);
  }

  /** In a list, a map is a row by column name: its columns keep their order. */
  private static Object element(Object value) {
    if (!(value instanceof Map<?, ?> row)) {
      return plain(value);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    row.forEach((column, field) -> fields.put(column.toString(), plain(field)));
    return fields;
  }

  private static String csv(Object value) {
    return value == null ? "" : CsvField.of(text(value));
  }

  /** Values as text, whatever the machine's language and time zone. */
  static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>(BY_KEY);
      map.forEach((key, each) -> sorted.put(key.toString(), each));
      return sorted.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + entry.getValue())
          .collect(Collectors.joining(" "));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(OutputFormat::text).collect(Collectors.joining("\n"));
    }
    return String.valueOf(value);
  }
}
