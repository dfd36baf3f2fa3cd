package io.booklake.hub;

import java.io.IOException;
import java.nio.file.Path;

/** What is there of a content that is being downloaded: always a beginning. */
sealed interface Partial extends AutoCloseable permits PartialFile, PartialBytes {
  /** Whether somebody else may have had it, and brought it to its end, before it was opened. */
  boolean wasWaitedFor();

  /** Bytes that are there. */
  long length();

  void append(byte[] bytes, int offset, int count) throws IOException;

  /** Reads some of what is there; returns how many bytes, or -1 behind the end. */
  int read(long from, byte[] target) throws IOException;

  void clear() throws IOException;

  void delete() throws IOException;

  /** Gives it its final name, in one step. */
  void moveTo(Path whole) throws IOException;

  @Override
  void close() throws IOException;
}
