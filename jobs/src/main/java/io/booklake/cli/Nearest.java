package io.booklake.cli;

import java.util.Collection;
import java.util.Comparator;

/** What somebody who mistyped a word may have meant. */
final class Nearest {
  private Nearest() {}

  /** Such as {@code "; did you mean 'candles'?"}, or nothing where no word is near. */
  static String hint(String mistyped, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(word -> distance(mistyped, word)))
        .filter(word -> distance(mistyped, word) <= (mistyped.length() + 2) / 3)
        .map(word -> "; did you mean '" + word + "'?")
        .orElse("");
  }

  /** How many letters to insert, delete or change (Levenshtein 1966). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
