package io.booklake.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.booklake.hub.DatasetId;
import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Hub;
import io.booklake.hub.HubDouble;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import io.booklake.hub.hadoop.HubConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not get its name leaves nothing behind: else a disk that was full would stay so. */
class LandingFolderTest {
  private static final String PAIR = "SIMA_2024-03-04_34200000_57600000_";

  @TempDir Path folder;
  private Path own;
  private Path copies;

  @BeforeEach
  void find() {
    own = folder.resolve("landing/datasets--owner--lobster");
    copies = own.resolve("_incoming");
  }

  private LandingFolder landing() throws IOException {
    return new LandingFolder(
        new Configuration(),
        folder.resolve("landing").toString(),
        DatasetId.parse("owner/lobster"));
  }

  @Test
  void aCopyThatFailsOnTheWayIsRemoved() throws Exception {
    RepositoryFile file = new RepositoryFile("a.csv", 10, "0".repeat(40), null, null);
    try (LandingFolder landing = landing()) {
      // A folder can be opened and not be read.
      assertThatIOException().isThrownBy(() -> landing.receive(file, folder));
    }
    assertThat(copies).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"day/", "day/of/a/week/"})
  void copiesOfAPairOfWhichOneDoesNotGetItsNameAreRemoved(String below) throws Exception {
    try (HubDouble server = new HubDouble();
        LandingFolder landing = landing()) {
      server
          .dataset("owner/lobster")
          .putAll(
              Map.of(
                  below + PAIR + "message_1.csv",
                  bytes("m"),
                  below + PAIR + "orderbook_1.csv",
                  bytes("o")));
      Configuration configuration = new Configuration();
      configuration.set("fs.hf.endpoint", server.endpoint().toString());
      configuration.set("fs.hf.cache", folder.resolve("cache").toString());
      Hub hub = new Hub(HubConfiguration.settings(configuration));
      Snapshot snapshot = hub.resolve(DatasetRevision.parse("owner/lobster"));
      List<Parcel> parcels = Parcel.of(snapshot, hub.list(snapshot), day -> true);
      // Where their folder should be.
      Files.createDirectories(own);
      Files.write(own.resolve("day"), new byte[1]);

      Delivery.Outcome outcome =
          new Delivery(hub, landing).deliver(parcels.get(0), file -> bytes -> {}, () -> true);

      assertThat(outcome.refusal())
          .contains("NAME", "/" + below + "SIMA", "needs a folder where a file is");
    }
    assertThat(copies).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunLeftGoesWhenItIsOldAndWhatIsUnderWayStays() throws Exception {
    Files.createDirectories(copies);
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Path left = Files.write(copies.resolve(UUID.randomUUID().toString()), new byte[10]);
    Files.setLastModifiedTime(left, old);
    Path underWay = Files.write(copies.resolve(UUID.randomUUID().toString()), new byte[10]);
    // An earlier fetch may have put it there.
    Path delivered = Files.write(copies.resolve("SIMA.zip"), new byte[10]);
    Files.setLastModifiedTime(delivered, old);
    try (LandingFolder landing = landing()) {
      landing.removeAbandoned();
    }
    try (Stream<Path> all = Files.list(copies)) {
      assertThat(all).containsExactlyInAnyOrder(underWay, delivered);
    }
  }

  @Test
  void aLandingZoneWithoutCopiesNeedsNoTidying() throws Exception {
    try (LandingFolder landing = landing()) {
      landing.removeAbandoned();
    }
    assertThat(own).doesNotExist();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
