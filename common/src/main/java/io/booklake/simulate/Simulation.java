package io.booklake.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/**
 * Plays one planned day and hands out its events, as the pairs of all planned depths hold them.
 *
 * <p>An event belongs to a pair where it touches one of its levels, before or after; all others
 * change the book unseen. Executions of hidden orders, crosses and halts belong to every pair.
 *
 * <p>One instance plays one day, on one thread; any number may play at the same time.
 */
public final class Simulation {
  /**
   * The first day on which NASDAQ no longer told the side of hidden orders: from then on the
   * direction of hidden executions is always 1. Source: LOBSTER, <i>Output structure</i>,
   * https://lobsterdata.com/info/DataStructure.php.
   */
  public static final LocalDate HIDDEN_SIDE_MASKED_FROM = LocalDate.of(2014, 7, 14);

  private static final long PRE_OPEN_NANOS = 4 * 3_600_000_000_000L;
  private static final double HALT_SHARE_OF_REST = 0.02;
  private static final Observer NOBODY = (levels, eventIndex, exchange) -> {};

  private final DayPlan plan;
  private final Observer observer;
  private final SeededRandom random;
  private final SessionClock clock;
  private final Exchange exchange;
  private final OrderFlow flow;
  private final Recorder[] recorders;
  private boolean recording;
  private long published;
  private long publishedLimit;
  private long arrivals;

  /** A day that goes to {@code sink}. */
  public Simulation(DayPlan plan, EventBatchSink sink) {
    this(plan, sink, NOBODY);
  }

  /** A day that goes to {@code sink} while {@code observer} sees the true book. */
  public Simulation(DayPlan plan, EventBatchSink sink, Observer observer) {
    this.plan = plan;
    this.observer = observer;
    random = new SeededRandom(plan.seed());
    clock = new SessionClock(random);
    boolean hiddenSideMasked = !plan.tradeDate().isBefore(HIDDEN_SIDE_MASKED_FROM);
    exchange = new Exchange(plan.listing(), plan.deepest(), hiddenSideMasked, new RecordingTape());
    flow = new OrderFlow(plan, exchange, random);
    recorders =
        plan.levels().stream().map(depth -> new Recorder(depth, sink)).toArray(Recorder[]::new);
  }

  /**
   * Plays the day, once.
   *
   * @throws IOException as the sink threw it
   * @throws IllegalStateException where it was played before
   */
  public void run() throws IOException {
    if (recording) {
      throw new IllegalStateException("this day was played before: make a new Simulation");
    }
    try {
      playDay();
      for (Recorder recorder : recorders) {
        recorder.flush();
      }
    } catch (UncheckedIOException fromTape) {
      throw fromTape.getCause();
    }
  }

  private void playDay() {
    boolean crosses = plan.features().contains(Feature.CROSSES);
    playPreOpen();
    if (crosses) {
      trade(random.below(4));
      publishedLimit++;
      exchange.openingCross(auctionSize(), flow.fairPriceTicks());
    }
    if (plan.features().contains(Feature.HALT)) {
      playHalt();
    }
    trade(crosses ? plan.events() - 1 : plan.events());
    if (crosses) {
      publishedLimit++;
      exchange.closingCross(auctionSize(), flow.fairPriceTicks());
    }
  }

  /** Orders that rest before the file begins: its messages may name them, but never enter them. */
  private void playPreOpen() {
    publishedLimit = Long.MAX_VALUE;
    int orders = plan.listing().activity().restingOrders();
    long gapNanos = (clock.nanos() - PRE_OPEN_NANOS) / orders;
    for (int i = 0; i < orders; i++) {
      exchange.setTime(PRE_OPEN_NANOS + i * gapNanos);
      flow.quote();
    }
    recording = true;
  }

  private void playHalt() {
    long tenth = plan.events() / 10;
    trade(4 * tenth + random.below((int) Math.min(tenth, Integer.MAX_VALUE)));
    publishedLimit++;
    exchange.haltTrading();
    clock.pause(HALT_SHARE_OF_REST);
    publishedLimit++;
    exchange.resumeQuoting();
    publishedLimit = published + tenth / 10;
    while (published < publishedLimit) {
      arrive();
      flow.quoteOrCancel();
    }
    clock.pause(HALT_SHARE_OF_REST);
    publishedLimit++;
    exchange.resumeTrading();
  }

  private void trade(long untilPublished) {
    publishedLimit = untilPublished;
    while (published < publishedLimit) {
      arrive();
      flow.trade();
    }
  }

  private void arrive() {
    double publishedPerArrival = (published + 1.0) / (arrivals + 1.0);
    arrivals++;
    clock.advance(plan.events() - published, publishedPerArrival);
    exchange.setTime(clock.nanos());
  }

  private long auctionSize() {
    return 1000L * plan.listing().activity().restingOrders() + random.below(10_000);
  }

  /** Writes each event down at the depths that see it. */
  private final class RecordingTape implements Tape {
    @Override
    public boolean hasRoom() {
      return published < publishedLimit;
    }

    @Override
    public void event(
        byte type, long orderId, long size, long priceTicks, byte direction, int level) {
      if (!recording || level >= plan.deepest()) {
        return;
      }
      published++;
      try {
        for (Recorder recorder : recorders) {
          if (level < recorder.levels()) {
            recorder.record(
                clock.nanos(), type, orderId, size, priceTicks, direction, exchange.row());
            observer.afterEvent(recorder.levels(), recorder.events() - 1, exchange);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
