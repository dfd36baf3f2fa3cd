package io.booklake.job;

import java.util.regex.Pattern;

/**
 * An error as a line that may be stored and shown to everybody: what URIs, headers and settings
 * carry of credentials is masked. It masks too much rather than too little.
 */
final class ErrorText {
  private static final int LONGEST = 500;
  private static final String MASK = "***";

  /** {@code s3a://key:secret@bucket}. */
  private static final Pattern USER = Pattern.compile("://[^\\s@]+@");

  /** Signed URLs carry their signature there. */
  private static final Pattern QUERY = Pattern.compile("(://[^\\s?]*\\?)\\S+");

  private static final Pattern TOKEN = Pattern.compile("\\bhf_\\w+|(?i:\\b(bearer|basic)\\s+\\S+)");

  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)([\\w.-]*(?:secret|token|password|access[._-]?key|signature|credential)[\\w.-]*\"?"
              + "\\s*[=:]\\s*)\\S+");

  private ErrorText() {}

  /** The first line of its message and of its deepest cause's. */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = firstLine(failure);
    return masked(root == failure ? text : text + " (cause: " + firstLine(root) + ")");
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("");
  }

  /** Without what may be credentials, and shortened. */
  static String masked(String text) {
    String masked = USER.matcher(text).replaceAll("://" + MASK + "@");
    masked = QUERY.matcher(masked).replaceAll("$1" + MASK);
    masked = TOKEN.matcher(masked).replaceAll(MASK);
    masked = SETTING.matcher(masked).replaceAll("$1" + MASK);
    return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "..." : masked;
  }
}
