package io.booklake.viewer;

import java.time.Duration;

/**
 * What clients may use of a server.
 *
 * @param readers requests that read the lake at once
 * @param waiting requests that may wait for their turn; more are turned away
 * @param patience how long they wait at most
 * @param connections open at once
 * @param silence after which a connection is closed
 * @param requestTime in which a request has to be there whole
 * @param lakeAge after which the ledger is looked at again
 * @param values of one answer, rows times columns: of 200 levels fewer rows than of ten
 * @param pendingBytes of answers that clients have not taken yet
 */
record Limits(
    int readers,
    int waiting,
    Duration patience,
    int connections,
    Duration silence,
    Duration requestTime,
    Duration lakeAge,
    int values,
    long pendingBytes) {
  static final Limits DEFAULT =
      new Limits(
          2 * Runtime.getRuntime().availableProcessors(),
          512,
          Duration.ofSeconds(10),
          512,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          5_000_000,
          Runtime.getRuntime().maxMemory() / 4);
}
