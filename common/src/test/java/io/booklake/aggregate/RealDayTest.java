package io.booklake.aggregate;

import static io.booklake.aggregate.AggregatedRows.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.EventBatch;
import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.RealData;
import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole days of real data, all bars, held against {@link LobsterReferee}. */
class RealDayTest {
  private static final String AAPL = "AAPL_2012-06-21_1";
  private static final String AMZN = "AMZN_2012-06-21_5";
  private static final String GOOG = "GOOG_2012-06-21_10";

  @TempDir private Path folder;

  private record Day(Session session, List<EventBatch> events) {
    static Day of(Path zip) throws IOException {
      Configuration configuration = new Configuration();
      Pair pair = PairDiscovery.find(configuration, List.of(zip.toString())).pairs().get(0);
      List<EventBatch> events = new ArrayList<>();
      try (PairReader reader =
          PairReader.open(
              pair, new HadoopSource(configuration), PairReader.Projection.all(pair.tickerDay()))) {
        EventBatch batch = reader.newBatch();
        while (reader.read(batch)) {
          events.add(batch);
          batch = reader.newBatch();
        }
      }
      return new Day(
          new Session(
              pair.tickerDay(), pair.startMillis() * 1_000_000L, pair.endMillis() * 1_000_000L),
          events);
    }

    AggregatedRows rows(Aggregation aggregation) {
      return AggregatedRows.of(aggregation, session, events);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void candlesEqualAnIndependentComputation(String name) throws Exception {
    Path zip = RealData.archive(name);
    Day day = Day.of(zip);
    String columns = LobsterReferee.columnsFrom(TableCatalog.CANDLES, "bar_index", "start_time");
    try (LobsterReferee referee = LobsterReferee.of(zip, folder)) {
      assertThat(lines(day.rows(candles("events:50")), columns)).isEqualTo(referee.eventBars(50));
      assertThat(lines(day.rows(candles("time:1m")), columns)).isEqualTo(referee.minuteBars());
      assertThat(lines(day.rows(candles("volume:10000")), columns))
          .isEqualTo(referee.volumeBars(10_000));
    }
  }

  private static Candles candles(String bars) {
    return new Candles(SliceSpec.bar(bars), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void profilesEqualAnIndependentComputation(String name) throws Exception {
    Path zip = RealData.archive(name);
    Day day = Day.of(zip);
    String columns = LobsterReferee.columnsFrom(TableCatalog.VOLUME_PROFILE, "window_index", "");
    try (LobsterReferee referee = LobsterReferee.of(zip, folder)) {
      assertThat(lines(day.rows(profile("session")), columns)).isEqualTo(referee.sessionProfile());
      assertThat(lines(day.rows(profile("time:30m")), columns))
          .isEqualTo(referee.halfHourProfiles());
    }
  }

  private static VolumeProfile profile(String window) {
    return new VolumeProfile(SliceSpec.window(window), PriceBin.CENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void depthMetricsEqualAnIndependentComputation(String name) throws Exception {
    Path zip = RealData.archive(name);
    try (LobsterReferee referee = LobsterReferee.of(zip, folder)) {
      assertThat(
              lines(
                  Day.of(zip).rows(new DepthMetrics(SliceSpec.grid("time:1s"))),
                  LobsterReferee.columnsFrom(TableCatalog.DEPTH_METRICS, "step_index", "")))
          .isEqualTo(referee.secondSteps());
    }
  }
}
