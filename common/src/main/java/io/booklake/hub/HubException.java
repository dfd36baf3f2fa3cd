package io.booklake.hub;

import java.io.IOException;

/** The Hub, or the way to it, refuses; the message says what to do. */
public final class HubException extends IOException {

  /** What is wrong. */
  public enum Kind {
    /** No such dataset, or a private one that this user may not see. */
    NO_DATASET,
    /** The dataset has no such branch, tag or commit. */
    NO_REVISION,
    /** The commit has no such file. */
    NO_FILE,
    /** The owner must grant access first. */
    GATED,
    /** The token is missing, not valid, or not allowed to do this. */
    UNAUTHORIZED,
    /** Offline, and the cache does not have it. */
    OFFLINE,
    /** Too many requests, for longer than is worth waiting. */
    RATE_LIMITED,
    /** No answer, or none that makes sense, after all tries. */
    UNREACHABLE,
    /** Storage, where the Hub has large contents, does not take one at the address it gave. */
    STORAGE,
    /** The bytes are not those that the listing promised. */
    CORRUPT,
    /** An answer that no Hub gives: a hostile path, a redirect in circles. */
    UNSAFE,
    /** A name that cannot be that of a file here. */
    NAME,
    /** The branch moved meanwhile. */
    MOVED,
    /** The cache cannot be written. */
    CACHE
  }

  private final Kind kind;

  /** With a message for the user. */
  public HubException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** With a message for the user, and what caused it. */
  public HubException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** False for what is wrong with one file, while others may be well. */
  public boolean concernsWholeDataset() {
    return switch (kind) {
      case NO_FILE, CORRUPT, UNSAFE, NAME -> false;
      default -> true;
    };
  }

  /** True where nothing but the user can help: a wrong name, a right that is missing. */
  public boolean isInvalidInput() {
    return switch (kind) {
      case NO_DATASET, NO_REVISION, GATED, UNAUTHORIZED, OFFLINE -> true;
      default -> false;
    };
  }
}
