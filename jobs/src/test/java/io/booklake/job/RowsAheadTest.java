package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.aggregate.Aggregation;
import io.booklake.lake.derived.Derivation;
import io.booklake.lake.derived.DerivedTask;
import io.booklake.lake.derived.Recipe;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an ingest summed up goes to the job of its table, unless another run published the day. */
class RowsAheadTest {
  private static final TickerDay A = day("A");
  private static final TickerDay B = day("B");
  private static final TickerDay C = day("C");
  private static final Derivation BARS = derivation();
  private static final Derivation OTHER_BARS = derivation();

  private final RowsAhead ahead = new RowsAhead();

  @Test
  void filesThatHoldATickerDayOfAnotherRunTooAreNeverHandedOver() {
    DerivedTask.Result both = result(A, B);
    DerivedTask.Result alone = result(C);
    ahead.add(BARS, both);
    ahead.add(BARS, alone);

    assertThat(ahead.take(BARS, Set.of(B, C))).containsExactly(alone);
    assertThat(ahead.take(BARS, Set.of(A))).isEmpty();
    assertThat(ahead.take(BARS, Set.of(A, B, C))).containsExactly(both);
  }

  @Test
  void filesAreHandedOverOnceAndOnlyForWhatTheyWereMadeBy() {
    DerivedTask.Result bars = result(A);
    DerivedTask.Result others = result(A);
    ahead.add(BARS, bars);
    ahead.add(OTHER_BARS, others);

    assertThat(ahead.take(BARS, Set.of(A))).singleElement().isSameAs(bars);
    assertThat(ahead.take(BARS, Set.of(A))).isEmpty();
    assertThat(ahead.take(OTHER_BARS, Set.of(A))).singleElement().isSameAs(others);
    assertThat(ahead.take(derivation(), Set.of(A))).isEmpty();
  }

  private static TickerDay day(String ticker) {
    return new TickerDay(LocalDate.of(2024, 3, 4), ticker, 5);
  }

  private static DerivedTask.Result result(TickerDay... days) {
    return new DerivedTask.Result(
        Stream.of(days).collect(Collectors.toMap(day -> day, day -> 7L)), List.of());
  }

  private static Derivation derivation() {
    return new Derivation(
        TableCatalog.CANDLES,
        new Recipe() {
          private static final long serialVersionUID = 1L;

          @Override
          public List<Aggregation> aggregations() {
            return List.of();
          }

          @Override
          public int levels(TickerDay day) {
            return 0;
          }
        });
  }
}
