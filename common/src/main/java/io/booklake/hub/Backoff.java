package io.booklake.hub;

import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When to try again: after 1, 2, 4, 8, 8 seconds, or when the Hub says so. A limit holds for all
 * threads of a client: they wait together and do not make the storm worse.
 */
final class Backoff {
  /** Tries after the first. */
  static final int RETRIES = 5;

  /**
   * The Hub's windows are five minutes; whoever asks for more than two of them is not waited for.
   */
  static final Duration LONGEST_LIMIT = Duration.ofMinutes(10);

  private static final long FIRST_SECONDS = 1;
  private static final long LAST_SECONDS = 8;

  /**
   * As in {@code RateLimit: "api";r=0;t=55}: requests that remain, seconds until there are more.
   */
  private static final Pattern RATE_LIMIT =
      Pattern.compile("\"\\w+\"\\s*;\\s*r\\s*=\\s*(\\d{1,9})\\s*;\\s*t\\s*=\\s*(\\d{1,9})");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private final Timing.Pause pause;
  private final AtomicLong notBeforeNanos = new AtomicLong(System.nanoTime());

  Backoff(Timing.Pause pause) {
    this.pause = pause;
  }

  /** Waits until the limit that some answer told is over. */
  void awaitLimit() throws InterruptedIOException {
    long nanos = notBeforeNanos.get() - System.nanoTime();
    if (nanos > 0) {
      pause(Duration.ofNanos(nanos));
    }
  }

  /**
   * Waits before another try.
   *
   * @param failures tries that failed so far, 1 or more
   */
  void awaitRetry(int failures) throws InterruptedIOException {
    pause(Duration.ofSeconds(Math.min(LAST_SECONDS, FIRST_SECONDS << Math.min(failures - 1, 5))));
  }

  /**
   * Notes what an answer that refuses says of a limit.
   *
   * @return how long it holds from now; zero where it says nothing
   */
  Duration noteLimit(HttpHeaders headers) {
    Duration wait = limit(headers);
    if (wait.compareTo(LONGEST_LIMIT) <= 0) {
      long until = System.nanoTime() + wait.toNanos();
      notBeforeNanos.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
    }
    return wait;
  }

  private static Duration limit(HttpHeaders headers) {
    Matcher limit = RATE_LIMIT.matcher(headers.firstValue("RateLimit").orElse(""));
    if (limit.find() && Long.parseLong(limit.group(1)) == 0) {
      // The seconds are whole ones, rounded down.
      return Duration.ofSeconds(Long.parseLong(limit.group(2)) + 1);
    }
    String after = headers.firstValue("Retry-After").orElse("").strip();
    return SECONDS.matcher(after).matches()
        ? Duration.ofSeconds(Long.parseLong(after))
        : Duration.ZERO;
  }

  private void pause(Duration wait) throws InterruptedIOException {
    try {
      pause.pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the Hub");
    }
  }
}
