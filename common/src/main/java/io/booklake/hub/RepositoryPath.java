package io.booklake.hub;

import java.util.regex.Pattern;

/** Names from outside that become paths here: of files in a listing, and of git references. */
final class RepositoryPath {
  /** Control characters, also the ones that turn the direction of text, and halves of others. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\\\]");

  private RepositoryPath() {}

  /**
   * A relative path with slashes, none of whose steps leads up or nowhere.
   *
   * @return the same
   * @throws IllegalArgumentException if it is none
   */
  static String check(String path) {
    boolean hostile = path.isEmpty() || UNPRINTABLE.matcher(path).find();
    for (String step : path.split("/", -1)) {
      hostile |= step.isEmpty() || step.equals(".") || step.equals("..");
    }
    if (hostile) {
      throw new IllegalArgumentException(
          "not a path inside a repository: '" + Printable.of(path) + "'");
    }
    return path;
  }
}
