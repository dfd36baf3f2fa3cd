package io.booklake.table;

/** The types a column may have: those that every Delta reader knows. */
public enum ColumnType {
  /** True or false. */
  BOOLEAN("BOOLEAN"),
  /** 32-bit whole number. */
  INT("INT"),
  /** 64-bit whole number. */
  LONG("BIGINT"),
  /** 64-bit floating point: only in derived figures, never in prices or times of an event. */
  DOUBLE("DOUBLE"),
  /** UTF-8 text. */
  STRING("STRING"),
  /** Exchange date. */
  DATE("DATE"),
  /** Instant in UTC, microseconds. */
  TIMESTAMP("TIMESTAMP"),
  /** Names to whole numbers. */
  STRING_TO_LONG("MAP<STRING, BIGINT>"),
  /** Names to figures. */
  STRING_TO_DOUBLE("MAP<STRING, DOUBLE>"),
  /** Names to texts. */
  STRING_TO_STRING("MAP<STRING, STRING>");

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  /** The type's name in Spark SQL. */
  public String sql() {
    return sql;
  }
}
