package io.booklake.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.HadoopSource;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.format.lobster.PairReader;
import io.booklake.format.lobster.RealData;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** LOBSTER's sample days, whole; tests that need them are skipped where they are not given. */
final class RealDays {
  private RealDays() {}

  /** One of the sample days, such as {@code GOOG_2012-06-21_10}. */
  static Day day(String name) throws IOException {
    try (PairReader reader = open(name)) {
      return Day.read(reader);
    }
  }

  private static PairReader open(String name) throws IOException {
    Configuration configuration = new Configuration();
    List<Pair> pairs =
        PairDiscovery.find(configuration, List.of(RealData.archive(name).toString())).pairs();
    assertThat(pairs).hasSize(1);
    return PairReader.open(
        pairs.get(0),
        new HadoopSource(configuration),
        PairReader.Projection.all(pairs.get(0).tickerDay()));
  }
}
