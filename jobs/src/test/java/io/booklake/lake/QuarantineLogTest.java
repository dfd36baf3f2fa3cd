package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.Reason;
import io.booklake.format.lobster.Rejection;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every rejection is noted, and none of them twice. */
class QuarantineLogTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2024, 3, 4), "A", 5);
  private static final Rejection BAD_LINE =
      new Rejection(Reason.EMPTY_FILE, "a.csv", 7, 3, "what stood there", "what should have");

  @RegisterExtension private static final TaskSpark SPARK = new TaskSpark();

  @TempDir private Path folder;
  private Lake lake;
  private QuarantineLog log;

  @BeforeEach
  void openALake() {
    lake = SPARK.lake(folder);
    log = new QuarantineLog(lake);
  }

  @Test
  void whatWasNotedBeforeStaysAsItIsWhereMoreIsNoted() {
    QuarantineLog.Item first = item(BAD_LINE, "120@1");
    QuarantineLog.Item second = item(Rejection.ofFile(Reason.TRUNCATED, "b.csv", "x", "y"), "9@2");
    log.add(List.of(first), "monday");

    log.add(List.of(first, second, second), "tuesday");

    assertThat(lake.rows(TableCatalog.QUARANTINE))
        .extracting(row -> row.get("run_id") + " " + row.get("file"))
        .containsExactlyInAnyOrder("monday a.csv", "tuesday b.csv");
  }

  @Test
  void theSameFaultElsewhereOrInOtherBytesIsNotedBesideIt() {
    log.add(
        List.of(
            item(BAD_LINE, "120@1"),
            item(new Rejection(Reason.NUL_BYTE, "a.csv", 7, 3, "found", "expected"), "120@1"),
            item(new Rejection(Reason.EMPTY_FILE, "b.csv", 7, 3, "found", "expected"), "120@1"),
            item(new Rejection(Reason.EMPTY_FILE, "a.csv", 8, 3, "found", "expected"), "120@1"),
            item(new Rejection(Reason.EMPTY_FILE, "a.csv", 7, 4, "found", "expected"), "120@1"),
            item(BAD_LINE, "120@2")),
        "run");
    assertThat(lake.rows(TableCatalog.QUARANTINE)).hasSize(6);

    log.add(
        List.of(
            item(new Rejection(Reason.EMPTY_FILE, "a.csv", 7, 3, "other words", "more"), "120@1")),
        "run");

    assertThat(lake.rows(TableCatalog.QUARANTINE)).as("the words may differ").hasSize(6);
  }

  @Test
  void everythingThatIsKnownStandsInTheColumnOfItsName() {
    log.add(
        List.of(
            item(BAD_LINE, ""),
            new QuarantineLog.Item(
                null, Rejection.ofFile(Reason.CORRUPT_ARCHIVE, "z.zip", "f", "e"), "")),
        "run");

    List<Map<String, Object>> rows = lake.rows(TableCatalog.QUARANTINE);
    assertThat(rows)
        .filteredOn(row -> row.containsKey("ticker"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("trade_date", DAY.tradeDate())
                    .containsEntry("ticker", "A")
                    .containsEntry("levels", 5)
                    .containsEntry("reason", "EMPTY_FILE")
                    .containsEntry("file", "a.csv")
                    .containsEntry("line", 7L)
                    .containsEntry("column", 3)
                    .containsEntry("found", "what stood there")
                    .containsEntry("message", BAD_LINE.message())
                    .containsEntry("run_id", "run"));
    assertThat(rows)
        .filteredOn(row -> !row.containsKey("ticker"))
        .singleElement()
        .satisfies(
            row -> assertThat(row).doesNotContainKeys("trade_date", "levels", "line", "column"));
  }

  @Test
  void runsThatRejectAtOnceNoteBothAndTheSameOnce() {
    QuarantineLog.Item both = item(BAD_LINE, "120@1");
    Lake slow =
        FaultyLogStore.after(
            () -> log.add(List.of(both, item(BAD_LINE, "120@2")), "fast"),
            () -> SPARK.lake(folder));

    new QuarantineLog(slow).add(List.of(both, item(BAD_LINE, "120@3")), "slow");

    assertThat(lake.rows(TableCatalog.QUARANTINE))
        .extracting(row -> row.get("run_id"))
        .containsExactlyInAnyOrder("fast", "fast", "slow");
  }

  private static QuarantineLog.Item item(Rejection rejection, String identity) {
    return new QuarantineLog.Item(DAY, rejection, identity);
  }
}
