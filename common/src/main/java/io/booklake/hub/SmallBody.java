package io.booklake.hub;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A body of a small length that its head tells. It is awaited together with the head: whoever asked
 * is woken once, and not for the head and again for each piece, which is most of the work on a
 * small file. Where it breaks off or falls silent, what came is read first and then the failure, as
 * from any other body; whoever has no use for a part of it is told by {@link #requireWhole}.
 */
final class SmallBody implements BodySubscriber<InputStream> {
  /** Up to here a body is small. */
  static final int MOST_BYTES = 256 << 10;

  private final byte[] bytes;
  private final SilenceWatch watch;
  private final CompletableFuture<InputStream> body = new CompletableFuture<>();
  private volatile Flow.Subscription subscription;
  private volatile long lastNanos;
  private volatile int length;
  private volatile IOException failure;

  SmallBody(int size, Duration silence) {
    this.bytes = new byte[size];
    this.watch = new SilenceWatch(silence, () -> lastNanos, this::giveUp);
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription pieces) {
    subscription = pieces;
    lastNanos = System.nanoTime();
    watch.start();
    pieces.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    lastNanos = System.nanoTime();
    int filled = length;
    for (ByteBuffer piece : pieces) {
      int count = piece.remaining();
      piece.get(bytes, filled, count);
      filled += count;
    }
    length = filled;
  }

  @Override
  public void onError(Throwable cause) {
    watch.stop();
    failure = new IOException(cause);
    body.complete(new SequenceInputStream(received(), new FailingStream(failure)));
  }

  @Override
  public void onComplete() {
    watch.stop();
    body.complete(received());
  }

  /**
   * Once the body is there.
   *
   * @throws IOException if it broke off
   */
  void requireWhole() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** What came, if the client knows of the failure before anybody else. */
  InputStream brokenOff(IOException cause) {
    onError(cause);
    return body.join();
  }

  private InputStream received() {
    return new ByteArrayInputStream(bytes, 0, length);
  }

  private void giveUp() {
    onError(watch.timeout(null));
    subscription.cancel();
  }

  /** The end of a body that broke off. */
  private static final class FailingStream extends InputStream {
    private final IOException failure;

    FailingStream(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      throw failure;
    }
  }
}
