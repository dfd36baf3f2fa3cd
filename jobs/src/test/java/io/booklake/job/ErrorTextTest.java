package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {
  @ParameterizedTest
  @CsvSource({
    "no file s3a://KEY:SEC/RET@bucket/lake, no file s3a://***@bucket/lake",
    "GET https://host/a?X-Amz-Signature=SECRET failed, GET https://host/a?*** failed",
    "token hf_SECRET is refused, token *** is refused",
    "header Authorization: Bearer SECRET, header Authorization: ***",
    "fs.s3a.secret.key=SECRET is wrong, fs.s3a.secret.key=*** is wrong",
    "spark.hadoop.fs.s3a.access.key: SECRET, spark.hadoop.fs.s3a.access.key: ***",
    "'\"password\": \"SECRET\"', '\"password\": ***'",
    "file:/lake/messages does not exist, file:/lake/messages does not exist"
  })
  void whatMayBeACredentialIsMaskedAndNothingElse(String text, String expected) {
    assertThat(ErrorText.masked(text)).isEqualTo(expected);
  }

  @Test
  void theFirstLineAndTheDeepestCauseAreTold() {
    Exception failure =
        new IllegalStateException("step failed\nat once", new IOException("disk is full\nagain"));
    assertThat(ErrorText.of(failure))
        .isEqualTo(
            "java.lang.IllegalStateException: step failed"
                + " (cause: java.io.IOException: disk is full)");
  }

  @Test
  void aLongTextIsShortened() {
    assertThat(ErrorText.masked("x".repeat(1_000))).isEqualTo("x".repeat(500) + "...");
  }
}
