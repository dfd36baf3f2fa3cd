package io.booklake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A page of {@code docs/} that is written from the code, in whole or in part. Tests hold it against
 * the code; with {@code -Dbooklake.docs.write=true} they write it.
 */
public final class GeneratedPage {
  private static final String WRITE = "booklake.docs.write";

  private final Path file;

  /** A page by its path below {@code docs/}. */
  public GeneratedPage(String path) {
    // Maven runs a module's tests in the module's folder.
    file = Path.of("..", "docs").resolve(path);
  }

  /** Fails unless the page is already what {@code generator} makes of it. */
  public void holds(UnaryOperator<String> generator) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    String after = generator.apply(before);
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, after);
    } else {
      assertThat(before)
          .as(
              "%s is stale. Write it anew: mvn -pl common test -D%s=true"
                  + " -Dtest='DataDictionaryTest,ReasonPageTest'",
              file, WRITE)
          .isEqualTo(after);
    }
  }
}
