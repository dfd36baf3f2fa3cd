package io.booklake.viewer;

import io.booklake.serve.ServerSettings;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/** Who may ask: those who know the token or, without one, pages of this machine's own address. */
final class Guard {
  private static final String BEARER = "Bearer ";
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<byte[]> token;
  private final Set<String> names = new TreeSet<>(HERE);

  Guard(ServerSettings settings) {
    String address = settings.host().getHostAddress();
    // By no name can a page from elsewhere be taken for an address.
    names.add(settings.host() instanceof Inet6Address ? "[" + address + "]" : address);
    token = settings.token().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Looks at any request.
   *
   * @throws RefusedException if it wants to change something or brings a body, or if it reached a
   *     server without a token by a name that is not this machine's: a page from elsewhere may have
   *     had its own name point here (DNS rebinding)
   */
  void check(Request request) {
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      throw new RefusedException(
          HttpStatus.METHOD_NOT_ALLOWED_405, "found another method, expected GET or HEAD");
    }
    HttpFields headers = request.getHeaders();
    if (headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0) {
      throw new RefusedException(
          HttpStatus.PAYLOAD_TOO_LARGE_413, "found a body, expected a request without one");
    }
    if (token.isEmpty() && !names.contains(Request.getServerName(request))) {
      throw new RefusedException(
          HttpStatus.FORBIDDEN_403,
          "this server has no token and answers to " + String.join(", ", names) + " alone");
    }
  }

  /**
   * Looks at a request for data.
   *
   * @throws RefusedException without the token, or with another
   */
  void checkToken(Request request) {
    if (token.isEmpty()) {
      return;
    }
    HttpField field = request.getHeaders().getField(HttpHeader.AUTHORIZATION);
    String found = field == null ? "" : field.getValue();
    // In a time that does not tell how much of it was right.
    if (!found.startsWith(BEARER)
        || !MessageDigest.isEqual(
            found.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token.get())) {
      throw new RefusedException(
          HttpStatus.UNAUTHORIZED_401,
          "expected the header 'Authorization: Bearer TOKEN' with the token of this server");
    }
  }
}
