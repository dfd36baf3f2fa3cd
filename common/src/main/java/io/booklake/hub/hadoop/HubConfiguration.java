package io.booklake.hub.hadoop;

import io.booklake.hub.AccessToken;
import io.booklake.hub.HubSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/**
 * The Hub's settings on a cluster: {@code fs.hf.endpoint}, {@code fs.hf.token} and {@code
 * fs.hf.cache} go before the environment variables {@code HF_ENDPOINT}, {@code HF_TOKEN} and {@code
 * HF_HUB_CACHE} of each machine. Spark hides values of keys that end with "token" where it prints
 * settings.
 */
public final class HubConfiguration {
  /** The key of the token. */
  public static final String TOKEN = "fs.hf.token";

  /** The key of the endpoint. */
  public static final String ENDPOINT = "fs.hf.endpoint";

  private static final Map<String, String> KEYS =
      Map.of("HF_ENDPOINT", ENDPOINT, "HF_TOKEN", TOKEN, "HF_HUB_CACHE", "fs.hf.cache");

  private HubConfiguration() {}

  /**
   * What holds in this process.
   *
   * @throws IOException if a token file exists and cannot be read
   */
  public static HubSettings settings(Configuration configuration) throws IOException {
    UnaryOperator<String> environment =
        name -> {
          String set = KEYS.containsKey(name) ? configuration.get(KEYS.get(name)) : null;
          return set == null ? System.getenv(name) : set;
        };
    return HubSettings.of(environment, Path.of(System.getProperty("user.home")));
  }

  /**
   * A copy for other machines, which need neither this one's environment nor its token file. Each
   * keeps its own cache.
   */
  public static Configuration forOthers(Configuration configuration) throws IOException {
    HubSettings here = settings(configuration);
    Configuration copy = new Configuration(configuration);
    URI endpoint = here.endpoint();
    copy.set(ENDPOINT, endpoint.toString());
    here.token().map(AccessToken::reveal).ifPresent(secret -> copy.set(TOKEN, secret));
    return copy;
  }
}
