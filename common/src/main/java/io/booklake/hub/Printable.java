package io.booklake.hub;

/** Texts of a server, made safe to print: they could steer a terminal. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  static String of(String text) {
    String safe = text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "..." : safe;
  }
}
