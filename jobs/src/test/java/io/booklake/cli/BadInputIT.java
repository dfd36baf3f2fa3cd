package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.BadPairs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input of the parser's table in one landing zone, with sound pairs between them. */
class BadInputIT {
  @TempDir static Path folder;
  private static Path landing;
  private static Path lake;
  private static Booklake.Outcome outcome;
  private static Tables tables;

  @BeforeAll
  static void takeInEverything() throws Exception {
    landing = folder.resolve("landing");
    lake = folder.resolve("lake");
    Files.createDirectories(landing);
    for (BadPairs.Case bad : BadPairs.cases()) {
      bad.writeTo(landing);
    }
    Booklake.done("simulate", "--landing", landing, "--ticker-count", 3, "--events", 2_000);
    outcome = Booklake.run("ingest", "--landing", landing, "--lake", lake);
    tables = new Tables(lake);
  }

  @Test
  void noneStopsTheOthersAndTheExitCodeSaysThatSomeFailed() {
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Main.PARTLY_DONE);
    assertThat(tables.read("ticker_days").select("ticker").sort("ticker").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("SIMA", "SIMB", "SIMC");
    assertThat(BadPairs.cases()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void eachIsQuarantinedWithItsReasonAndItsPlace() {
    List<Row> rows = tables.read("quarantine").collectAsList();
    for (BadPairs.Case bad : BadPairs.cases()) {
      assertThat(rows)
          .as(bad + ": " + bad.reason() + " in " + bad.file())
          .anySatisfy(
              row -> {
                assertThat(row.<String>getAs("reason")).isEqualTo(bad.reason().name());
                assertThat(row.<String>getAs("file")).endsWith(bad.file());
                assertThat(row.<Long>getAs("line")).isEqualTo(bad.line() == 0 ? null : bad.line());
                assertThat(row.<Integer>getAs("column"))
                    .isEqualTo(bad.column() == 0 ? null : bad.column());
                assertThat(row.<String>getAs("message")).contains(bad.reason().cure());
              });
    }
  }

  @Test
  void aSecondRunNotesNothingTwice() {
    Map<String, Long> before = tables.versions();
    assertThat(Booklake.run("ingest", "--landing", landing, "--lake", lake).code())
        .isEqualTo(Main.PARTLY_DONE);
    assertThat(tables.versions()).isEqualTo(before);
  }

  @Test
  void theResultTableNamesEveryReason() {
    assertThat(outcome.out())
        .contains(
            BadPairs.cases().stream().map(bad -> bad.reason().name()).collect(Collectors.toSet()));
  }
}
