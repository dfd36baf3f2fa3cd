package io.booklake.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the jar says of its own license, and of those of what it holds of others. */
class JobJarIT {
  @Test
  void theJarCarriesItsLicenseAndNamesAllThatItHoldsOfOthers() throws Exception {
    try (JarFile jar = new JarFile(JobJar.path().toFile())) {
      assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("../LICENSE")));
      assertThat(text(jar, "META-INF/NOTICE")).isEqualTo(Files.readString(Path.of("../NOTICE")));
      String others = text(jar, "META-INF/THIRD-PARTY.txt");

      assertThat(others).contains("MIT License", "BSD License", "Apache License");
      assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")))
          .map(name -> name.replaceFirst("META-INF/versions/\\d+/", ""))
          .filteredOn(name -> !name.startsWith("io/booklake/"))
          .isNotEmpty()
          .allMatch(name -> isOfOneOf(others, name));
    }
  }

  /** By the package, which is the group of each: {@code GROUP:ARTIFACT} stands in the text. */
  private static boolean isOfOneOf(String others, String name) {
    String of = name.replace('/', '.');
    return others
        .lines()
        .map(line -> line.strip().split(":", 2)[0])
        .filter(group -> group.matches("[a-z]+(\\.[a-z-]+)+"))
        .anyMatch(
            group ->
                of.startsWith(group.replace("-", "") + ".")
                    || of.startsWith(group.substring(group.lastIndexOf('.') + 1) + "."));
  }

  private static String text(JarFile jar, String name) throws Exception {
    assertThat(jar.getEntry(name)).as(name).isNotNull();
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }
}
