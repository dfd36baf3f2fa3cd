package io.booklake.aggregate;

import static io.booklake.aggregate.AggregatedRows.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One aggregation takes one ticker-day after another, each in pieces of any size. */
class DayAfterDayTest {

  /** Begins in the middle of a second, and leaves bars of each kind half full behind. */
  private static final String DRAWING =
      """
      10:00:00.5  new    1 10.00 buy  | 10.00x1         | 10.05x9 10.10x4
      10:00:10    fill   4 10.05 sell | 10.00x1         | 10.05x5 10.10x4
      10:00:10.25 new    7 9.99  buy  | 10.00x1 9.99x7  | 10.05x5 10.10x4
      10:00:10.75 fill   5 10.05 sell | 10.00x1 9.99x7  | 10.10x4
      10:00:20    halt                | 10.00x1 9.99x7  | 10.10x4
      10:00:30    quote               | 10.00x1 9.99x7  | 10.10x4
      10:00:40    new    2 10.00 buy  | 10.00x3 9.99x7  | 10.10x4
      10:00:50    resume              | 10.00x3 9.99x7  | 10.10x4
      10:01:00    hidden 3 10.02 buy  | 10.00x3 9.99x7  | 10.10x4
      10:01:00    cross  8 10.03 buy  | 10.00x3 9.99x7  | 10.10x4
      10:01:00.5  fill   3 10.00 buy  | 9.99x7          | 10.10x4
      10:01:01    cancel 1 9.99  buy  | 9.99x6          | 10.10x4
      """;

  @Test
  void aDayThatComesInPiecesAndAfterAnotherIsTheSameDay() {
    for (String bars :
        List.of("time:1m", "time:1s", "events:5", "trades:3", "volume:10", "dollar:100")) {
      agree(TableCatalog.CANDLES, new Candles(SliceSpec.bar(bars), true));
    }
    for (String grid : List.of("time:1m", "time:1s", "events:5")) {
      agree(TableCatalog.DEPTH_METRICS, new DepthMetrics(SliceSpec.grid(grid)));
    }
    for (String window : List.of("session", "time:1m", "events:5")) {
      agree(
          TableCatalog.VOLUME_PROFILE,
          new VolumeProfile(SliceSpec.window(window), PriceBin.parse("0.01")));
    }
  }

  private static void agree(Table table, Aggregation aggregation) {
    DrawnDay day = DrawnDay.of(3, DRAWING);
    Session session = day.session("09:59", "10:02");
    String all = String.join(" ", table.columnNames());
    List<String> whole = lines(AggregatedRows.of(aggregation, session, day.events()), all);
    assertThat(lines(AggregatedRows.of(aggregation, session, day.inPieces()), all))
        .isNotEmpty()
        .isEqualTo(whole);
  }
}
