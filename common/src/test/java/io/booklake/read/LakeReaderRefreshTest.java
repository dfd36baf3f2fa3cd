package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.TickerDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reader turns to where several threads refresh it. */
class LakeReaderRefreshTest {
  private static final TickerDay DAY = SimulatedDay.of("SIM", 1);

  @TempDir private Path folder;

  /** A disk that keeps one thread waiting for the first data file that it opens. */
  static final class SlowForOne extends RawLocalFileSystem {
    private static volatile Thread one;
    private static final CountDownLatch HAS_COME = new CountDownLatch(1);
    private static final CountDownLatch MAY_GO_ON = new CountDownLatch(1);

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      if (Thread.currentThread().equals(one) && file.getName().endsWith(".parquet")) {
        HAS_COME.countDown();
        try {
          MAY_GO_ON.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      return super.open(file, bufferSize);
    }
  }

  private static void publish(WrittenLake lake, long events) throws IOException {
    lake.publish(DAY, events, 50, List.of(), Map.of());
  }

  @Test
  @Timeout(60)
  void whoRefreshesSlowlyNeitherTurnsItBackNorHoldsReadersUp() throws Exception {
    WrittenLake lake = new WrittenLake(folder);
    publish(lake, 1);
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", SlowForOne.class, RawLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    LakeReader reader = LakeReader.open(folder.toString(), configuration);
    FutureTask<Boolean> slow = new FutureTask<>(reader::refresh);
    SlowForOne.one = new Thread(slow, "slow");
    FutureTask<Boolean> fast = new FutureTask<>(reader::refresh);
    Thread other = new Thread(fast, "fast");

    publish(lake, 2);
    SlowForOne.one.start();
    SlowForOne.HAS_COME.await();
    publish(lake, 3);
    other.start();
    // It is through with the newest state, or lets the slow one go first.
    while (other.getState() != Thread.State.TERMINATED
        && other.getState() != Thread.State.WAITING) {
      other.join(1);
    }
    assertThat(reader.day(DAY).events()).isNotEqualTo(2);
    SlowForOne.MAY_GO_ON.countDown();
    slow.get();
    assertThat(fast.get()).isTrue();
    assertThat(reader.day(DAY).events()).isEqualTo(3);
    assertThat(reader.refresh()).isFalse();
  }
}
