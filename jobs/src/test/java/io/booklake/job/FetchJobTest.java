package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.hub.HubDouble;
import io.booklake.hub.PathFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchJobTest {
  private static final String PAIR = "SIMA_2024-03-04_34200000_57600000_";

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

      Report report =
          new FetchJob(
                  folder.resolve("landing").toString(),
                  configuration,
                  Progress.SILENT,
                  () -> {
                    throw new AssertionError("a session was asked for");
                  },
                  wish)
              .execute();

      assertThat(report.title()).contains("1 fetched", "2 bytes");
      Path landed = folder.resolve("landing/datasets--owner--lobster");
      assertThat(landed.resolve("a/" + PAIR + "message_1.csv")).hasContent("m");
      assertThat(landed.resolve("b/" + PAIR + "orderbook_1.csv")).hasContent("o");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
