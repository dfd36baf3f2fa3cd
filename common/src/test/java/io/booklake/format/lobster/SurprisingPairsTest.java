package io.booklake.format.lobster;

import static io.booklake.format.lobster.BadPairs.BOOKS;
import static io.booklake.format.lobster.BadPairs.MESSAGES;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.BadPairsTest.Landed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks odd and is right. */
class SurprisingPairsTest {
  private static final FileName NAME = BadPairs.fileName("ODD", 0);
  private static final Delivery.Text SOUND = BadPairs.text(MESSAGES, BOOKS);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void aLastLineNeedsNoEnd(boolean messageWithout, boolean orderbookWithout) throws Exception {
    deliver(
        messageWithout ? SOUND.message().stripTrailing() : SOUND.message(),
        orderbookWithout ? SOUND.orderbook().stripTrailing() : SOUND.orderbook());
    assertThat(only().rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "34200, 34200000000000",
    "34200.5, 34200500000000",
    "34200.25, 34200250000000",
    "34200.1234567, 34200123456700",
    "34200.12345678, 34200123456780",
    "0.000000001, 1",
    "0, 0",
    "00005.25, 5250000000",
    "35821.088778456004, 35821088778456",
    "34200.0000000004, 34200000000000",
    "34200.0000000005, 34200000000001",
    "34200.9999999994, 34200999999999",
    "34200.9999999995, 34201000000000",
    "34200.999999999999, 34201000000000",
    "34200.123456789499999999, 34200123456789",
    "86399.999999999, 86399999999999"
  })
  void aTimeIsRoundedHalfUpToANanosecond(String time, long expectedNanos) throws Exception {
    deliver(time + MESSAGES.get(0).substring(7) + "\n", BOOKS.get(0) + "\n");
    assertThat(only().firstTimeNanos()).isEqualTo(expectedNanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "34200.2,7,0,0,-1,-1",
        "34200.2,7,-1,-1,-1,0",
        "34200.2,7,0,0,0,-1",
        "34200.2,7,0,0,1,1",
        "34200.2,7,999999999999999999,2147483647,1,1",
        "34200.2,6,-1,500,1000000,-1",
        "34200.2,6,-4,500,1000000,-1",
        "34200.2,5,0,10,1000250,1",
        "34200.2,5,0,10,9999999998,-1",
        "34200.2,5,0,2147483647,1,1",
        "34200.2,5,999999999999999999,10,1000250,1",
        "34200.2,5,0,000000000000000010,1000250,1",
        "34200.1,5,-0,10,1000250,1"
      })
  void anEventThatLeavesTheBookAloneMayBe(String event) throws Exception {
    deliver(MESSAGES.get(0) + "\n" + event + "\n", (BOOKS.get(0) + "\n").repeat(2));
    PairQuality quality = only();
    assertThat(quality.rows()).isEqualTo(2);
    assertThat(quality.brokenTransitions()).isZero();
  }

  @Test
  void equalLinesAreEventsOfTheirOwn() throws Exception {
    String hidden = "34200.1,5,0,10,1000250,1\n";
    deliver(hidden.repeat(3), (BOOKS.get(0) + "\n").repeat(3));
    assertThat(only().events((byte) 5)).isEqualTo(3);
  }

  @Test
  void aHaltIsCountedOnceWhereItBegins() throws Exception {
    deliver(
        "34200.1,7,0,0,-1,-1\n34200.2,7,0,0,0,-1\n34200.3,7,0,0,1,-1\n",
        (BOOKS.get(0) + "\n").repeat(3));
    PairQuality quality = only();
    assertThat(quality.halts()).isEqualTo(1);
    assertThat(quality.events((byte) 7)).isEqualTo(3);
    assertThat(quality.checkedTransitions()).isEqualTo(2);
    assertThat(quality.firstBrokenIndex()).isEqualTo(-1);
    assertThat(quality.lastTimeNanos()).isEqualTo(34_200_300_000_000L);
    assertThat(quality).hasToString("3 rows, types [0, 0, 0, 0, 0, 0, 0, 3], broken 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999999999,0,-9999999999,0,9999999999,0,-9999999999,0",
        "1000500,50,-9999999999,0,1000600,70,-9999999999,0",
        "9999999999,0,1000000,100,9999999999,0,-9999999999,0",
        "9999999998,2147483647,2,1,9999999999,0,1,1",
        "9999999999,0,9999999998,2147483647,9999999999,0,1,2147483647",
        "6000000100,1,6000000000,1,6000000200,1,5999999900,1"
      })
  void aSideMayBeEmptyAndAPriceMayBeLarge(String book) throws Exception {
    deliver("34200.1,5,0,10,1000250,1\n", book + "\n");
    PairQuality quality = only();
    assertThat(quality.rows()).isEqualTo(1);
    assertThat(quality.crossedRows()).isZero();
  }

