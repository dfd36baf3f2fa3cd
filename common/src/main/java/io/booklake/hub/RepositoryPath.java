package io.booklake.hub;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names from outside that become paths here: of files in a listing, and of git references. */
final class RepositoryPath {
  /**
   * Control characters, also the ones that turn the direction of text, and what another system
   * takes for a slash. The two that join letters, in Persian and in emoji, steer nothing.
   */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\\\&&[^\\u200c\\u200d]]");

  private static final Pattern NO_TEXT = Pattern.compile("[\\x00\\p{Cs}]");

  /** Of a step on every usual disk, in UTF-8. */
  private static final int LONGEST_STEP = 255;

  /** Half of what Linux takes: the folder that it lies in has a name, too. */
  private static final int LONGEST_PATH = 2048;

  private RepositoryPath() {}

  /**
   * A relative path with slashes, none of whose steps leads up or nowhere.
   *
   * @return the same
   * @throws IllegalArgumentException if it is none
   */
  static String checkInside(String path) {
    boolean hostile = path.isEmpty() || NO_TEXT.matcher(path).find();
    for (String step : path.split("/", -1)) {
      hostile |= step.isEmpty() || step.equals(".") || step.equals("..");
    }
    if (hostile) {
      throw refusal(path);
    }
    return path;
  }

  static boolean isPrintable(String path) {
    return !UNPRINTABLE.matcher(path).find();
  }

  /** Whether it can be printed, and be a name on the disks there are. */
  static boolean isPlain(String path) {
    boolean plain = isPrintable(path) && bytes(path) <= LONGEST_PATH;
    for (String step : path.split("/", -1)) {
      plain &= bytes(step) <= LONGEST_STEP;
    }
    return plain;
  }

  /**
   * Both of it.
   *
   * @return the same
   * @throws IllegalArgumentException if it is not
   */
  static String check(String path) {
    if (!isPlain(checkInside(path))) {
      throw refusal(path);
    }
    return path;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static IllegalArgumentException refusal(String path) {
    return new IllegalArgumentException(
        "not a path inside a repository: '" + Printable.of(path) + "'");
  }
}
