package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.table.ColumnBatch;
import io.booklake.table.TableCatalog;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowPageTest {
  private static final String INDEX = "start_index";

  @Test
  void whatFitsIsTheLastPage() {
    RowPage page = RowPage.of(rows(0L, 1L, 2L), INDEX, 3);
    assertThat(page.rows().rows).isEqualTo(3);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void thePageEndsBeforeTheEventThatTheNextOneBeginsWith() {
    RowPage page = RowPage.of(rows(0L, 1L, 2L), INDEX, 2);
    assertThat(page.rows().rows).isEqualTo(2);
    assertThat(page.next()).hasValue(2);
  }

  @Test
  void rowsOfOneEventStayTogether() {
    RowPage page = RowPage.of(rows(0L, 0L, 7L, 7L), INDEX, 3);
    assertThat(page.rows().rows).isEqualTo(2);
    assertThat(page.next()).hasValue(7);
  }

  @Test
  void aRowWithoutAnEventIsNoPlaceToBegin() {
    RowPage page = RowPage.of(rows(0L, 5L, null, null), INDEX, 3);
    assertThat(page.rows().rows).isEqualTo(1);
    assertThat(page.next()).hasValue(5);
  }

  @Test
  void aRowBehindOneWithoutAnEventIs() {
    RowPage page = RowPage.of(rows(0L, null, 5L), INDEX, 2);
    assertThat(page.rows().rows).isEqualTo(2);
    assertThat(page.next()).hasValue(5);
  }

  @Test
  void anEventOfMoreRowsThanTheLimitIsRefused() {
    assertThatThrownBy(() -> RowPage.of(rows(4L, 4L, 4L), INDEX, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 2 rows of one event");
  }

  @Test
  void rowsWhoseIndexFallsHaveNoPages() {
    assertThatThrownBy(() -> RowPage.of(rows(0L, 5L, null, 3L), INDEX, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found start_index 3 behind 5");
  }

  private static ColumnBatch rows(Long... indexes) {
    ColumnBatch rows = new ColumnBatch(TableCatalog.CANDLES.of(List.of(INDEX)), indexes.length);
    Arrays.stream(indexes)
        .forEach(
            index -> {
              int row = rows.append();
              if (index == null) {
                rows.column(INDEX).setNull(row);
              } else {
                rows.column(INDEX).longs[row] = index;
              }
            });
    return rows;
  }
}
