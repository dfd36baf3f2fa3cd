package io.booklake.read;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.TickerDay;
import io.booklake.simulate.Activity;
import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Feature;
import io.booklake.simulate.Listing;
import io.booklake.simulate.Simulation;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A small ticker-day with every kind of event. */
public final class SimulatedDay {
  public static final LocalDate DATE = LocalDate.of(2012, 6, 21);

  private SimulatedDay() {}

  public static TickerDay of(String ticker, int levels) {
    return new TickerDay(DATE, ticker, levels);
  }

  /** Its first events. */
  public static List<EventBatch> events(TickerDay day, int count) throws IOException {
    DayPlan plan =
        DayPlan.of(Listing.of(day.ticker(), 1_000_000, Activity.QUIET), DATE, day.levels())
            .withLevels(day.levels())
            .withEvents(count)
            .withFeatures(Feature.values());
    List<EventBatch> batches = new ArrayList<>();
    new Simulation(plan, batch -> batches.add(batch.copy())).run();
    return batches;
  }
}