  @Test
  void zipMayHoldFoldersAReadMeGzippedFilesAndWhatAMacAdds() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/", new byte[0]);
    entries.put("a/b/" + NAME + ".gz", Delivery.gzipped(SOUND.of(NAME.kind())));
    entries.put("LOBSTER_ReadMe.txt", "about".getBytes(US_ASCII));
    entries.put("__MACOSX/a/._" + NAME, new byte[] {0, 5, 22, 7});
    entries.put(NAME.other().toString(), SOUND.of(FileName.Kind.ORDERBOOK));
    Files.write(folder.resolve("LOBSTER.zip"), Delivery.zipped(entries));
    assertThat(only().rows()).isEqualTo(3);
  }

  @Test
  void zipMayKeepItsFilesAsTheyAre() throws Exception {
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("LOBSTER.zip")))) {
      out.setMethod(ZipOutputStream.STORED);
      for (FileName name : List.of(NAME, NAME.other())) {
        byte[] text = SOUND.of(name.kind());
        CRC32 crc = new CRC32();
        crc.update(text);
        ZipEntry entry = new ZipEntry(name.toString());
        entry.setSize(text.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(text);
      }
    }
    assertThat(only().rows()).isEqualTo(3);
  }

  @Test
  void theFilesOfAPairMayBePackedEachInItsOwnWay() throws Exception {
    Files.write(folder.resolve(NAME + ".gz"), Delivery.gzipped(SOUND.of(NAME.kind())));
    Delivery.only(FileName.Kind.ORDERBOOK)
        .write(Files.createDirectories(folder.resolve("books/2012")), NAME, SOUND);
    assertThat(only().rows()).isEqualTo(3);
  }

  @Test
  void gzipMayComeInSeveralMembers() throws Exception {
    List<byte[]> members = new ArrayList<>();
    for (String row : MESSAGES) {
      members.add(Delivery.gzipped((row + "\n").getBytes(US_ASCII)));
    }
    try (var out = Files.newOutputStream(folder.resolve(NAME + ".gz"))) {
      for (byte[] member : members) {
        out.write(member);
      }
    }
    Delivery.only(FileName.Kind.ORDERBOOK).write(folder, NAME, SOUND);
    assertThat(only().rows()).isEqualTo(3);
  }

  @Test
  void theMarketParticipantIsReadAndNullIsNone() throws Exception {
    List<String> messages = new ArrayList<>();
    List<String> participants = List.of("null", "ABCD", "ABCD", "null", "az09", "AZCDEFGH");
    participants.forEach(each -> messages.add("34200.1,5,0,10,1000250,1," + each));
    Delivery.Text text =
        BadPairs.text(messages, Collections.nCopies(participants.size(), BOOKS.get(0)));
    EventBatch batch = new EventBatch(2);
    try (PairReader reader = TextPair.reader(NAME.tickerDay(), text.message(), text.orderbook())) {
      assertThat(reader.read(batch)).isTrue();
    }
    assertThat(batch.rows).isEqualTo(6);
    assertThat(batch.mpid).startsWith(null, "ABCD", "ABCD", null, "az09", "AZCDEFGH");
  }

  private void deliver(String message, String orderbook) throws Exception {
    Delivery.plain().write(folder, NAME, new Delivery.Text(message, orderbook));
  }

  private PairQuality only() throws Exception {
    Landed landed = Landed.in(folder);
    assertThat(landed.rejections().stream().map(Rejection::message)).isEmpty();
    assertThat(landed.sound()).hasSize(1);
    return landed.sound().get(0).quality();
  }
}
