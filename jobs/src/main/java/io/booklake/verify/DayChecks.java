package io.booklake.verify;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Checks of one ticker-day, which are given its rows one by one. */
public interface DayChecks extends Closeable {
  /** Ends the ticker-day. */
  List<CheckResult> results();

  /** Lets go of what is open, be it in the middle of the day. */
  @Override
  default void close() throws IOException {}
}
