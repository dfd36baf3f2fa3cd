package io.booklake.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How to reach the Hub, by the environment variables that Python's {@code huggingface_hub} defines:
 * {@code HF_ENDPOINT}, {@code HF_TOKEN} or {@code HUGGING_FACE_HUB_TOKEN} or the file {@code
 * HF_TOKEN_PATH}, {@code HF_HOME}, {@code HF_HUB_CACHE}, {@code HF_HUB_OFFLINE}, and by those of
 * {@link Proxies}.
 *
 * @param endpoint scheme, host and port of the Hub, without a slash at the end
 * @param token empty for an anonymous user
 * @param cacheFolder where downloads are kept, shared with Python
 * @param offline answers from the cache alone
 * @param proxies what stands between this machine and the Hub
 */
public record HubSettings(
    URI endpoint, Optional<AccessToken> token, Path cacheFolder, boolean offline, Proxies proxies) {
  private static final String PUBLIC_HUB = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /**
   * Checks the endpoint.
   *
   * @throws IllegalArgumentException if it is no http or https URI with a host
   */
  public HubSettings {
    boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!web || endpoint.getHost() == null || endpoint.getUserInfo() != null) {
      throw noEndpoint();
    }
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(cacheFolder, "cacheFolder");
    Objects.requireNonNull(proxies, "proxies");
  }

  /**
   * Of this process's environment.
   *
   * @throws IOException if a token file exists and cannot be read
   */
  public static HubSettings ofProcess() throws IOException {
    return of(System::getenv, Path.of(System.getProperty("user.home")));
  }

  /**
   * Of any environment.
   *
   * @param environment a variable's value, or null
   * @param home the user's folder
   * @throws IOException if a token file exists and cannot be read
   * @throws IllegalArgumentException if a variable's value cannot be used; the message does not
   *     repeat it
   */
  public static HubSettings of(UnaryOperator<String> environment, Path home) throws IOException {
    UnaryOperator<String> variable =
        name -> {
          String value = environment.apply(name);
          return value == null || value.isBlank() ? null : value.strip();
        };
    Path caches = folder(variable.apply("XDG_CACHE_HOME"), home, home.resolve(".cache"));
    Path hubHome = folder(variable.apply("HF_HOME"), home, caches.resolve("huggingface"));
    Path older = folder(variable.apply("HUGGINGFACE_HUB_CACHE"), home, hubHome.resolve("hub"));
    return new HubSettings(
        endpoint(variable.apply("HF_ENDPOINT")),
        token(variable, folder(variable.apply("HF_TOKEN_PATH"), home, hubHome.resolve("token"))),
        folder(variable.apply("HF_HUB_CACHE"), home, older),
        isTrue(variable.apply("HF_HUB_OFFLINE")),
        Proxies.of(environment));
  }

  private static URI endpoint(String text) {
    try {
      return new URI((text == null ? PUBLIC_HUB : text).replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw noEndpoint();
    }
  }

  /** Does not repeat it, nor name a cause that does: a password may stand in it. */
  private static IllegalArgumentException noEndpoint() {
    return new IllegalArgumentException(
        "HF_ENDPOINT is no address of a Hub, expected one like " + PUBLIC_HUB);
  }

  private static Path folder(String text, Path home, Path otherwise) {
    if (text == null) {
      return otherwise;
    }
    boolean atHome = text.equals("~") || text.startsWith("~/");
    Path folder = atHome ? home.resolve(text.substring(Math.min(2, text.length()))) : Path.of(text);
    return folder.toAbsolutePath();
  }

  private static Optional<AccessToken> token(UnaryOperator<String> variable, Path file)
      throws IOException {
    for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      if (variable.apply(name) != null) {
        return Optional.of(new AccessToken(variable.apply(name)));
      }
    }
    String kept = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
    return kept.isEmpty() ? Optional.empty() : Optional.of(new AccessToken(kept));
  }

  private static boolean isTrue(String text) {
    return text != null && TRUE.contains(text.toUpperCase(Locale.ROOT));
  }
}
