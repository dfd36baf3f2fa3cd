package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void everyRoundFindsRowsOfTheSample() throws IOException {
    WarmUp warmUp = new WarmUp();

    // 251 messages, the changes of as many events, and an execution before and after.
    for (int i = 0; i < 10; i++) {
      assertThat(warmUp.round(i)).isBetween(400, 900);
    }
  }
}
