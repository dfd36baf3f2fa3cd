package io.booklake.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.hub.DatasetId;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParcelTest {
  private static final String MESSAGE = "SIMA_2024-03-04_34200000_57600000_message_1.csv";
  private static final String ORDERBOOK = "SIMA_2024-03-04_34200000_57600000_orderbook_1.csv";

  @Test
  void copiesOfATickerDayAreParcelsOfTheirOwn() {
    assertThat(paths("a/" + MESSAGE, "b/" + MESSAGE, "a/" + ORDERBOOK, "b/" + ORDERBOOK))
        .containsExactly(
            List.of("a/" + MESSAGE, "a/" + ORDERBOOK), List.of("b/" + MESSAGE, "b/" + ORDERBOOK));
  }

  @Test
  void aPairThatLiesInTwoFoldersIsOneParcel() {
    assertThat(paths("message/" + MESSAGE, "orderbook/" + ORDERBOOK))
        .containsExactly(List.of("message/" + MESSAGE, "orderbook/" + ORDERBOOK));
  }

  @Test
  void halfAPairBesideAWholeOneIsAParcelOfItsOwn() {
    assertThat(paths("a/" + MESSAGE, MESSAGE, ORDERBOOK))
        .containsExactly(List.of(MESSAGE, ORDERBOOK), List.of("a/" + MESSAGE));
  }

  @Test
  void sizesThatAreMoreThanANumberHoldsAreAsMuchAsItHolds() {
    Parcel parcel =
        new Parcel(snapshot(), null, Collections.nCopies(10_000, file("a.zip", 1L << 50)));
    assertThat(parcel.bytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(Parcel.bytes(List.of(parcel, parcel))).isEqualTo(Long.MAX_VALUE);
    assertThat(new Parcel(snapshot(), null, List.of(file("a.zip", 3), file("b.zip", 4))).bytes())
        .isEqualTo(7);
  }

  private static List<List<String>> paths(String... files) {
    return Parcel.of(snapshot(), Stream.of(files).map(path -> file(path, 1)).toList(), day -> true)
        .stream()
        .map(parcel -> parcel.files().stream().map(RepositoryFile::path).toList())
        .toList();
  }

  private static Snapshot snapshot() {
    return new Snapshot(DatasetId.parse("owner/lobster"), "main", "0".repeat(40));
  }

  private static RepositoryFile file(String path, long size) {
    return new RepositoryFile(path, size, "0".repeat(40), null, null);
  }
}
