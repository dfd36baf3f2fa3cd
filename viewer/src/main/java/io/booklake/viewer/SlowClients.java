package io.booklake.viewer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request does not arrive: a byte now and then keeps a connection from
 * ever being silent ("slow loris").
 */
final class SlowClients extends AbstractLifeCycle implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
  private static final long LEAST_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Scheduler scheduler;
  private final long requestNanos;
  private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();

  /**
   * A connection as it was when its last request was whole.
   *
   * @param since when it was first seen like this
   * @param hasBegun whether a part of the next one was there then
   */
  private record Progress(long requests, long bytes, long since, boolean hasBegun) {}

  SlowClients(Scheduler scheduler, Duration requestTime) {
    this.scheduler = scheduler;
    requestNanos = requestTime.toNanos();
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  private void lookLater() {
    long period = Math.max(LEAST_PERIOD_NANOS, requestNanos / 4);
    scheduler.schedule(this::look, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    // Who says nothing at all is slow from the begin.
    connections.put(connection, new Progress(0, 0, System.nanoTime(), true));
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  private void look() {
    if (isRunning()) {
      // First of all: whatever fails below, the watch goes on.
      lookLater();
      long now = System.nanoTime();
      connections.forEach((connection, before) -> lookSafely(connection, before, now));
    }
  }

  private void lookSafely(Connection connection, Progress before, long now) {
    try {
      look(connection, before, now);
    } catch (RuntimeException e) {
      LOG.warn("a connection could not be watched or closed; the next look tries again", e);
    }
  }

  private void look(Connection connection, Progress before, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (requests != before.requests) {
      connections.replace(connection, before, new Progress(requests, bytes, now, false));
    } else if (!before.hasBegun && bytes != before.bytes) {
      connections.replace(connection, before, new Progress(requests, bytes, now, true));
    } else if (before.hasBegun && now - before.since > requestNanos) {
      connection.getEndPoint().close();
    }
  }
}
