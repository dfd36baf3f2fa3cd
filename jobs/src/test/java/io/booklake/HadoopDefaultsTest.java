package io.booklake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The jar that the launcher puts in front of Hadoop's. */
class HadoopDefaultsTest {
  private static final Path SHORT = Path.of("target", "hadoop-defaults.jar");

  @Test
  void theShortFilesOfDefaultsSetWhatHadoopsOwnSet() throws Exception {
    Path own =
        Path.of(Configuration.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (ZipFile whole = new ZipFile(own.toFile());
        ZipFile made = new ZipFile(SHORT.toFile())) {
      List<String> names =
          whole.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches("[a-z]+-default\\.xml"))
              .toList();
      assertThat(names).contains("core-default.xml");
      for (String name : names) {
        assertThat(settings(made, name)).as(name).isEqualTo(settings(whole, name)).isNotEmpty();
        assertThat(made.getEntry(name).getSize())
            .as("that of %s is less", name)
            .isLessThan(whole.getEntry(name).getSize() / 2);
      }
    }
  }

  /** By name, the value as it is written, and whether it may be changed. */
  private static Map<String, String> settings(ZipFile jar, String name) throws IOException {
    Configuration configuration = new Configuration(false);
    try (InputStream file = jar.getInputStream(jar.getEntry(name))) {
      configuration.addResource(file, name);
      Set<String> fixed = configuration.getFinalParameters();
      Map<String, String> settings = new TreeMap<>();
      for (Map.Entry<String, String> each : configuration) {
        settings.put(
            each.getKey(), configuration.getRaw(each.getKey()) + fixed.contains(each.getKey()));
      }
      return settings;
    }
  }
}
