package io.booklake.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
  private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
  private final SlowClients slowClients = new SlowClients(scheduler, Duration.ofMillis(20));

  /** A connection on which nothing ever arrives. */
  private static class Silent extends AbstractConnection {
    Silent(EndPoint endPoint) {
      super(endPoint, Runnable::run);
    }

    @Override
    public long getMessagesIn() {
      return 0;
    }

    @Override
    public long getBytesIn() {
      return 0;
    }

    @Override
    public void onFillable() {}
  }

  private static final class NeverClosed extends Silent {
    NeverClosed() {
      super(new ByteArrayEndPoint());
    }

    @Override
    public EndPoint getEndPoint() {
      throw new IllegalStateException("cannot be closed");
    }
  }

  @BeforeEach
  void start() throws Exception {
    scheduler.start();
    slowClients.start();
  }

  @AfterEach
  void stop() throws Exception {
    slowClients.stop();
    scheduler.stop();
  }

  @Test
  void aConnectionThatCannotBeClosedProtectsNoOther() throws Exception {
    slowClients.onOpened(new NeverClosed());
    // So many that some are looked at after the one that fails, whatever the order; and twice, as
    // the first ones might all be closed by the very look that fails.
    for (int round = 0; round < 2; round++) {
      CountDownLatch closed = new CountDownLatch(50);
      for (int i = 0; i < 50; i++) {
        slowClients.onOpened(new Silent(onClose(closed::countDown)));
      }
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static EndPoint onClose(Runnable action) {
    return new ByteArrayEndPoint() {
      @Override
      public void doClose() {
        action.run();
      }
    };
  }
}
