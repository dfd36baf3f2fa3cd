package io.booklake.hub;

import java.time.Duration;

/**
 * How long to wait: for an answer, for the next byte, before another try.
 *
 * @param answer until a request has its answer's head
 * @param silence until a body that sends nothing is given up
 * @param pause how a thread waits; tests have it pass at once
 */
record Timing(Duration answer, Duration silence, Pause pause) {
  static final Timing PATIENT =
      new Timing(
          Duration.ofSeconds(60), Duration.ofSeconds(30), wait -> Thread.sleep(wait.toMillis()));

  /** How a thread waits. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration wait) throws InterruptedException;
  }
}
