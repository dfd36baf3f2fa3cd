package io.booklake.table;

/** A value in a line of comma-separated ones. */
public final class CsvField {
  private CsvField() {}

  /** The value, in quotes where it needs them (RFC 4180). */
  public static String of(String value) {
    return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + value.replace("\"", "\"\"") + "\""
        : value;
  }
}
