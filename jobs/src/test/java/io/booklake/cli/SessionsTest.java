package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SessionsTest {
  @Test
  void aSessionThatSomebodyElseBeganInTheProcessGetsTheSettingsThatMayChange() throws Exception {
    try (SparkSession host =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "Asia/Tokyo")
            .getOrCreate()) {
      assertThat(host.conf().get("spark.sql.session.timeZone")).isEqualTo("Asia/Tokyo");

      SparkSession session = Sessions.start().session();

      assertThat(session.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
      assertThat(session.conf().get("spark.sql.parquet.compression.codec")).isEqualTo("zstd");
    }
  }
}
