package io.booklake.viewer;

import java.time.Duration;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections whose request does not arrive: a byte now and then keeps a connection from
 * ever being silent ("slow loris").
 */
final class SlowClients extends AbstractLifeCycle implements Connection.Listener {
  private final long requestNanos;
  private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
  private Timer clock;

  /**
   * A connection as it was when its last request was whole.
   *
   * @param since when it was first seen like this
   * @param hasBegun whether a part of the next one was there then
   */
  private record Progress(long requests, long bytes, long since, boolean hasBegun) {}

  SlowClients(Duration requestTime) {
    requestNanos = requestTime.toNanos();
  }

  @Override
  protected void doStart() {
    clock = new Timer("booklake-viewer-slow-clients", true);
    long periodMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(requestNanos) / 4);
    clock.schedule(
        new TimerTask() {
          @Override
          public void run() {
            look();
          }
        },
        periodMillis,
        periodMillis);
  }

  @Override
  protected void doStop() {
    clock.cancel();
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
    long now = System.nanoTime();
    connections.forEach((connection, before) -> look(connection, before, now));
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
