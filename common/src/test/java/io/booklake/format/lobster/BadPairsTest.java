package io.booklake.format.lobster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadPairsTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;

  static List<BadPairs.Case> cases() {
    return BadPairs.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aBadPairIsRejectedWithItsReasonFileLineAndColumn(BadPairs.Case bad) throws Exception {
    bad.writeTo(folder);
    Landed landed = Landed.in(folder);
    assertThat(landed.sound()).isEmpty();
    assertThat(landed.rejections()).singleElement().satisfies(rejection -> isRight(bad, rejection));
  }

  private static void isRight(BadPairs.Case bad, Rejection rejection) {
    assertThat(rejection.reason()).as(rejection.message()).isEqualTo(bad.reason());
    assertThat(rejection.file()).endsWith("/" + bad.file());
    assertThat(rejection.line()).as(rejection.message()).isEqualTo(bad.line());
    assertThat(rejection.column()).as(rejection.message()).isEqualTo(bad.column());
    assertThat(rejection.found()).contains(bad.found());
    assertThat(rejection.expected()).isNotBlank();
    assertThat(rejection.message())
        .startsWith(rejection.file() + place(bad) + ": found " + rejection.found())
        .endsWith(", expected " + rejection.expected() + ". " + bad.reason().cure());
  }

  private static String place(BadPairs.Case bad) {
    return (bad.line() > 0 ? ", line " + bad.line() : "")
        + (bad.column() > 0 ? ", column " + bad.column() : "");
  }

  @Test
  void noBadPairOfOneLandingFolderStopsTheOthersOrTheGoodOnes() throws Exception {
    for (BadPairs.Case bad : BadPairs.cases()) {
      bad.writeTo(folder);
    }
    FileName good = BadPairs.fileName("GOOD", 0);
    Delivery.plain().write(folder, good, BadPairs.text(BadPairs.MESSAGES, BadPairs.BOOKS));
    Landed landed = Landed.in(folder);
    assertThat(landed.sound())
        .singleElement()
        .extracting(Inspection::pair)
        .extracting(Pair::tickerDay)
        .isEqualTo(good.tickerDay());
    assertThat(landed.rejections().stream().map(Rejection::reason))
        .containsExactlyInAnyOrderElementsOf(
            BadPairs.cases().stream().map(BadPairs.Case::reason).toList());
  }

  @Test
  void everyReasonHasACaseButTheOneThatNoFileShowsByItself() {
    EnumSet<Reason> without = EnumSet.allOf(Reason.class);
    BadPairs.cases().forEach(bad -> without.remove(bad.reason()));
    assertThat(without).containsExactly(Reason.CHANGED_WHILE_READ);
  }

  @Test
  void everyCaseHasItsOwnTickerAndItsOwnName() {
    assertThat(BadPairs.cases()).hasSizeGreaterThan(100);
    assertThat(BadPairs.cases()).extracting(BadPairs.Case::ticker).doesNotHaveDuplicates();
    assertThat(BadPairs.cases()).extracting(BadPairs.Case::toString).doesNotHaveDuplicates();
  }

  /** What discovery and inspection make of a landing folder. */
  record Landed(List<Inspection> sound, List<Rejection> rejections) {
    private static final Inspection.Limits LIMITS = new Inspection.Limits(0.001, 0.001);

    static Landed in(Path folder) throws IOException {
      PairDiscovery.Found found = PairDiscovery.find(CONFIGURATION, List.of(folder.toString()));
      List<Inspection> sound = new ArrayList<>();
      List<Rejection> rejections = new ArrayList<>();
      found.rejected().forEach(rejected -> rejections.add(rejected.rejection()));
      for (Pair pair : found.pairs()) {
        Inspection inspection =
            Inspection.of(
                pair, new HadoopSource(CONFIGURATION), LIMITS, null, Inspection.EventSink.NONE);
        if (inspection.rejection() == null) {
          sound.add(inspection);
        } else {
          rejections.add(inspection.rejection());
        }
      }
      return new Landed(sound, rejections);
    }
  }
}
