package io.booklake.job;

import io.booklake.simulate.DayPlan;
import io.booklake.simulate.Landing;
import io.booklake.simulate.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** Simulated files, as a landing zone gets them. */
public final class SimulatedDeliveries {
  private SimulatedDeliveries() {}

  /** One date of a market, each pair as two plain files. */
  public static void write(Path landing, Market market, LocalDate date) throws IOException {
    Landing files = new Landing(landing, Landing.Packing.PLAIN);
    for (DayPlan plan : market.plans(date, 1)) {
      files.write(plan);
    }
  }
}
