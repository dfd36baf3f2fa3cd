package io.booklake.simulate;

import java.time.LocalDate;

/** Small planned days with everything in them, for tests. */
final class Plans {
  static final LocalDate SIDE_SHOWN = LocalDate.of(2012, 6, 21);
  static final LocalDate SIDE_MASKED = LocalDate.of(2014, 7, 14);

  private Plans() {}

  static Listing listing(Activity activity) {
    return Listing.of("TEST", 1_000_000, activity);
  }

  static DayPlan everything(Activity activity, long seed) {
    return DayPlan.of(listing(activity), SIDE_SHOWN, seed)
        .withLevels(10, 5, 1)
        .withEvents(400)
        .withFeatures(Feature.values());
  }
}
