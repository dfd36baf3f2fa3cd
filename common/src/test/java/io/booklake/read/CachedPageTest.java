package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedPageTest {
  private static final int ROWS = 300;

  private static ColumnValues values(ColumnType type) {
    return new ColumnValues(new Column("number", type, "A number"), ROWS);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 2",
    "-5, 65535, 2",
    "7, 65536, 4",
    "-9223372036854775808, 4294967295, 4",
    "1, 4294967296, 8",
    "-9223372036854775808, -1, 8"
  })
  void numbersComeOutAsTheyWentInHoweverFarApart(long least, long span, int bytes) {
    ColumnValues decoded = values(ColumnType.LONG);
    for (int row = 0; row < ROWS; row++) {
      decoded.longs[row] = row == ROWS - 1 ? least + span : least + (row & span);
    }
    long[] expected = decoded.longs.clone();

    CachedPage page = new CachedPage(decoded);

    ColumnValues copied = values(ColumnType.LONG);
    page.copyTo(copied, 0, 0, ROWS);
    assertThat(copied.longs).isEqualTo(expected);
    assertThat(copied.hasNulls).isFalse();
    page.copyTo(copied, 290, 3, 10);
    assertThat(copied.longs[12]).isEqualTo(expected[299]);
    assertThat(page.longAt(299)).isEqualTo(expected[299]);
    assertThat(page.weight()).isBetween(ROWS * bytes, ROWS * bytes + 100);
  }

  @ParameterizedTest
  @CsvSource({"3", "100000", "10000000000"})
  void nullStaysNull(long value) {
    ColumnValues decoded = values(ColumnType.TIMESTAMP);
    decoded.longs[1] = value;
    decoded.setNull(2);

    CachedPage page = new CachedPage(decoded);

    ColumnValues copied = values(ColumnType.TIMESTAMP);
    page.copyTo(copied, 1, 0, 2);
    assertThat(copied.longs[0]).isEqualTo(value);
    assertThat(copied.isNull(0)).isFalse();
    assertThat(copied.isNull(1)).isTrue();
    assertThat(page.isNull(2)).isTrue();
  }

  @Test
  void otherTypesAreKeptAsTheyAre() {
    ColumnValues decoded = values(ColumnType.STRING);
    decoded.strings[7] = "ask";
    CachedPage page = new CachedPage(decoded);
    ColumnValues copied = values(ColumnType.STRING);

    page.copyTo(copied, 7, 0, 1);

    assertThat(copied.strings[0]).isEqualTo("ask");
    assertThat(page.rows()).isEqualTo(ROWS);
    assertThat(new CachedPage(values(ColumnType.BOOLEAN)).weight())
        .isLessThan(new CachedPage(values(ColumnType.INT)).weight());
    assertThat(new CachedPage(new ColumnValues(decoded.column, 0)).rows()).isZero();
  }
}
