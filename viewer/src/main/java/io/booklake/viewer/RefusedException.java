package io.booklake.viewer;

/** A request that gets no answer, with the reason for whoever sent it. */
final class RefusedException extends RuntimeException {
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int GONE = 410;
  static final int CONTENT_TOO_LARGE = 413;
  static final int INTERNAL_ERROR = 500;

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
