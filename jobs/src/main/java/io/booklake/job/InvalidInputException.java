package io.booklake.job;

/**
 * The configuration or what the user pointed at is wrong; the message says what and how to mend it.
 * Exit code 3.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** With a message for the user, and what caused it. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
