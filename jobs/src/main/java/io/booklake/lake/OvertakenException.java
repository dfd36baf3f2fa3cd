package io.booklake.lake;

/** Somebody else committed the version that a commit was meant to become. */
final class OvertakenException extends Exception {
  OvertakenException(Throwable cause) {
    super(cause);
  }
}
