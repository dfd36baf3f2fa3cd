package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.Column;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows, and which files and pages by what they hold, meet a condition. */
class ConditionTest {
  private static final Condition FIVE_TO_NINE = new Condition("n", 5L, 9L, false);
  private static final Condition FIVE_TO_NINE_OR_NULL = new Condition("n", 5L, 9L, true);

  @ParameterizedTest
  @CsvSource({"4, false", "5, true", "9, true", "10, false"})
  void aValueMeetsItFromItsSmallestToItsLargest(long value, boolean meets) {
    ColumnValues values = values();
    values.longs[0] = value;

    assertThat(FIVE_TO_NINE.holds(values, 0)).isEqualTo(meets);
    assertThat(FIVE_TO_NINE_OR_NULL.holds(values, 0)).isEqualTo(meets);
  }

  @Test
  void nullMeetsItOnlyWhereNullWillDoWhateverStandsInItsPlace() {
    ColumnValues values = values();
    values.longs[0] = 7;
    values.setNull(0);
    values.longs[1] = 1;
    values.setNull(1);

    assertThat(FIVE_TO_NINE.holds(values, 0)).isFalse();
    assertThat(FIVE_TO_NINE_OR_NULL.holds(values, 1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // least, largest, nulls: may be met, is met by all; and the same where NULL will do
    "5, 9, 0, true, true, true, true",
    "5, 9, 1, true, false, true, true",
    "4, 9, 0, true, false, true, false",
    "5, 10, 0, true, false, true, false",
    "9, 20, 0, true, false, true, false",
    "1, 5, 0, true, false, true, false",
    "1, 4, 0, false, false, false, false",
    "10, 20, 0, false, false, false, false",
    "10, 20, 1, false, false, true, false",
    ",, 3, false, false, true, false"
  })
  void aRangeTellsWhetherSomeRowsMayMeetItAndWhetherAllDo(
      Long min, Long max, long nulls, boolean may, boolean all, boolean mayNull, boolean allNull) {
    ColumnRange range = new ColumnRange(min, max, nulls);

    assertThat(FIVE_TO_NINE.mayHold(range)).isEqualTo(may);
    assertThat(FIVE_TO_NINE.holds(range)).isEqualTo(all);
    assertThat(FIVE_TO_NINE_OR_NULL.mayHold(range)).isEqualTo(mayNull);
    assertThat(FIVE_TO_NINE_OR_NULL.holds(range)).isEqualTo(allNull);
  }

  @Test
  void whatIsNotKnownMayMeetItAndIsNeverSaidToDoSo() {
    assertThat(FIVE_TO_NINE.mayHold(null)).isTrue();
    assertThat(FIVE_TO_NINE.holds(null)).isFalse();
  }

  private static ColumnValues values() {
    return new ColumnValues(new Column("n", ColumnType.LONG, "a number"), 2);
  }
}
