package io.booklake.cli;

import io.booklake.hub.HubDouble;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Lets commands that run in this process meet a {@link HubDouble}, by Hadoop's settings. */
final class HubProperties {
  static final String AUTHORIZATION = "Bearer hf_ofTheTest";

  private HubProperties() {}

  static void set(HubDouble server, Path cache) {
    Configuration configuration = Sessions.start().sparkContext().hadoopConfiguration();
    configuration.set("fs.hf.endpoint", server.endpoint().toString());
    configuration.set("fs.hf.token", "hf_ofTheTest");
    configuration.set("fs.hf.cache", cache.toString());
    // Every test has another server, and must not meet the file system of the one before.
    configuration.set("fs.hf.impl.disable.cache", "true");
    configuration.set("fs.shared.impl", SharedFileSystem.class.getName());
  }

  static void clear() {
    Configuration configuration = Sessions.start().sparkContext().hadoopConfiguration();
    List.of("fs.hf.endpoint", "fs.hf.token", "fs.hf.cache", "fs.hf.impl.disable.cache")
        .forEach(configuration::unset);
  }
}
