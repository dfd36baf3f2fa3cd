package io.booklake.hub;

import java.io.Serializable;
import java.util.regex.Pattern;

/** A user's token. It never appears in a text: {@link #toString} hides it. */
public final class AccessToken implements Serializable {
  /** What an HTTP header may hold; a line break would begin another header. */
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

  private final String secret;

  /**
   * Takes a token.
   *
   * @throws IllegalArgumentException if it holds anything but printable ASCII; the message does not
   *     repeat it
   */
  public AccessToken(String secret) {
    if (!PRINTABLE.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "the token holds blanks or other characters that no token has");
    }
    this.secret = secret;
  }

  /** The value of an Authorization header. */
  String authorization() {
    return "Bearer " + secret;
  }

  /** The secret itself, to hand it to another process of the same user. */
  public String reveal() {
    return secret;
  }

  @Override
  public String toString() {
    return "AccessToken(hidden)";
  }
}
