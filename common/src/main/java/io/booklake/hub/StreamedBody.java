package io.booklake.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A body that is read as it comes. Takes the place of the JDK's own stream, which waits for ever
 * for a server that falls silent, and goes on waiting where its reader is interrupted.
 */
final class StreamedBody extends InputStream implements BodySubscriber<InputStream> {
  /** Pieces that wait for the reader: one to take, and one that comes meanwhile. */
  private static final int AHEAD = 2;

  private final Duration silence;

  /** As many as were asked for, and the end. */
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

  private final Deque<ByteBuffer> current = new ArrayDeque<>();
  private Piece end;
  private volatile Flow.Subscription subscription;
  private volatile boolean closed;

  /**
   * What comes, or that nothing does any more.
   *
   * @param bytes null at the end
   * @param failure what ended it; null if it is whole
   */
  private record Piece(List<ByteBuffer> bytes, Throwable failure) {}

  /**
   * For one answer.
   *
   * @param silence after which a server that sends nothing, while somebody reads, is given up
   */
  StreamedBody(Duration silence) {
    this.silence = silence;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription incoming) {
    subscription = incoming;
    if (closed) {
      incoming.cancel();
    } else {
      incoming.request(AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    pieces.add(new Piece(bytes, null));
  }

  @Override
  public void onError(Throwable cause) {
    pieces.add(new Piece(null, cause));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(null, null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (current.isEmpty()) {
      if (end == null) {
        take(next());
      } else if (end.failure != null) {
        throw new IOException(end.failure);
      } else {
        return -1;
      }
    }
    ByteBuffer first = current.element();
    int count = Math.min(length, first.remaining());
    first.get(target, offset, count);
    if (!first.hasRemaining()) {
      current.remove();
    }
    return count;
  }

  private void take(Piece piece) {
    if (piece.bytes == null) {
      end = piece;
    } else {
      piece.bytes.stream().filter(ByteBuffer::hasRemaining).forEach(current::add);
      subscription.request(1);
    }
  }

  private Piece next() throws IOException {
    if (closed) {
      throw new IOException("the body is closed");
    }
    Piece piece;
    try {
      piece = pieces.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InterruptedIOException("interrupted while reading an answer");
    }
    if (piece == null) {
      close();
      throw SilenceWatch.timeout(silence);
    }
    return piece;
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription begun = subscription;
    if (begun != null) {
      begun.cancel();
    }
  }
}
