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

class AwaitedBodyTest {
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
    AwaitedBody body = body(3);
    body.onComplete();
    assertThat(body.brokenOff(new IOException("too late")).readAllBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void aBodyThatWasGivenUpDoesNotBecomeWholeByWhatComesAfterIt() {
    AwaitedBody broken = body(7);
    broken.onError(new IOException("connection reset"));
    broken.onNext(List.of(ByteBuffer.wrap(new byte[] {4})));
    broken.onComplete();
    InputStream read = broken.getBody().toCompletableFuture().join();
    assertThatThrownBy(read::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void whatIsPutWhereItIsWantedIsToldByThePositionAndTheStreamHasOnlyTheFailure() {
    ByteBuffer target = ByteBuffer.allocate(9).position(2);
    AwaitedBody body = started(AwaitedBody.into(target, Duration.ofMinutes(1)));

    InputStream broken = body.brokenOff(new IOException("connection reset"));

    assertThat(target.position()).isEqualTo(5);
    assertThat(target.array()).containsExactly(0, 0, 1, 2, 3, 0, 0, 0, 0);
    assertThatThrownBy(broken::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
  }

  @Test
  void whatComesBehindTheEndDoesNotTouchATargetThatMayBeUsedAgain() {
    ByteBuffer target = ByteBuffer.allocate(9);
    AwaitedBody body = started(AwaitedBody.into(target, Duration.ofMinutes(1)));
    body.brokenOff(new IOException("connection reset"));

    body.onNext(List.of(ByteBuffer.wrap(new byte[] {4, 5})));

    assertThat(target.position()).isEqualTo(3);
    assertThat(target.array()).containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0);
  }

  /** Of which three bytes came. */
  private static AwaitedBody body(int length) {
    return started(AwaitedBody.small(length, Duration.ofMinutes(1)));
  }

  private static AwaitedBody started(AwaitedBody body) {
    body.onSubscribe(NOBODY);
    body.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})));
    return body;
  }
}
