package io.booklake.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/** One DuckDB for all that tests ask: to start one takes longer than to ask it. */
final class Duck {
  private static final DuckDBConnection DATABASE = start();

  private Duck() {}

  private static DuckDBConnection start() {
    try {
      Connection database = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement sql = database.createStatement()) {
        // Tests write over files, and want what is in them.
        sql.execute("SET enable_external_file_cache = false");
      }
      return database.unwrap(DuckDBConnection.class);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of its own for whoever asks. */
  static Connection connect() throws SQLException {
    return DATABASE.duplicate();
  }
}
