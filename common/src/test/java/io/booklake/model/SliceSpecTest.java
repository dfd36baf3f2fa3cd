package io.booklake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.booklake.model.SliceSpec.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceSpecTest {

  @ParameterizedTest
  @CsvSource({
    "time:250ms, TIME, 250000000",
    "time:1s, TIME, 1000000000",
    "time:5m, TIME, 300000000000",
    "time:1h, TIME, 3600000000000",
    "time:1d, TIME, 86400000000000",
    "events:50, EVENTS, 50",
    "trades:100, TRADES, 100",
    "volume:10000, VOLUME, 10000",
    "dollar:1000000, DOLLAR, 1000000"
  })
  void aBarIsAKindAndASize(String text, Kind kind, long size) {
    assertThat(SliceSpec.bar(text)).isEqualTo(new SliceSpec(kind, size)).hasToString(text);
  }

  @Test
  void aSessionIsAWindowWithoutSize() {
    assertThat(SliceSpec.window("session"))
        .isEqualTo(new SliceSpec(Kind.SESSION, 0))
        .hasToString("session");
  }

  @ParameterizedTest
  @CsvSource({
    "time:60s, time:1m",
    "time:1000ms, time:1s",
    "time:90s, time:90s",
    "time:24h, time:1d",
    "time:1440m, time:1d"
  })
  void everyLengthOfTimeHasOneSpelling(String text, String spelling) {
    assertThat(SliceSpec.grid(text)).hasToString(spelling);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "session",
        "1m",
        "time",
        "time:",
        "time:m",
        "time:0s",
        "time:-1s",
        "time:1.5s",
        "time:1y",
        "Time:1m",
        "time:1M",
        "events:0",
        "events:007",
        "ticks:5",
        "events:50 ",
        "events:1000000000000000000"
      })
  void whatIsNoBarIsRefusedWithExamplesOfBars(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SliceSpec.bar(text))
        .withMessage(
            "not a bar: '"
                + text
                + "', expected one like time:1m, events:50, trades:100, volume:10000, dollar:1000000");
  }

  @Test
  void aTimeWithoutUnitIsToldTheUnits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SliceSpec.grid("time:5"))
        .withMessage(
            "not a grid: 'time:5', expected one like time:1m, events:50; time needs a unit: ms, s, m, h or d");
  }

  @Test
  void aUnitAfterAnythingButTimeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SliceSpec.bar("events:50s"))
        .withMessageEndingWith("; only time has a unit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"time:2d", "time:25h", "time:999999999999d", "dollar:999999999999999999"})
  void whatIsTooLargeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SliceSpec.bar(text))
        .withMessageContaining("'" + text + "' is too large");
  }

  @Test
  void windowsKnowNoVolumeAndGridsNoSession() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SliceSpec.window("volume:10"))
        .withMessage("not a window: 'volume:10', expected one like time:1m, events:50, session");
    assertThatIllegalArgumentException().isThrownBy(() -> SliceSpec.grid("session"));
  }

  @Test
  void aSizeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SliceSpec(Kind.SESSION, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SliceSpec(Kind.EVENTS, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new SliceSpec(Kind.TIME, 1_000_001));
  }

  @Test
  void aPriceBinIsReadInDollars() {
    assertThat(PriceBin.parse("0.01")).isEqualTo(PriceBin.CENT);
    assertThat(PriceBin.parse("2.5").ticks()).isEqualTo(25_000);
    assertThat(PriceBin.parse("0.05").dollars()).isEqualTo(0.05);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.01", "0.00005", "a cent", "", "1e30"})
  void aPriceBinThatIsNoWholeNumberOfPriceUnitsIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceBin.parse(text))
        .withMessage(
            "not a price bin: '"
                + text
                + "', expected US dollars in whole steps of 0.0001 and more than 0, such as 0.01");
  }
}
