package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a landing zone that cannot be looked through. */
class LandingZonesTest {
  @Test
  void aFolderThatMayNotBeListedIsNotNamedAlone() {
    // All that the JDK says is the name.
    RuntimeException failure =
        LandingZones.failure(List.of("/data/in"), new AccessDeniedException("/data/in"));

    assertThat(failure)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "cannot look through /data/in: java.nio.file.AccessDeniedException: /data/in; check"
                + " that it is a place that this user may list");
  }

  @Test
  void aDiskThatIsAwayIsNoWrongInputSoThatItIsTriedAgain() {
    RuntimeException failure =
        LandingZones.failure(
            List.of("/data/in"), new FileSystemException("/data/in", null, "Stale file handle"));

    assertThat(failure)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Stale file handle");
  }
}
