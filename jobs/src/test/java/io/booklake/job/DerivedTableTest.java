package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.lake.FaultyLogStore;
import io.booklake.lake.Lake;
import io.booklake.lake.Ledger;
import io.booklake.lake.TaskSpark;
import io.booklake.model.TickerDay;
import io.booklake.simulate.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens between a commit of a derived table and what the ledger notes of it. */
class DerivedTableTest {
  private static final TickerDay A = day("SIMA");
  private static final TickerDay B = day("SIMB");
  private static final String HELD = "events:50";
  private static final String WANTED = "trades:5";

  @RegisterExtension private static final TaskSpark SPARK = new TaskSpark();

  @TempDir private Path folder;
  private Lake lake;

  @BeforeEach
  void computeSomeBars() throws IOException {
    lake = lake();
    write(1, "landing");
    write(2, "corrected");
    ingest("landing", Selection.ALL);
    candles(lake, HELD);
  }

  @Test
  void aTickerDayThatIsReplacedBehindTheCommitIsReportedAndNotNoted() {
    Lake slow =
        FaultyLogStore.after(
            () -> ingest("corrected", Selection.parse(B.ticker(), null, null)), this::lake);

    Report report = candles(slow, WANTED);

    assertThat(report.partlyFailed()).isTrue();
    assertThat(report.title()).contains("for 1 of 2", B.toString());
    assertThat(report.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.get(1)).isEqualTo(A.ticker()));
    assertThat(report.figures().published()).isEqualTo(1);
    assertThat(report.figures().rejected()).isEqualTo(1);
    assertThat(entry(A).held("candles")).containsOnly(HELD, WANTED);
    assertThat(entry(B).held("candles")).isEmpty();
  }

  @Test
  void aRunThatDiesWhenItHasClearedATickerDayHasNotSaidSo() {
    ingest("corrected", Selection.ALL);
    Lake dying = FaultyLogStore.with(FaultyLogStore.Fault.WRITE_AND_FAIL, this::lake);

    assertThatThrownBy(() -> candles(dying, HELD)).hasStackTraceContaining(FaultyLogStore.WORDS);

    assertThat(lake.size("candles").files()).isZero();
    assertThat(entry(A).isCleared("candles")).isFalse();
  }

  private Ledger.Entry entry(TickerDay day) {
    return lake.ledger().entries().get(day);
  }

  private Lake lake() {
    return SPARK.lake(folder.resolve("lake"));
  }

  private void ingest(String delivery, Selection selection) {
    assertThat(new IngestJob(run(lake(), delivery, selection), false).execute().partlyFailed())
        .isFalse();
  }

  private Report candles(Lake of, String bars) {
    return new CandlesJob(run(of, "landing", Selection.ALL), List.of(bars), false, false).execute();
  }

  private Run run(Lake of, String delivery, Selection selection) {
    Settings settings =
        Settings.load(null).withLanding(List.of(folder.resolve(delivery).toString()));
    return TestRuns.of(SPARK, of, settings, selection);
  }

  private void write(long seed, String delivery) throws IOException {
    SimulatedDeliveries.write(
        folder.resolve(delivery), Market.of(seed, 2, List.of(2), 300), A.tradeDate());
  }

  private static TickerDay day(String ticker) {
    return new TickerDay(LocalDate.of(2024, 3, 4), ticker, 2);
  }
}
