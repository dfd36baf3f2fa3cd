package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SilenceWatchTest {
  @Test
  void silenceIsSeenAlsoAfterTheThreadThatLooksWasInterrupted() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    long now = System.nanoTime();
    SilenceWatch watch = new SilenceWatch(Duration.ofMillis(300), () -> now, seen::countDown);
    watch.start();
    for (Thread thread : guards()) {
      thread.interrupt();
    }
    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theThreadEndsWhereNobodyIsWatchedAndAnotherBeginsLater() throws Exception {
    for (int round = 0; round < 2; round++) {
      SilenceWatch watch = new SilenceWatch(Duration.ofHours(1), System::nanoTime, () -> {});
      watch.start();
      assertThat(guards()).isNotEmpty();
      watch.stop();
      for (Thread thread : guards()) {
        thread.join();
      }
    }
  }

  private static List<Thread> guards() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("booklake-hub-guard"))
        .toList();
  }
}
