package io.booklake.format.lobster;

import java.io.Serializable;
import java.util.Objects;

/**
 * Why a file was not taken, in words that let its owner mend it.
 *
 * @param reason the code
 * @param file where it was read, an archive's entry after {@code !/}
 * @param line 1-based; 0 where the whole file is at fault
 * @param column 1-based; 0 where the whole line is at fault
 * @param found what stood there, shortened and printable
 * @param expected what should have stood there
 */
public record Rejection(
    Reason reason, String file, long line, int column, String found, String expected)
    implements Serializable {

  private static final int LONGEST = 240;

  /** Makes texts from outside safe to print: they may come from a hostile file. */
  public Rejection {
    Objects.requireNonNull(reason, "reason");
    file = printable(file);
    found = plain(found);
    Objects.requireNonNull(expected, "expected");
  }

  /** A rejection of a file as a whole. */
  public static Rejection ofFile(Reason reason, String file, String found, String expected) {
    return new Rejection(reason, file, 0, 0, found, expected);
  }

  /** File, line and column, found, expected, cure. */
  public String message() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(", line ").append(line);
    }
    if (column > 0) {
      text.append(", column ").append(column);
    }
    return text.append(": found ")
        .append(found)
        .append(", expected ")
        .append(expected)
        .append(". ")
        .append(reason.cure())
        .toString();
  }

  /** Letters of any language are; what steers a terminal or turns the direction of text is not. */
  private static boolean isHarmless(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }

  private static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.chars().forEach(c -> safe.append(isHarmless((char) c) ? (char) c : '?'));
    return safe.toString();
  }

  /** Rows of numbers are ASCII: any other byte stands for itself, not for a letter. */
  private static String plain(String text) {
    int end = Math.min(text.length(), LONGEST);
    StringBuilder safe = new StringBuilder(end + 3);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      safe.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return text.length() > end ? safe.append("...").toString() : safe.toString();
  }
}
