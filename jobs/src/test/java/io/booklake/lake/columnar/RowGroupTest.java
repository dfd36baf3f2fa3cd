package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.ColumnRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row groups may be copied one behind the other only where no row of theirs has to go between. */
class RowGroupTest {
  private static final List<String> ORDER = List.of("ticker", "index");

  @Test
  void rowGroupsThatDoNotOverlapFollowOneAnother() {
    RowGroup first = group("one", 0, range("A", "A"), range(0L, 9L));
    assertIsOnlyBefore(first, group("two", 0, range("A", "A"), range(10L, 19L)));
    assertIsOnlyBefore(first, group("two", 0, range("B", "B"), range(0L, 9L)));
    assertIsOnlyBefore(first, group("two", 0, range("B", "C"), range(0L, 9L)));
  }

  private static void assertIsOnlyBefore(RowGroup first, RowGroup second) {
    assertThat(first.isBefore(second, ORDER)).isTrue();
    assertThat(second.isBefore(first, ORDER)).isFalse();
  }

  @Test
  void oneThatBeginsInsideOfTheOtherDoesNotFollowIt() {
    RowGroup first = group("one", 0, range("A", "A"), range(0L, 10L));
    assertThat(first.isBefore(group("two", 0, range("A", "A"), range(9L, 19L)), ORDER)).isFalse();
  }

  @Test
  void whereOneHoldsSeveralValuesTheNextColumnTellsNothing() {
    RowGroup end = group("one", 0, range("A", "B"), range(0L, 9L));
    RowGroup begin = group("two", 0, range("B", "B"), range(10L, 19L));
    // There may be an A 9 and a B 0, or a B 9 and an A 0.
    assertThat(end.isBefore(begin, ORDER)).isFalse();
    RowGroup wide = group("two", 0, range("B", "C"), range(10L, 19L));
    assertThat(group("one", 0, range("B", "B"), range(0L, 9L)).isBefore(wide, ORDER)).isFalse();
  }

  @Test
  void whatIsNotKnownOrNullIsBeforeNothingAndBeginsFirst() {
    RowGroup known = group("one", 0, range("A", "A"), range(0L, 9L));
    RowGroup unknown = new RowGroup("two", 0, 1, Map.of("ticker", range("B", "B")));
    RowGroup someNull = group("two", 0, new ColumnRange("B", "B", 1), range(0L, 9L));
    RowGroup allNull = group("two", 0, new ColumnRange(null, null, 1), range(0L, 9L));
    RowGroup unordered = group("two", 0, new ColumnRange(null, null, 0), range(0L, 9L));

    for (RowGroup other : List.of(someNull, allNull, unordered)) {
      assertThat(known.isBefore(other, ORDER)).isFalse();
      assertThat(other.isBefore(known, ORDER)).isFalse();
      assertThat(sorted(known, other)).containsExactly(other, known);
    }
    assertThat(sorted(known, unknown)).containsExactly(known, unknown);
    RowGroup ofTheSameTicker = new RowGroup("two", 0, 1, Map.of("ticker", range("A", "A")));
    assertThat(known.isBefore(ofTheSameTicker, ORDER)).isFalse();
    assertThat(ofTheSameTicker.isBefore(known, ORDER)).isFalse();
    assertThat(sorted(known, ofTheSameTicker)).containsExactly(ofTheSameTicker, known);
  }

  @Test
  void thoseThatFollowOneAnotherInAFileAreTakenForSorted() {
    RowGroup first = group("one", 0, range("A", "B"), range(0L, 9L));
    RowGroup second = group("one", 1, range("B", "C"), range(0L, 9L));
    RowGroup third = group("one", 2, range("B", "C"), range(0L, 9L));
    RowGroup other = group("two", 1, range("B", "C"), range(0L, 9L));

    assertThat(first.isBefore(second, ORDER)).isTrue();
    assertThat(second.isBefore(first, ORDER)).isFalse();
    assertThat(first.isBefore(third, ORDER)).isFalse();
    assertThat(first.isBefore(other, ORDER)).isFalse();
  }

  @Test
  void theyAreSortedByWhereTheyBeginAndThenByWhereTheyLie() {
    RowGroup a = group("two", 0, range("A", "B"), range(5L, 9L));
    RowGroup b = group("one", 0, range("B", "B"), range(0L, 9L));
    RowGroup c = group("one", 1, range("B", "B"), range(1L, 2L));
    RowGroup d = group("one", 2, range("B", "B"), range(1L, 1L));
    RowGroup e = group("two", 1, range("B", "B"), range(1L, 1L));

    assertThat(sorted(e, d, c, b, a)).containsExactly(a, b, c, d, e);
  }

  private static List<RowGroup> sorted(RowGroup... groups) {
    List<RowGroup> sorted = new ArrayList<>(List.of(groups));
    sorted.sort(RowGroup.byBegin(ORDER));
    return sorted;
  }

  private static ColumnRange range(Comparable<?> min, Comparable<?> max) {
    return new ColumnRange(min, max, 0);
  }

  private static RowGroup group(String file, int number, ColumnRange ticker, ColumnRange index) {
    return new RowGroup(file, number, 10, Map.of("ticker", ticker, "index", index));
  }
}
