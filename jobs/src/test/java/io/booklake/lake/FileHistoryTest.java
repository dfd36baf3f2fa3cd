package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What vacuum knows of a table: a file is named from one version until another. */
class FileHistoryTest {
  private static final TickerDay A = new TickerDay(LocalDate.of(2024, 3, 4), "A", 1);
  private static final ReplaceScope ALL_OF_A = ReplaceScope.of(List.of(A));

  @TempDir private Path folder;
  private PlainTable table;

  @BeforeEach
  void begin() {
    table = new PlainTable(folder);
  }

  @Test
  void aFileIsNamedFromTheVersionThatAddsItUntilTheOneThatRemovesIt() {
    DataFile file = table.write(A);
    DataFile next = table.write(A);
    table.change(ALL_OF_A, file);
    table.change(ReplaceScope.NOTHING, table.write(new TickerDay(A.tradeDate(), "B", 1)));
    long removal = table.change(ALL_OF_A, next);
    FileHistory history = table.history();

    assertThat(removal).isEqualTo(3);
    assertThat(naming(history, path(file), 0, 1, 2, 3)).containsExactly(1L, 2L);
    assertThat(naming(history, path(next), 0, 1, 2, 3)).containsExactly(3L);
    assertThat(history.isNamedBy(path(file), new TreeSet<>(Set.of(0L, 3L)))).isFalse();
    assertThat(history.isNamedBy(path(file), new TreeSet<>(Set.of(0L, 2L)))).isTrue();
    assertThat(history.isNamed(path(file))).isTrue();
    assertThat(history.newestFiles()).hasSize(2).contains(path(next));
    assertThat(history.isNamed(new org.apache.hadoop.fs.Path(path(file) + "2"))).isFalse();
  }

  @Test
  void oneThatComesBackIsNamedAgainAndOneThatIsNamedTwiceIsRemovedOnce() throws Exception {
    DataFile file = table.write(A);
    table.change(ReplaceScope.NOTHING, file);
    table.change(ReplaceScope.NOTHING, file);
    List<LiveFile> live = table.files();
    table.log.commit(newest(), PlainTable.TABLE, live, List.of(), true);
    assertThat(table.history().newestFiles()).isEmpty();
    table.change(ReplaceScope.NOTHING, file);
    FileHistory history = table.history();

    assertThat(live).hasSize(1);
    assertThat(naming(history, path(file), 0, 1, 2, 3, 4)).containsExactly(1L, 2L, 4L);
    assertThat(history.newestFiles()).containsExactly(path(file));
  }

  @Test
  void aFileIsKnownByTheNameThatItHasOnTheDisk() throws IOException {
    Path root = folder.resolve(PlainTable.TABLE.name());
    DataFile file = PlainTable.moved(root, table.write(A), "trade_date=2024-03-04/a b%20ü.parquet");
    table.change(ReplaceScope.NOTHING, file);

    assertThat(table.history().isNamed(path(file))).isTrue();
  }

  @Test
  void versionsSinceAMomentAreThoseThatWereTheNewestThenOrLater() throws IOException {
    versionsOf(100, 200, 300);

    assertThat(table.history().versionsSince(99)).containsExactly(0L, 1L, 2L);
    assertThat(table.history().versionsSince(200)).containsExactly(0L, 1L, 2L);
    assertThat(table.history().versionsSince(201)).containsExactly(1L, 2L);
    assertThat(table.history().versionsSince(301)).containsExactly(2L);
  }

  @Test
  void aClockThatWasWrongForOneCommitSaysNothingOfOthers() throws IOException {
    versionsOf(100, 900, 300, 400);

    assertThat(table.history().versionsSince(500)).containsExactly(0L, 1L, 3L);
    assertThat(table.history().versionsSince(901)).containsExactly(3L);
  }

  @Test
  void aLogWithoutItsBeginningIsRefused() throws IOException {
    versionsOf(100, 200);
    Files.delete(commit(0));

    assertThatThrownBy(table::history).hasMessageContaining("does not begin with version 0");
  }

  /** Versions that were committed at some times, in milliseconds since 1970. */
  private void versionsOf(long... millis) throws IOException {
    for (int version = 1; version < millis.length; version++) {
      table.change(ReplaceScope.NOTHING, table.write(A));
    }
    for (int version = 0; version < millis.length; version++) {
      Files.setLastModifiedTime(commit(version), FileTime.fromMillis(millis[version]));
    }
  }

  private Path commit(int version) {
    return folder.resolve("plain/_delta_log").resolve("%020d.json".formatted(version));
  }

  private io.delta.kernel.Snapshot newest() {
    return table.log.log().newest().orElseThrow();
  }

  private org.apache.hadoop.fs.Path path(DataFile file) {
    return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(table.root), file.path());
  }

  /** Those of some versions that name a file. */
  private static List<Long> naming(
      FileHistory history, org.apache.hadoop.fs.Path file, long... versions) {
    return LongStream.of(versions)
        .filter(version -> history.isNamedBy(file, new TreeSet<>(Set.of(version))))
        .boxed()
        .toList();
  }
}
