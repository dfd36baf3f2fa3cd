package io.booklake.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Links as RFC 8288 writes them into a header, {@code <address>; title="a, b"; rel="next"}, with
 * commas between several.
 */
final class LinkHeader {
  private static final String ENDS_A_WORD = " \t;,=\"";

  private final String text;
  private int at;

  private LinkHeader(String text) {
    this.text = text;
  }

  /**
   * Where the page behind this one is.
   *
   * @param values of all such headers of an answer
   * @return empty if this is the last
   * @throws IllegalArgumentException if they cannot be read, or name several
   */
  static Optional<String> next(List<String> values) {
    List<String> found = new ArrayList<>();
    for (String value : values) {
      new LinkHeader(value).addNext(found);
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException("several next pages");
    }
    return found.stream().findFirst();
  }

  private void addNext(List<String> found) {
    while (skipCommas()) {
      if (!take('<')) {
        throw unreadable();
      }
      String address = upTo('>');
      String relations = relations();
      if (Arrays.asList(relations.toLowerCase(Locale.ROOT).split(" +", -1)).contains("next")) {
        found.add(address);
      }
    }
  }

  /** Reads the parameters of a link to their end; of several relations the first counts. */
  private String relations() {
    String relations = null;
    skipBlanks();
    while (take(';')) {
      skipBlanks();
      String name = word();
      skipBlanks();
      String value = "";
      if (take('=')) {
        skipBlanks();
        value = take('"') ? quoted() : word();
        skipBlanks();
      }
      if (relations == null && name.equalsIgnoreCase("rel")) {
        relations = value;
      }
    }
    if (at < text.length() && text.charAt(at) != ',') {
      throw unreadable();
    }
    return relations == null ? "" : relations;
  }

  /** Skips what parts links; returns whether another is behind it. */
  private boolean skipCommas() {
    do {
      skipBlanks();
    } while (take(','));
    return at < text.length();
  }

  private void skipBlanks() {
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char wanted) {
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private String upTo(char end) {
    int close = text.indexOf(end, at);
    if (close < 0) {
      throw unreadable();
    }
    String taken = text.substring(at, close);
    at = close + 1;
    return taken;
  }

  private String word() {
    int begin = at;
    while (at < text.length() && ENDS_A_WORD.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private String quoted() {
    StringBuilder taken = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
      taken.append(text.charAt(at++));
    }
    if (!take('"')) {
      throw unreadable();
    }
    return taken.toString();
  }

  private IllegalArgumentException unreadable() {
    return new IllegalArgumentException("no links: " + Printable.of(text));
  }
}
