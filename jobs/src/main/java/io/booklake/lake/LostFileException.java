package io.booklake.lake;

/** A data file that a table names is not there, or no longer whole. */
final class LostFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostFileException(String file, Exception cause) {
    super(file + " is lost: " + cause, cause);
  }
}
