package io.booklake.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;

/**
 * What is set for Hadoop's file systems, for commands that need no Spark: the same keys in the same
 * places, {@code spark.hadoop.*} in conf/spark-defaults.conf and from spark-submit.
 */
final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    Properties all = defaults();
    // spark-submit hands its settings over as properties of the process.
    all.putAll(System.getProperties());
    all.stringPropertyNames().stream()
        .filter(key -> key.startsWith(PREFIX))
        .forEach(
            key -> configuration.set(key.substring(PREFIX.length()), all.getProperty(key).strip()));
    return configuration;
  }

  /** What conf/spark-defaults.conf says. */
  static Properties defaults() {
    Properties defaults = new Properties();
    try (InputStream in = HadoopSettings.class.getResourceAsStream("/spark-defaults.conf");
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      defaults.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return defaults;
  }
}
