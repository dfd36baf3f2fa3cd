package io.booklake.cli;

import io.booklake.hub.HubDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link HubDouble} for each test, with an empty cache, that commands inside this process meet:
 * by Hadoop's settings of the session, and by those that commands without one read.
 */
final class RunningHub implements BeforeEachCallback, AfterEachCallback {
  static final String AUTHORIZATION = "Bearer hf_ofTheTest";

  private final Map<String, String> settings = new TreeMap<>();
  private HubDouble server;
  private Path cache;

  /** The one of this test. */
  HubDouble server() {
    return server;
  }

  /** Where its downloads are kept. */
  Path cache() {
    return cache;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server = new HubDouble();
    cache = Files.createTempDirectory("hub").resolve("cache");
    settings.put("fs.hf.endpoint", server.endpoint().toString());
    settings.put("fs.hf.token", "hf_ofTheTest");
    settings.put("fs.hf.cache", cache.toString());
    // Every test has another server, and must not meet the file system of the one before.
    settings.put("fs.hf.impl.disable.cache", "true");
    settings.put("fs.shared.impl", SharedFileSystem.class.getName());
    Configuration ofSession = Sessions.start().context().hadoopConfiguration();
    settings.forEach(
        (key, value) -> {
          ofSession.set(key, value);
          System.setProperty("spark.hadoop." + key, value);
        });
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.close();
    Configuration ofSession = Sessions.start().context().hadoopConfiguration();
    settings
        .keySet()
        .forEach(
            key -> {
              ofSession.unset(key);
              System.clearProperty("spark.hadoop." + key);
            });
    FileUtil.fullyDelete(cache.getParent().toFile());
  }
}
