package io.booklake.hub;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A proxy with what it is shown of its user. That never appears in a text. */
final class HttpProxy {
  private static final int DEFAULT_PORT = 80;

  private final InetSocketAddress address;
  private final Optional<String> authorization;

  private HttpProxy(InetSocketAddress address, Optional<String> authorization) {
    this.address = address;
    this.authorization = authorization;
  }

  /**
   * Of a variable's value: {@code http://HOST:PORT}, where the scheme and the port may be missing,
   * with {@code USER:PASSWORD@} before the host.
   *
   * @throws IllegalArgumentException if it is something else; the message does not repeat it
   */
  static HttpProxy parse(String variable, String value) {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      // A password that is not encoded may end the address too soon.
      boolean isWhole =
          (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || !isWhole) {
        throw noProxy(variable);
      }
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      return new HttpProxy(
          // Resolved when it is connected to, so that a name that nobody knows is an answer then.
          InetSocketAddress.createUnresolved(uri.getHost(), port),
          Optional.ofNullable(uri.getRawUserInfo()).map(HttpProxy::basic));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw noProxy(variable);
    }
  }

  /** Names no cause: a password may stand in its message. */
  private static IllegalArgumentException noProxy(String variable) {
    return new IllegalArgumentException(
        variable
            + " is no address of a proxy that can be used, expected http://HOST:PORT or"
            + " http://USER:PASSWORD@HOST:PORT, where special characters of the password are"
            + " percent-encoded. A proxy that is reached by TLS or SOCKS cannot be used.");
  }

  private static String basic(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    byte[] both = (decoded(user) + ":" + decoded(password)).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, address);
  }

  /** The value of a Proxy-Authorization header; empty where the proxy asks nobody who he is. */
  Optional<String> authorization() {
    return authorization;
  }

  @Override
  public String toString() {
    return address.getHostString() + ":" + address.getPort();
  }
}
