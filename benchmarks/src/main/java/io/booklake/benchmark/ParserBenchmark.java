package io.booklake.benchmark;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.LobsterWriter;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.PairReader.Projection;
import io.booklake.model.TickerDay;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A ticker-day's text in memory, read into columns: one operation is one day, {@code events} and
 * {@code bytes} count per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class ParserBenchmark {

  /** Beside days per second. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Rate {
    /** Events of the days done. */
    public long events;

    /** Bytes of their text. */
    public long bytes;
  }

  /** See {@link Day#of}. */
  @Param({"GOOG_2012-06-21_10", "simulated:400000"})
  public String day;

  /** Bytes are digested on their way, as ingest does it. */
  @Param({"false", "true"})
  public boolean digests;

  private TickerDay tickerDay;
  private byte[] messages;
  private byte[] orderbook;
  private long events;

  /** Writes the text. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    Day held = Day.of(day);
    var messageText = new ByteArrayOutputStream();
    var orderbookText = new ByteArrayOutputStream();
    try (LobsterWriter writer = new LobsterWriter(messageText, orderbookText, held.levels())) {
      for (EventBatch batch : held.batches()) {
        writer.write(batch);
      }
    }
    messages = messageText.toByteArray();
    orderbook = orderbookText.toByteArray();
    events = held.events();
    tickerDay = new TickerDay(LocalDate.of(2024, 3, 4), "DAY", held.levels());
  }

  /** Both files, every column. */
  @Benchmark
  public long pair(Rate rate) throws IOException {
    Projection projection = digests ? Projection.traced(tickerDay) : Projection.all(tickerDay);
    rate.bytes += orderbook.length;
    return read(projection, rate);
  }

  /** The message file alone, which is what the first pass of ingest reads. */
  @Benchmark
  public long messages(Rate rate) throws IOException {
    return read(new Projection(true, 0, digests), rate);
  }

  private long read(Projection projection, Rate rate) throws IOException {
    long last = 0;
    try (PairReader reader =
        new PairReader(
            tickerDay,
            projection,
            "messages",
            new ByteArrayInputStream(messages),
            "orderbook",
            projection.levels() > 0 ? new ByteArrayInputStream(orderbook) : null)) {
      EventBatch batch = reader.newBatch();
      while (reader.read(batch)) {
        last += batch.timeNanos[batch.rows - 1];
      }
    }
    rate.events += events;
    rate.bytes += messages.length;
    return last;
  }
}
