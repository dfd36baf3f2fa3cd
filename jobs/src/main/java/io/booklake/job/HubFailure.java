package io.booklake.job;

import io.booklake.hub.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a job that works with the Hub throws when that fails. */
final class HubFailure {
  private HubFailure() {}

  /** Looks at what was named. */
  @FunctionalInterface
  interface Named<T> {
    T get() throws IOException;
  }

  /**
   * What the command line and the environment name.
   *
   * @throws InvalidInputException where that makes no sense
   */
  static <T> T valid(Named<T> named) throws IOException {
    try {
      return named.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  /**
   * An {@link InvalidInputException} if only the user can mend it, such as a name, a right or a
   * token; else an {@link UncheckedIOException}.
   *
   * @param purpose what could not be done, as it follows "cannot"
   */
  static RuntimeException of(String purpose, IOException cause) {
    if (!(cause instanceof HubException failure)) {
      return new UncheckedIOException("cannot " + purpose + ": " + cause.getMessage(), cause);
    }
    return failure.isInvalidInput()
        ? new InvalidInputException(failure.getMessage(), failure)
        : new UncheckedIOException(failure.getMessage(), failure);
  }
}
