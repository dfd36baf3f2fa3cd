package io.booklake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file of settings says is what is set, or an error that names the place. */
class SettingsTest {
  @TempDir private Path folder;

  @Test
  void whatTheFileSaysGoesOverTheDefaults() throws IOException {
    Settings settings =
        load("---\ningest: {snapshot-interval: 20}\nvolume-profile: {bin-dollars: 0.05}\n");

    assertThat(settings.ingest().snapshotInterval()).isEqualTo(20);
    assertThat(settings.ingest().tickerDaysPerCommit()).isEqualTo(200);
    assertThat(settings.volumeProfile().binDollars()).isEqualTo(new BigDecimal("0.05"));
  }

  @Test
  void aWholeNumberIsNotCutFromOneThatIsNone() {
    assertThatThrownBy(() -> load("ingest: {snapshot-interval: 2.9}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("own.yaml: the value of 'ingest.snapshot-interval'", "2.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lake: one\nlanding: [a]\nlake: two\n",
        "ingest:\n  snapshot-interval: 1\n  snapshot-interval: 2\n",
        "ingest: {snapshot-interval: 1}\noptimize: {}\ningest: {ticker-days-per-commit: 2}\n"
      })
  void theSameKeyTwiceIsAnErrorAtItsLine(String text) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("own.yaml, line 3: no valid YAML: Duplicate field");
  }

  @Test
  void anAliasIsNotReadAsTheTextOfItsName() {
    assertThatThrownBy(() -> load("landing: [&root s3a://bucket]\nlake: *root\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "own.yaml, line 2: found the alias '*root', expected the value itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'ingest:\n  # snapshot-interval: 5\n' | found nothing at 'ingest', expected keys, at least one of [max-broken",
        "'vacuum: 30' | found 30 at 'vacuum', expected keys, at least one of [retention-hours]",
        "'[a]' | found [\"a\"], expected keys, at least one of [lake, landing,"
      })
  void aSectionWithoutKeysIsAnErrorThatNamesThem(String text, String problem) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: " + problem);
  }

  @Test
  void aSecondDocumentIsNotPassedOver() {
    assertThatThrownBy(() -> load("lake: one\n---\nlake: two\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml, line 3: found a second document, expected one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000000000", "1e-1000000000", "0.00001", "0", "-1"})
  void aBinThatIsNoneIsAnErrorAtOnce(String dollars) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> load("volume-profile: {bin-dollars: " + dollars + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("own.yaml: the value of 'volume-profile.bin-dollars'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "candles: {bars: time:1m} | candles.bars: found the text 'time:1m', expected a list such as [time:1m]",
        "landing: landing | landing: found the text 'landing', expected a list such as [landing]",
        "depth-metrics: {grids: {a: 1}} | depth-metrics.grids: found {\"a\":1}, expected a list. See"
      })
  void oneThingInPlaceOfAListIsAnErrorThatShowsAList(String text, String problem) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "landing: [] | landing",
        "landing: [a, ~] | landing",
        "lake: ' ' | lake",
        "fetch: {datasets: [~]} | fetch.datasets",
        "ingest: {ticker-days-per-commit: 0} | ingest.ticker-days-per-commit",
        "ingest: {snapshot-interval: 0} | ingest.snapshot-interval",
        "ingest: {order-level-book: ~} | ingest.order-level-book",
        "ingest: {max-broken-transition-share: -0.1} | ingest.max-broken-transition-share",
        "ingest: {max-broken-transition-share: 'NaN'} | ingest.max-broken-transition-share",
        "ingest: {max-crossed-row-share: 1.1} | ingest.max-crossed-row-share",
        "candles: {bars: []} | candles.bars",
        "volume-profile: {windows: []} | volume-profile.windows",
        "depth-metrics: {grids: []} | depth-metrics.grids",
        "vacuum: {retention-hours: 23} | vacuum.retention-hours",
        "optimize: {target-file-megabytes: 0} | optimize.target-file-megabytes",
        "optimize: {target-file-megabytes: 1025} | optimize.target-file-megabytes"
      })
  void aValueOutsideItsRangeIsAnErrorThatNamesItsKey(String text, String key) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: the value of '" + key + "' is not right");
  }

  @Test
  void theEndsOfARangeAreInIt() throws IOException {
    Settings least =
        load(
            """
            ingest: {ticker-days-per-commit: 1, snapshot-interval: 1, max-crossed-row-share: 0}
            vacuum: {retention-hours: 24}
            optimize: {target-file-megabytes: 1}
            """);
    Settings most =
        load("ingest: {max-crossed-row-share: 1}\noptimize: {target-file-megabytes: 1024}\n");

    assertThat(least.vacuum().retentionHours()).isEqualTo(24);
    assertThat(least.optimize().targetFileMegabytes()).isEqualTo(1);
    assertThat(most.ingest().maxCrossedRowShare()).isEqualTo(1);
    assertThat(most.optimize().targetFileMegabytes()).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ingest: {snapshot-interval: 5} | true",
        "ingest: {order-level-book: false} | true",
        "candles: {empty-bars: true} | true",
        "volume-profile: {bin-dollars: 0.05} | true",
        "depth-metrics: {grids: [events:7]} | true",
        "lake: elsewhere | false",
        "landing: [elsewhere] | false",
        "fetch: {datasets: [owner/name]} | false",
        "vacuum: {retention-hours: 999} | false",
        "optimize: {target-file-megabytes: 7} | false"
      })
  void theHashIsOfWhatCanChangeAResultAndOfNothingElse(String text, boolean isOther)
      throws IOException {
    assertThat(!load(text).hash().equals(Settings.load(null).hash())).isEqualTo(isOther);
  }

  @Test
  void oneBlankPlaceAmongOthersIsAnError() {
    Settings settings = Settings.load(null);
    assertThatThrownBy(() -> settings.withLanding(List.of("a", " ")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--landing: found 'a, ', expected folders");
    assertThatThrownBy(() -> settings.withLake(" ")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void anotherDistanceOfSnapshotsChangesNothingElse() throws IOException {
    Settings settings = load("ingest: {order-level-book: false, ticker-days-per-commit: 7}");
    assertThat(settings.withSnapshotInterval(20))
        .isEqualTo(
            load(
                "ingest: {order-level-book: false, ticker-days-per-commit: 7,"
                    + " snapshot-interval: 20}"));
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    Path none = folder.resolve("none.yaml");
    assertThatThrownBy(() -> Settings.load(none))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--conf: there is no file " + none);
  }

  private Settings load(String text) throws IOException {
    return Settings.load(Files.writeString(folder.resolve("own.yaml"), text));
  }
}
