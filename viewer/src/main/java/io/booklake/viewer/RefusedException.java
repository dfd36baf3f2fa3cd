package io.booklake.viewer;

/** A request that gets no answer, with the reason for whoever sent it. */
final class RefusedException extends RuntimeException {
  private final int status;

  /**
   * A refusal.
   *
   * @param status HTTP's, 400 or more
   * @param message what was found, what was expected, what to do
   */
  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  RefusedException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  int status() {
    return status;
  }
}
