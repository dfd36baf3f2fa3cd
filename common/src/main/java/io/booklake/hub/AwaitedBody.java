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
import java.util.function.Supplier;

/**
 * A body whose length its head tells, and which is awaited together with the head: whoever asked is
 * woken once, and not for the head and again for each piece, which is most of the work on a small
 * file. Where it breaks off or falls silent, what came is there and then the failure, as of any
 * other body.
 */
final class AwaitedBody implements BodySubscriber<InputStream> {
  /** Up to here a body is small, and awaited wherever it goes. */
  static final int SMALL_BYTES = 256 << 10;

  /**
   * Null once the body has ended: the JDK's client keeps the first exchange of a connection, and
   * with it this, as long as it keeps the connection. (Of a small body the bytes stay that long.)
   */
  private ByteBuffer target;

  private final Supplier<InputStream> received;
  private final Duration silence;
  private final SilenceWatch watch;
  private final CompletableFuture<InputStream> body = new CompletableFuture<>();
  private volatile Flow.Subscription subscription;
  private volatile long lastNanos;

  private AwaitedBody(ByteBuffer target, Supplier<InputStream> received, Duration silence) {
    this.target = target;
    this.received = received;
    this.silence = silence;
    this.watch = new SilenceWatch(silence, () -> lastNanos, this::giveUp);
  }

  /** One that is read from a stream. */
  static AwaitedBody small(int size, Duration silence) {
    byte[] bytes = new byte[size];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    return new AwaitedBody(
        target, () -> new ByteArrayInputStream(bytes, 0, target.position()), silence);
  }

  /**
   * One that is put where it is wanted. Its stream has nothing but the failure, if there is one.
   *
   * @param target filled from its position on, which tells how much came; nothing is put there any
   *     more once the body has ended, in whatever way
   */
  static AwaitedBody into(ByteBuffer target, Duration silence) {
    return new AwaitedBody(target, InputStream::nullInputStream, silence);
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
  public synchronized void onNext(List<ByteBuffer> pieces) {
    lastNanos = System.nanoTime();
    // What was given up may still be under way, and the target be used for something else.
    if (target != null) {
      pieces.forEach(target::put);
    }
  }

  @Override
  public void onError(Throwable cause) {
    IOException failure = new IOException(cause);
    end(() -> new SequenceInputStream(received.get(), new FailingStream(failure)));
  }

  @Override
  public void onComplete() {
    end(received);
  }

  /** The first end counts. */
  private void end(Supplier<InputStream> whole) {
    synchronized (this) {
      if (target == null) {
        return;
      }
      target = null;
    }
    watch.stop();
    body.complete(whole.get());
  }

  /** What came, if the client knows of the failure before anybody else. */
  InputStream brokenOff(IOException cause) {
    onError(cause);
    return body.join();
  }

  private void giveUp() {
    onError(SilenceWatch.timeout(silence));
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
