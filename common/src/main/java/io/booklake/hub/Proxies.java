package io.booklake.hub;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which proxy stands before a host, by the variables that Python's {@code huggingface_hub} goes by:
 * {@code HTTPS_PROXY} and {@code HTTP_PROXY} by the scheme of what is asked, else {@code
 * ALL_PROXY}; none for the hosts of {@code NO_PROXY}. Of each the one in small letters goes first.
 * Where they name none, the JVM's own settings apply, such as {@code https.proxyHost}.
 */
public final class Proxies {
  private final Map<String, HttpProxy> byScheme;
  private final List<String> direct;

  private Proxies(Map<String, HttpProxy> byScheme, List<String> direct) {
    this.byScheme = byScheme;
    this.direct = direct;
  }

  /**
   * Of any environment.
   *
   * @param environment a variable's value, or null
   * @throws IllegalArgumentException if one names a proxy that cannot be used; the message does not
   *     repeat its value, where a password may stand
   */
  public static Proxies of(UnaryOperator<String> environment) {
    Map<String, HttpProxy> byScheme = new HashMap<>();
    for (String scheme : new String[] {"https", "http"}) {
      Stream.of(scheme + "_proxy", "all_proxy")
          .map(name -> name(environment, name))
          .filter(name -> !value(environment, name).isEmpty())
          .findFirst()
          .ifPresent(name -> byScheme.put(scheme, HttpProxy.parse(name, value(environment, name))));
    }
    List<String> direct =
        Stream.of(value(environment, name(environment, "no_proxy")).split(",", -1))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList();
    return new Proxies(byScheme, direct);
  }

  /** The variable in small letters where it is set, even to nothing. */
  private static String name(UnaryOperator<String> environment, String small) {
    return environment.apply(small) == null ? small.toUpperCase(Locale.ROOT) : small;
  }

  private static String value(UnaryOperator<String> environment, String name) {
    String value = environment.apply(name);
    return value == null ? "" : value.strip();
  }

  /** The proxy that the variables name for an http or https URI; empty where they name none. */
  Optional<HttpProxy> before(URI uri) {
    return isDirect(uri) ? Optional.empty() : Optional.ofNullable(byScheme.get(uri.getScheme()));
  }

  private boolean isDirect(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String withPort = host + ":" + Transport.port(uri);
    return direct.stream()
        .anyMatch(
            entry ->
                entry.equals("*")
                    || isWithin(host, entry)
                    || isWithin(withPort, entry)
                    || host.equals("[" + entry + "]"));
  }

  /** {@code example.com} is for it and all below it, {@code .example.com} for what is below. */
  private static boolean isWithin(String host, String entry) {
    String domain = entry.startsWith("*.") ? entry.substring(1) : entry;
    return host.equals(domain) || host.endsWith(domain.startsWith(".") ? domain : "." + domain);
  }

  /** The same as a JDK's client asks it. */
  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        if (byScheme.containsKey(uri.getScheme())) {
          return List.of(before(uri).map(HttpProxy::proxy).orElse(Proxy.NO_PROXY));
        }
        ProxySelector ofJvm = ProxySelector.getDefault();
        return ofJvm == null ? List.of(Proxy.NO_PROXY) : ofJvm.select(uri);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
        // The request fails with it.
      }
    };
  }
}
