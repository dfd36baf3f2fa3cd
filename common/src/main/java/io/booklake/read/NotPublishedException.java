package io.booklake.read;

/** A ticker-day, or a table of it, that the lake does not publish. */
public final class NotPublishedException extends RuntimeException {
  NotPublishedException(String message) {
    super(message);
  }
}
