package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Globs as Python's fnmatch reads them: the expectations were printed by it. */
class PathFilterTest {
  @ParameterizedTest
  @CsvSource({
    "*.csv, a/b.csv, true",
    "*.csv, a/b.csv.gz, false",
    "a/, a/b/c, true",
    "a/, b/a/c, false",
    "?.csv, a.csv, true",
    "?.csv, ab.csv, false",
    "[ab].csv, b.csv, true",
    "[!ab].csv, b.csv, false",
    "[!ab].csv, c.csv, true",
    "[]].csv, ].csv, true",
    "[.csv, [.csv, true",
    "[a-c].csv, b.csv, true",
    "[&&].csv, &.csv, true",
    "[\\^].csv, ^.csv, true",
    "a.b, axb, false",
    "a+(b), a+(b), true",
    "[b-a]*, b, false",
    "[b-a]*, '', false",
    "[!b-a]*, b, true",
    "[b-ac]*, c, true",
    "[a-c-e].csv, -.csv, true",
    "[a-c-e].csv, d.csv, false",
    "[--0].csv, ..csv, true",
    "[a-].csv, -.csv, true",
    "[|~&].csv, ~.csv, true",
    "?.csv, \ud83d\ude00.csv, true",
    "??.csv, \ud83d\ude00.csv, false",
    "[\ud83d\ude00-\ud83d\ude02].csv, \ud83d\ude01.csv, true",
    "[\ud83d\ude00].csv, \ud83d\ude01.csv, false",
    "\ud83d\ude00.csv, \ud83d\ude00.csv, true",
  })
  void oneGlob(String glob, String path, boolean fits) {
    assertThat(new PathFilter(List.of(glob), List.of()).test(path)).isEqualTo(fits);
    assertThat(new PathFilter(List.of(), List.of(glob)).test(path)).isEqualTo(!fits);
  }

  @Test
  void aFileIsMeantWhereOneIncludesItAndNoneExcludesIt() {
    PathFilter filter = new PathFilter(List.of("*.csv", "*.zip"), List.of("old/"));
    assertThat(filter.test("a.csv")).isTrue();
    assertThat(filter.test("a.zip")).isTrue();
    assertThat(filter.test("a.md")).isFalse();
    assertThat(filter.test("old/a.csv")).isFalse();
    assertThat(PathFilter.ALL.test("anything")).isTrue();
  }
}
