package io.booklake.serve;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a server listens, and whom it answers.
 *
 * @param host address to listen at
 * @param port 0 for any that is free
 * @param token what a client has to know; empty for everybody on this machine
 */
public record ServerSettings(InetAddress host, int port, Optional<String> token) {
  /** The port where none is named. */
  public static final int DEFAULT_PORT = 8480;

  private static final int LEAST_TOKEN_LENGTH = 16;
  private static final int MOST_PORT = 65_535;

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if the port is none, the token is short or could not stand in
   *     a header, or the address is that of others and there is no token
   */
  public ServerSettings {
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException("the port is 0 to " + MOST_PORT + ", found " + port);
    }
    if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]{" + LEAST_TOKEN_LENGTH + ",}")) {
      throw new IllegalArgumentException(
          "a token is "
              + LEAST_TOKEN_LENGTH
              + " or more visible ASCII characters, found "
              + token.get().length()
              + " characters");
    }
    if (token.isEmpty() && !host.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          host.getHostAddress()
              + " can be reached by other machines: give a token, or listen at 127.0.0.1");
    }
  }

  /** Does not tell the token. */
  @Override
  public String toString() {
    return host.getHostAddress() + ":" + port + (token.isPresent() ? " with a token" : "");
  }
}
