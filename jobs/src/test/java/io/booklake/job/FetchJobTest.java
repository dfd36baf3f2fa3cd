package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.booklake.hub.HubDouble;
import io.booklake.hub.PathFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchJobTest {
  private static final String PAIR = "SIMA_2024-03-04_34200000_57600000_";

  /** More than are fetched at once. */
  private static final int DAYS = 20;

  @TempDir Path folder;

  @Test
  void aLandingZoneOfThisMachineAloneIsFilledWithoutASparkSession() throws Exception {
    try (HubDouble server = new HubDouble()) {
      server
          .dataset("owner/lobster")
          .putAll(
              Map.of(
                  "a/" + PAIR + "message_1.csv",
                  bytes("m"),
                  "b/" + PAIR + "orderbook_1.csv",
                  bytes("o")));

      Report report = fetch(server);

      assertThat(report.title()).contains("1 fetched", "2 bytes");
      Path landed = folder.resolve("landing/datasets--owner--lobster");
      assertThat(landed.resolve("a/" + PAIR + "message_1.csv")).hasContent("m");
      assertThat(landed.resolve("b/" + PAIR + "orderbook_1.csv")).hasContent("o");
    }
  }

  @Test
  void whatAFailedRunDidNotReplaceKeepsItsEntryInTheManifest() throws Exception {
    Path manifest = folder.resolve("landing/datasets--owner--lobster/_manifest.json");
    try (HubDouble server = new HubDouble()) {
      server.dataset("owner/lobster").putAll(days("first"));
      fetch(server);
      String before = Files.readString(manifest);
      server.dataset("owner/lobster").putAll(days("second"));
      server.forgetTokenOf("/resolve/");

      assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> fetch(server));

      assertThat(manifest).hasContent(before);
      server.heal();
      assertThat(fetch(server).title()).contains(DAYS + " fetched");
      assertThat(Files.readString(manifest)).isNotEqualTo(before);
    }
  }

  private Report fetch(HubDouble server) {
    Configuration configuration = new Configuration();
    configuration.set("fs.hf.endpoint", server.endpoint().toString());
    configuration.set("fs.hf.cache", folder.resolve("cache").toString());
    FetchJob.Wish wish =
        new FetchJob.Wish(
            List.of("owner/lobster"),
            new PathFilter(List.of(), List.of()),
            Selection.parse(null, null, null),
            Long.MAX_VALUE,
            false);
    return new FetchJob(
            folder.resolve("landing").toString(),
            configuration,
            Progress.SILENT,
            () -> {
              throw new AssertionError("a session was asked for");
            },
            wish)
        .execute();
  }

  private static Map<String, byte[]> days(String content) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int day = 1; day <= DAYS; day++) {
      String pair = String.format("SIMA_2024-03-%02d_34200000_57600000_", day);
      files.put(pair + "message_1.csv", bytes(content + day));
      files.put(pair + "orderbook_1.csv", bytes(content + day));
    }
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
