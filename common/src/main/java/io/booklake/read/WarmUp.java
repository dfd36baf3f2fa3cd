package io.booklake.read;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.FileSettings;
import io.booklake.model.EventType;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnRange;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers some questions about a ticker-day that the jar brings along, beside the thread that opens
 * the first lake of a process: while that one waits for the log, the classes that answers need are
 * loaded, and the loops over pages are compiled before the first jump comes to them.
 *
 * <p>No lake is touched. The sample is {@code messages} and {@code mbo} of one simulated
 * ticker-day, as {@code ingest} writes them: {@code booklake simulate --ticker-count 1 --days 1
 * --events 1000 --depths 2 --seed 1}.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 2);

  /** Events of the sample. */
  private static final int EVENTS = 1_000;

  /** Enough for the first of the JVM's compilers to take what a round calls a few times. */
  private static final int ROUNDS = 100;

  /** Between rounds, so that the compilers and who opens the lake have the processor. */
  private static final int PAUSE_MILLIS = 5;

  private static final long CACHE_BYTES = 16L << 20;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private final PageDecoders decoders = new PageDecoders(FileSettings.local());
  private final Map<String, byte[]> files = new HashMap<>();
  private final TableVersion messages;
  private final TableVersion changes;

  /** With the sample. */
  WarmUp() throws IOException {
    messages = sample(TableCatalog.MESSAGES);
    changes = sample(TableCatalog.MBO);
  }

  /** Begins, unless this process did so before or has one processor alone. */
  static void begin() {
    if (Runtime.getRuntime().availableProcessors() > 1 && BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(WarmUp::run, "booklake-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void run() {
    try {
      // In the order in which the other thread comes to it.
      DeltaSchemas.parse("{\"type\":\"struct\",\"fields\":[]}");
      WarmUp warmUp = new WarmUp();
      for (int i = 0; i < ROUNDS; i++) {
        warmUp.round(i);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | RuntimeException e) { // the first answers come later, and that is all
      LOG.debug("nothing was warmed up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads some parts of the sample; how many rows there were. */
  int round(int number) throws IOException {
    PageCache cache = new PageCache(decoders, this::parts, CACHE_BYTES);
    long first = number * 37L % EVENTS;
    Condition after = Condition.atLeast("event_index", first);
    Condition until = Condition.atMost("event_index", first + EVENTS / 4);
    Condition execution = Condition.equal("event_type", (int) EventType.VISIBLE_EXECUTION);
    return rows(cache, messages, after, until).all().rows
        + rows(cache, changes, after, until).all().rows
        + rows(cache, messages, after, execution).first(1).rows
        + rows(cache, messages, until, execution).last().rows;
  }

  private static TickerDayRows rows(
      PageCache cache, TableVersion version, Condition... conditions) {
    return new TickerDayRows(cache, version, DAY, List.of(), List.of(conditions));
  }

  private TableVersion sample(Table table) throws IOException {
    String name = "sample-" + table.name() + ".parquet";
    try (InputStream in = WarmUp.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not in the jar");
      }
      files.put(name, in.readAllBytes());
    }
    Integer date = (int) DAY.tradeDate().toEpochDay();
    Map<String, ColumnRange> ranges = Map.of("trade_date", new ColumnRange(date, date, 0));
    return new TableVersion(table, List.of(new PlacedFile(name, files.get(name).length, ranges)));
  }

  private List<ByteBuffer> parts(String path, long length, List<FileParts.Span> spans, Room room) {
    return spans.stream()
        .map(span -> ByteBuffer.wrap(files.get(path), (int) span.offset(), span.length()))
        .toList();
  }
}
