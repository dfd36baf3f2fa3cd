package io.booklake.format.lobster;

import java.io.IOException;

/** A file is not what it should be; {@link #rejection} says why. */
public final class RejectedException extends IOException {
  private final Rejection rejection;

  /** With the rejection's message. */
  public RejectedException(Rejection rejection) {
    super(rejection.reason() + ": " + rejection.message());
    this.rejection = rejection;
  }

  /** Why. */
  public Rejection rejection() {
    return rejection;
  }
}
