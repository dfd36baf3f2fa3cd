package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class SmallBodyTest {
  private static final Flow.Subscription NOBODY =
      new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };

  @Test
  void whatCameBeforeTheClientFailedIsReadAndThenTheFailure() throws IOException {
    InputStream broken = body(7).brokenOff(new IOException("connection reset"));
    assertThat(broken.readNBytes(3)).containsExactly(1, 2, 3);
    assertThatThrownBy(broken::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
  }

  @Test
  void aBodyThatIsWholeStaysWholeWhateverTheClientSaysAfterIt() throws IOException {
    SmallBody body = body(3);
    body.onComplete();
    assertThat(body.brokenOff(new IOException("too late")).readAllBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void onlyABodyThatBrokeOffIsNoWholeOne() throws IOException {
    SmallBody whole = body(3);
    whole.onComplete();
    whole.requireWhole();
    SmallBody broken = body(7);
    broken.onError(new IOException("connection reset"));
    assertThatThrownBy(broken::requireWhole)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  /** Of which three bytes came. */
  private static SmallBody body(int length) {
    SmallBody body = new SmallBody(length, Duration.ofMinutes(1));
    body.onSubscribe(NOBODY);
    body.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})));
    return body;
  }
}
