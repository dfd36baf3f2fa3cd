package io.booklake.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads an array as a file system would a file, and notes what of it is asked for. */
final class NotedParts implements FileParts {
  private final byte[] file;

  /** By read. */
  final List<List<Span>> asked = new ArrayList<>();

  NotedParts(byte[] file) {
    this.file = file;
  }

  @Override
  public List<ByteBuffer> read(String path, long length, List<Span> spans, Room room) {
    asked.add(spans);
    byte[] bytes = room.of(spans.stream().mapToInt(Span::length).sum());
    List<ByteBuffer> parts = new ArrayList<>();
    int at = 0;
    for (Span span : spans) {
      System.arraycopy(file, (int) span.offset(), bytes, at, span.length());
      parts.add(ByteBuffer.wrap(bytes, at, span.length()));
      at += span.length();
    }
    return parts;
  }
}
