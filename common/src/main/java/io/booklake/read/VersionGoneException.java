package io.booklake.read;

import java.io.IOException;

/**
 * What a reader holds is no longer in the lake: a vacuum took files or log entries of an older
 * version. {@link LakeReader#refresh} and a new {@link DayReader} lead on.
 */
public final class VersionGoneException extends IOException {
  VersionGoneException(String what, Throwable cause) {
    super(
        what
            + " is no longer in the lake. If it was vacuumed after this reader began to hold it,"
            + " LakeReader.refresh() leads on; if somebody deleted it, booklake verify tells, and"
            + " booklake ingest --force makes it anew",
        cause);
  }
}
