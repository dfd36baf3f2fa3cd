package io.booklake.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Gives parts of files. For any number of threads. */
interface FileParts {

  /**
   * Where some bytes lie in a file.
   *
   * @param offset of the first
   * @param length number of bytes, at least 1
   */
  record Span(long offset, int length) {
    long end() {
      return offset + length;
    }
  }

  /**
   * Reads some parts of a file.
   *
   * @param length of the whole file: object stores need not be asked for it
   * @param room where bytes may be put: they are there until it is used again
   * @return the bytes of each span, in arrays, in the order of the spans
   */
  List<ByteBuffer> read(String path, long length, List<Span> spans, Room room) throws IOException;
}
