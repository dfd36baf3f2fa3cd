package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ticker-day is followed into other files, but never to rows that may not be its own. */
class FileMovesTest {
  private static final LocalDate DATE = LocalDate.of(2024, 3, 4);
  private static final TickerDay A = new TickerDay(DATE, "A", 1);
  private static final TickerDay B = new TickerDay(DATE, "B", 1);
  private static final TickerDay C = new TickerDay(DATE, "C", 1);

  @TempDir private Path folder;
  private PlainTable table;
  private long first;

  @BeforeEach
  void begin() {
    table = new PlainTable(folder);
    first = replace(A);
  }

  private long replace(TickerDay day) {
    return table.change(ReplaceScope.of(List.of(day)), table.write(day));
  }

  private long latest(TickerDay day, long version) {
    return table.moves().latest(day, version);
  }

  @Test
  void aTickerDayIsFollowedThroughEveryMoveOfItsDateWhateverHappensToOthers() {
    long second = replace(B);
    long once = table.join(A, B);
    replace(C);
    replace(new TickerDay(DATE, "A", 10));
    TickerDay later = new TickerDay(DATE.plusDays(1), "A", 1);
    long ofLater = replace(later);
    long twice = table.join(A, new TickerDay(DATE, "A", 10), B, C);
    table.change(ReplaceScope.NOTHING, table.write(new TickerDay(DATE, "D", 1)));

    assertThat(once).isLessThan(twice);
    assertThat(latest(A, first)).isEqualTo(twice);
    assertThat(latest(B, second)).isEqualTo(twice);
    assertThat(latest(A, once)).isEqualTo(twice);
    assertThat(latest(A, twice)).isEqualTo(twice);
    assertThat(latest(later, ofLater)).isEqualTo(ofLater);
  }

  @Test
  void oneThatWasReplacedBeforeAMoveIsNotFollowedIntoIt() {
    long second = replace(B);
    long again = replace(A);
    long moved = table.join(A, B);

    assertThat(latest(A, first)).isEqualTo(first);
    assertThat(latest(A, again)).isEqualTo(moved);
    assertThat(latest(B, second)).isEqualTo(moved);
  }

  @Test
  void oneThatWasReplacedBetweenTwoMovesIsFollowedIntoTheFirstAlone() {
    DataFile other = table.write(new TickerDay(DATE, "A", 10));
    table.change(ReplaceScope.NOTHING, other);
    long once = table.join(A);
    long again = replace(A);
    replace(B);
    long twice = table.join(A, B);

    assertThat(latest(A, first)).isEqualTo(once);
    assertThat(latest(A, again)).isEqualTo(twice);
  }

  @Test
  void rowsThatWereOnlyTakenAwayOrOnlyAddedAreAChangeToo() {
    long second = replace(B);
    table.change(ReplaceScope.of(List.of(A)));
    table.change(ReplaceScope.NOTHING, table.write(B));
    replace(C);
    table.join(B, C);

    assertThat(latest(A, first)).isEqualTo(first);
    assertThat(latest(B, second)).isEqualTo(second);
  }

  @Test
  void whereAFileThatMayTellIsGoneNothingIsFollowed() throws IOException {
    DataFile gone = table.write(B);
    long version = table.change(ReplaceScope.NOTHING, gone);
    replace(B);
    Files.delete(folder.resolve(PlainTable.TABLE.name()).resolve(gone.path()));
    table.join(A, B);

    assertThat(latest(A, version)).isEqualTo(version);
  }

  @Test
  void aVersionWhoseFilesAVacuumMayHaveDeletedIsNotFollowedButALaterOneIs() throws IOException {
    long old = table.join(A);
    long later = table.join(A);
    replace(A);
    long unrelated = replace(C);
    age(unrelated - 1);

    assertThat(latest(A, first)).isEqualTo(first);

    age(old);
    assertThat(latest(A, first)).isEqualTo(later);
  }

  /** Every commit up to a version was made 13 hours ago, and those after it 11 hours ago. */
  private void age(long last) throws IOException {
    for (long version = 0;
        version <= table.log.log().newest().orElseThrow().getVersion();
        version++) {
      Instant then = Instant.now().minus(Duration.ofHours(version <= last ? 13 : 11));
      Files.setLastModifiedTime(
          folder.resolve("plain/_delta_log").resolve("%020d.json".formatted(version)),
          FileTime.from(then));
    }
  }
}
