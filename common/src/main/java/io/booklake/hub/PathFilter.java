package io.booklake.hub;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which files of a dataset are meant, by globs as Python's {@code snapshot_download} reads them:
 * {@code *} stands for any characters, slashes too, {@code ?} for one, {@code [abc]} for one of
 * them, {@code [!abc]} for any other; {@code folder/} means all it holds.
 */
public final class PathFilter implements Predicate<String> {
  /** Every file. */
  public static final PathFilter ALL = new PathFilter(List.of(), List.of());

  /** Fits nowhere. */
  private static final String NOTHING = "(?!)";

  private final List<Pattern> included;
  private final List<Pattern> excluded;

  /**
   * A filter.
   *
   * @param include globs of which one must fit; none for every file
   * @param exclude globs of which none may fit
   */
  public PathFilter(List<String> include, List<String> exclude) {
    included = include.stream().map(PathFilter::pattern).toList();
    excluded = exclude.stream().map(PathFilter::pattern).toList();
  }

  @Override
  public boolean test(String path) {
    return (included.isEmpty() || fits(included, path)) && !fits(excluded, path);
  }

  private static boolean fits(List<Pattern> patterns, String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static Pattern pattern(String glob) {
    String whole = glob.endsWith("/") ? glob + "*" : glob;
    StringBuilder expression = new StringBuilder();
    int next = 0;
    while (next < whole.length()) {
      int c = whole.codePointAt(next);
      next += Character.charCount(c);
      // A bracket right behind the opening one is one of the characters.
      int close =
          c == '[' ? whole.indexOf(']', whole.startsWith("!", next) ? next + 2 : next + 1) : 0;
      if (c == '*') {
        expression.append(".*");
      } else if (c == '?') {
        expression.append('.');
      } else if (c == '[' && close > 0) {
        expression.append(characters(whole.substring(next, close)));
        next = close + 1;
      } else {
        expression.append(literal(c));
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  private static String characters(String set) {
    boolean others = set.startsWith("!");
    int[] each = (others ? set.substring(1) : set).codePoints().toArray();
    StringBuilder members = new StringBuilder();
    int next = 0;
    while (next < each.length) {
      boolean isRange = next + 2 < each.length && each[next + 1] == '-';
      int last = isRange ? each[next + 2] : each[next];
      // A range from z to a has nobody in it.
      if (each[next] <= last) {
        members.append(literal(each[next])).append('-').append(literal(last));
      }
      next += isRange ? 3 : 1;
    }
    if (members.length() == 0) {
      return others ? "." : NOTHING;
    }
    return (others ? "[^" : "[") + members + "]";
  }

  private static String literal(int character) {
    return String.format(Locale.ROOT, "\\x{%x}", character);
  }
}
