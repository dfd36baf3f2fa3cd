package io.booklake.hub;

import java.net.URI;

/** Texts of a server, made safe to print: they could steer a terminal. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** Host and path of an address: what a query holds may be a secret. */
  static String of(URI address) {
    return of(address.getHost() + address.getPath());
  }

  static String of(String text) {
    String safe = text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "..." : safe;
  }
}
