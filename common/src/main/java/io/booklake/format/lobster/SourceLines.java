package io.booklake.format.lobster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of lines of a source file, and where it stands in the file's text.
 *
 * <p>A pair has no line that is not an event: the parser takes in every line or rejects the pair.
 * So the event of index k is line k + 1 of both files, as long as they are the ones that were taken
 * in, which {@link #trace} tells.
 *
 * @param firstByte offset of the first line in the unpacked text; the text's length where it has no
 *     such line
 * @param endByte offset behind the last line, its line end included
 * @param texts the first of the lines, without their ends
 * @param trace of the whole file
 */
public record SourceLines(
    long firstByte, long endByte, List<String> texts, PairReader.Trace trace) {

  /** Keeps its own list. */
  public SourceLines {
    texts = List.copyOf(texts);
  }

  /**
   * Reads a file once, to its end.
   *
   * @param firstIndex event index of the first line
   * @param lastIndex event index of the last line, inclusive
   * @param most so many texts are kept
   * @throws RejectedException if it cannot be read to its end
   */
  public static SourceLines read(
      SourceFile file, SourceOpener files, long firstIndex, long lastIndex, int most)
      throws IOException {
    try (LineBuffer lines =
        new LineBuffer(file.location(), files.open(file), PairReader.newDigest())) {
      List<String> texts = new ArrayList<>();
      long index = 0;
      long offset = 0;
      long firstByte = 0;
      while (index <= lastIndex && lines.hasLine()) {
        if (index == firstIndex) {
          firstByte = offset;
        }
        if (index >= firstIndex && texts.size() < most) {
          texts.add(lines.line());
        }
        int begin = lines.position;
        if (!lines.skipLine()) {
          // No row is so long: it is another file by now.
          break;
        }
        offset += lines.position - begin;
        index++;
      }
      lines.readToEnd();
      PairReader.Trace trace = new PairReader.Trace(lines.digestHex(), lines.bytesRead());
      return index <= firstIndex
          ? new SourceLines(trace.bytes(), trace.bytes(), List.of(), trace)
          // A last line that lacks its end was counted with one.
          : new SourceLines(firstByte, Math.min(offset, trace.bytes()), texts, trace);
    }
  }
}
