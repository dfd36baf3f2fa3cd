package io.booklake.format.lobster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Real LOBSTER files, which lie outside the project; tests that need them are skipped, and say so,
 * without them.
 */
public final class RealData {
  private RealData() {}

  /** The folder that {@code BOOKLAKE_REAL_DATA} names. */
  public static Path folder() {
    String folder = System.getenv("BOOKLAKE_REAL_DATA");
    assumeTrue(
        folder != null,
        "skipped: set BOOKLAKE_REAL_DATA to a folder with LOBSTER's sample files to run this");
    return Path.of(folder).toAbsolutePath().normalize();
  }

  /** One of LOBSTER's sample archives, such as {@code GOOG_2012-06-21_10}. */
  public static Path archive(String tickerDay) {
    return folder().resolve("LOBSTER_SampleFile_" + tickerDay + ".zip");
  }

  /** Unpacks a sample archive, for engines that read no zip. */
  public static void unpack(String tickerDay, Path target) throws IOException {
    try (ZipFile archive = new ZipFile(archive(tickerDay).toFile())) {
      Enumeration<? extends ZipEntry> entries = archive.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (FileName.parse(entry.getName()).isPresent()) {
          try (InputStream in = archive.getInputStream(entry)) {
            Files.copy(in, target.resolve(entry.getName()));
          }
        }
      }
    }
  }
}
