package io.booklake.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.format.lobster.LobsterWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class PairWritersTest {
  private int closed;

  @Test
  void oneFailureDoesNotKeepTheOtherPairsOpen() {
    PairWriters pairs = new PairWriters();
    pairs.add(1, writer("disk full", 1));
    pairs.add(5, writer(null, 5));
    pairs.add(10, writer("disk still full", 10));
    assertThatThrownBy(pairs::close)
        .isInstanceOf(IOException.class)
        .hasMessage("disk full")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(later -> assertThat(later).hasMessage("disk still full")));
    assertThat(closed).isEqualTo(3);
  }

  private LobsterWriter writer(String failure, int levels) {
    OutputStream messages =
        new ByteArrayOutputStream() {
          @Override
          public void close() throws IOException {
            closed++;
            if (failure != null) {
              throw new IOException(failure);
            }
          }
        };
    return new LobsterWriter(messages, new ByteArrayOutputStream(), levels);
  }
}
