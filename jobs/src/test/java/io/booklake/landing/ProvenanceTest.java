package io.booklake.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.Reason;
import io.booklake.format.lobster.SourceFile;
import io.booklake.model.TickerDay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String ENTRY =
      "{\"commit\": \"" + COMMIT + "\", \"size\": 3, \"checksum\": \"git:0\"}";

  @TempDir Path folder;

  @Test
  void aPairBesideAManifestComesOfItsDatasetAndCommit() throws Exception {
    Provenance provenance = of("{\"m.csv\": " + ENTRY + ", \"o.csv\": " + ENTRY + "}");
    assertThat(provenance.of(pair())).hasValue("owner/lobster@" + COMMIT);
    assertThat(provenance.unreadable()).isEmpty();
  }

  @Test
  void aPairThatIsNoLongerWhatWasFetchedComesOfNothing() throws Exception {
    String other = ENTRY.replace("3", "4");
    Provenance provenance = of("{\"m.csv\": " + ENTRY + ", \"o.csv\": " + other + "}");
    assertThat(provenance.of(pair())).isEmpty();
    assertThat(provenance.unreadable()).isEmpty();
  }

  @Test
  void aFolderOfADatasetThatIsNamedAsADatasetsHidesNoManifest() throws Exception {
    Provenance provenance =
        of(
            "{\"x/datasets--a--b/m.csv\": "
                + ENTRY
                + ", \"x/datasets--a--b/o.csv\": "
                + ENTRY
                + "}");
    Pair pair = pair("x/datasets--a--b/");
    assertThat(provenance.of(pair)).hasValue("owner/lobster@" + COMMIT);
    assertThat(provenance.unreadable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "no JSON",
        "{\"format_version\": 2, \"dataset\": \"a/b\", \"files\": {}}",
        "{\"format_version\": 1, \"dataset\": \"a/b\"}",
        "{\"format_version\": 1, \"files\": {}}",
        "{\"format_version\": 1, \"dataset\": \"a/b\", \"files\": {\"m.csv\": null}}",
        "{\"format_version\": 1, \"dataset\": \"a/b\", \"files\": {\"m.csv\": {\"size\": 3}}}"
      })
  void aManifestThatCannotBeReadIsReportedOnceAndStopsNothing(String text) throws Exception {
    write(text);
    Provenance provenance = new Provenance(new Configuration());
    assertThat(provenance.of(pair())).isEmpty();
    assertThat(provenance.of(pair())).isEmpty();
    assertThat(provenance.unreadable())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(rejection.message()).contains("_manifest.json", "fetch again");
            });
  }

  private Provenance of(String files) throws Exception {
    write("{\"format_version\": 1, \"dataset\": \"owner/lobster\", \"files\": " + files + "}");
    return new Provenance(new Configuration());
  }

  private void write(String manifest) throws Exception {
    Path dataset = Files.createDirectories(folder.resolve("datasets--owner--lobster"));
    Files.writeString(dataset.resolve("_manifest.json"), manifest);
  }

  private Pair pair() {
    return pair("");
  }

  private Pair pair(String where) {
    return new Pair(
        new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 1),
        0,
        1,
        file(where + "m.csv"),
        file(where + "o.csv"));
  }

  private SourceFile file(String name) {
    return new SourceFile(folder.toUri() + "datasets--owner--lobster/" + name, null, 3, 0);
  }
}
