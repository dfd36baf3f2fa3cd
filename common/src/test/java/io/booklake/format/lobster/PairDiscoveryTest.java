package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairDiscoveryTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final Delivery.Text TEXT = BadPairs.text(BadPairs.MESSAGES, BadPairs.BOOKS);

  @TempDir Path folder;

  @Test
  void pairsAreFoundInFoldersAtAnyDepthInTheOrderOfTheirTickerDays() throws Exception {
    plain("2012/06/deep", 2);
    plain("", 0);
    Delivery.zip().write(made("zipped"), name(3), TEXT);
    Delivery.gzip().write(made("2012"), name(1), TEXT);
    assertThat(tickers(find(""))).containsExactly("TAA", "TAB", "TAC", "TAD");
  }

  @Test
  void halvesMayLieInDifferentFolders() throws Exception {
    Delivery.only(FileName.Kind.MESSAGE).write(made("messages"), name(0), TEXT);
    Delivery.only(FileName.Kind.ORDERBOOK).write(made("books"), name(0), TEXT);
    Pair pair = find("").pairs().get(0);
    assertThat(pair.message().location()).contains("/messages/");
    assertThat(pair.orderbook().location()).contains("/books/");
    assertThat(pair.startMillis()).isEqualTo(34_200_000);
    assertThat(pair.endMillis()).isEqualTo(57_600_000);
    assertThat(pair.storedBytes())
        .isEqualTo(TEXT.message().length() + (long) TEXT.orderbook().length());
  }

  @Test
  void aGlobASingleFileAndAnArchiveAreTakenAsTheyAreNamed() throws Exception {
    plain("a", 0);
    plain("b", 1);
    Delivery.zip().write(folder, name(2), TEXT);
    assertThat(tickers(find("{a,b}"))).containsExactly("TAA", "TAB");
    assertThat(tickers(find("*/TAB*"))).containsExactly("TAB");
    assertThat(tickers(find("TAC.zip"))).containsExactly("TAC");
    assertThat(tickers(find("a/" + name(0), "a/" + name(0).other()))).containsExactly("TAA");
  }

  @Test
  void placesThatOverlapGiveEachPairOnce() throws Exception {
    plain("a", 0);
    Delivery.zip().write(folder, name(1), TEXT);
    PairDiscovery.Found found = find("", "a", "*", "a/" + name(0), "TAB.zip");
    assertThat(found.rejected()).isEmpty();
    assertThat(tickers(found)).containsExactly("TAA", "TAB");
  }

  @Test
  void aLinkToWhatIsFoundAnywayAddsNothing() throws Exception {
    plain("z/2012-06-21", 0);
    plain("elsewhere", 1);
    plain("z/b", 2);
    Files.createSymbolicLink(made("a").resolve("latest"), folder.resolve("z/2012-06-21"));
    Files.createSymbolicLink(folder.resolve("z/2012-06-21/round"), folder);
    Files.createSymbolicLink(folder.resolve("z/b/there"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/and-back"), folder.resolve("z/b"));
    PairDiscovery.Found found = find("z", "a");
    assertThat(found.rejected()).isEmpty();
    assertThat(tickers(found)).containsExactly("TAA", "TAB", "TAC");
    assertThat(found.pairs().get(0).message().location()).contains("/z/2012-06-21/TAA");
  }

  @Test
  void aLinkToAFolderOutsideIsFollowedOnce() throws Exception {
    plain("outside", 0);
    for (String link : List.of("landing/a", "landing/b")) {
      Files.createSymbolicLink(
          made("landing").getParent().resolve(link), folder.resolve("outside"));
    }
    PairDiscovery.Found found = find("landing");
    assertThat(found.rejected()).isEmpty();
    assertThat(tickers(found)).containsExactly("TAA");
  }

  @Test
  void linksToOneFileUnderOtherNamesAreOtherFiles() throws Exception {
    plain("outside", 0);
    made("landing");
    for (int i : List.of(1, 2)) {
      for (FileName name : List.of(name(i), name(i).other())) {
        FileName source = name.equals(name(i)) ? name(0) : name(0).other();
        Files.createSymbolicLink(
            folder.resolve("landing").resolve(name.toString()),
            folder.resolve("outside").resolve(source.toString()));
      }
    }
    assertThat(tickers(find("landing"))).containsExactly("TAB", "TAC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"[old] o", "{a,b} a", "what? whats", "all* alla"})
  void aFolderWhoseNameLooksLikeAGlobIsTakenByItsName(String name, String match) throws Exception {
    plain(name, 0);
    plain(match, 1);
    assertThat(tickers(find(name))).containsExactly("TAA");
  }

  @ParameterizedTest
  @ValueSource(strings = {".unfinished-1", "_temporary", "a/_temporary/0", ".hidden/a"})
  void whatLiesInAHiddenFolderIsPassedOver(String hidden) throws Exception {
    plain(hidden, 0);
    plain("seen", 1);
    assertThat(tickers(find(""))).containsExactly("TAB");
    assertThat(tickers(find("*"))).containsExactly("TAB");
  }

  @Test
  void aHiddenFileIsPassedOver() throws Exception {
    Files.writeString(folder.resolve("." + name(0)), TEXT.message());
    Files.writeString(folder.resolve("_" + name(0)), TEXT.message());
    plain("", 1);
    PairDiscovery.Found found = find("");
    assertThat(found.rejected()).isEmpty();
    assertThat(tickers(found)).containsExactly("TAB");
    assertThat(tickers(find("*.csv"))).containsExactly("TAB");
  }

  @Test
  void aHiddenFolderThatIsNamedItselfIsTaken() throws Exception {
    plain("_mine", 0);
    assertThat(tickers(find("_mine"))).containsExactly("TAA");
    assertThat(tickers(find("_mine/*"))).containsExactly("TAA");
    assertThat(tickers(find("*/" + name(0), "*/" + name(0).other()))).isEmpty();
  }

  @Test
  void aFolderThatIsNamedLikeAFileIsAFolder() throws Exception {
    plain(name(0).toString(), 1);
    PairDiscovery.Found found = find("");
    assertThat(found.rejected()).isEmpty();
    assertThat(tickers(found)).containsExactly("TAB");
  }

  @Test
  void otherFilesArePassedOver() throws Exception {
    for (String other : List.of("ReadMe.txt", "message.csv", "TAA_orderbook.csv", "a.gz")) {
      Files.writeString(folder.resolve(other), "text");
    }
    PairDiscovery.Found found = find("");
    assertThat(found.pairs()).isEmpty();
    assertThat(found.rejected()).isEmpty();
  }

  @Test
  void halvesOfOtherSessionBoundsMakeNoPair() throws Exception {
    FileName morning = name(0);
    FileName day = new FileName(morning.tickerDay(), 0, 57_600_000, FileName.Kind.ORDERBOOK);
    Files.writeString(folder.resolve(morning.toString()), TEXT.message());
    Files.writeString(folder.resolve(day.toString()), TEXT.orderbook());
    PairDiscovery.Found found = find("");
    assertThat(found.pairs()).isEmpty();
    assertThat(found.rejected().stream().map(rejected -> rejected.rejection().reason()))
        .containsExactly(Reason.MISSING_ORDERBOOK_FILE, Reason.MISSING_MESSAGE_FILE);
    assertThat(found.rejected().get(0).rejection().expected())
        .isEqualTo(morning.other() + " as well");
  }

  @Test
  void twoPairsOfOneTickerDayWithOtherSessionBoundsAreDuplicates() throws Exception {
    plain("", 0);
    FileName day = new FileName(name(0).tickerDay(), 0, 57_600_000, FileName.Kind.MESSAGE);
    Delivery.plain().write(folder, day, TEXT);
    PairDiscovery.Found found = find("");
    assertThat(found.pairs()).isEmpty();
    assertThat(found.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.rejection().reason()).isEqualTo(Reason.DUPLICATE_PAIR);
              assertThat(rejected.name().tickerDay()).isEqualTo(day.tickerDay());
            });
  }

  @Test
  void oneHalfTwiceIsADuplicateToo() throws Exception {
    Delivery.only(FileName.Kind.ORDERBOOK).write(made("a"), name(0), TEXT);
    Delivery.only(FileName.Kind.ORDERBOOK).write(made("b"), name(0), TEXT);
    assertThat(find("").rejected())
        .singleElement()
        .extracting(rejected -> rejected.rejection().reason())
        .isEqualTo(Reason.DUPLICATE_PAIR);
  }

  @Test
  void theSameDayAtOtherDepthsIsAnotherTickerDay() throws Exception {
    plain("", 0);
    Delivery.plain()
        .write(
            folder,
            FileName.parse(name(0).toString().replace("_2.csv", "_10.csv")).orElseThrow(),
            TEXT);
    assertThat(find("").pairs())
        .extracting(pair -> pair.tickerDay().levels())
        .containsExactly(2, 10);
  }

  @ParameterizedTest
  @CsvSource({"missing", "missing/*", "*.nothing"})
  void aPlaceWhereNothingIsFoundIsAnError(String place) {
    assertThatThrownBy(() -> find(place))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageStartingWith("nothing found at " + folder.resolve(place))
        .hasMessageContaining("give a folder, a file or a glob that exists");
  }

  @Test
  void anArchiveThatCannotBeReadIsReported() throws Exception {
    Delivery.zip().write(folder, name(0), TEXT);
    // Hadoop keeps checksums of local files beside them: these are none of this file's.
    Files.write(
        folder.resolve(".TAA.zip.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 0, 0, 0, 0});
    assertThat(find("").rejected())
        .singleElement()
        .extracting(PairDiscovery.Rejected::rejection)
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(rejection.file()).endsWith("/TAA.zip");
            });
  }

  @Test
  void anArchiveWhoseDirectoryEndsEarlyIsRejectedAsAWhole() throws Exception {
    Path zip = folder.resolve("many.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < 4; i++) {
        for (FileName name : List.of(name(i), name(i).other())) {
          out.putNextEntry(new ZipEntry(name.toString()));
          out.write((name.equals(name(i)) ? TEXT.message() : TEXT.orderbook()).getBytes(US_ASCII));
        }
      }
    }
    byte[] sound = Files.readAllBytes(zip);
    assertThat(tickers(find(""))).hasSize(4);
    for (int header = 0; header < 8; header++) {
      byte[] broken = sound.clone();
      broken[directoryHeader(sound, header)] ^= 1;
      Files.write(zip, broken);
      PairDiscovery.Found found = find("");
      assertThat(found.pairs()).isEmpty();
      assertThat(reasons(found)).containsExactly(Reason.CORRUPT_ARCHIVE);
    }
  }

  private static int directoryHeader(byte[] zip, int number) {
    int at = 0;
    for (int seen = 0; ; at++) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
        if (seen++ == number) {
          return at;
        }
      }
    }
  }

  @Test
  void whatIsBrokenInAnArchiveIsNeverBlamedOnTheFileSystem() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 400; i++) {
      Delivery.zip(bytes -> damaged(bytes, random)).write(made("folder-" + i), name(i), TEXT);
    }
    BadPairsTest.Landed landed = BadPairsTest.Landed.in(folder);
    assertThat(landed.rejections())
        .hasSizeGreaterThan(100)
        .noneMatch(rejection -> rejection.reason() == Reason.UNREADABLE);
  }

  @Test
  void anArchiveIsOneWhateverTheCaseOfItsName() throws Exception {
    Delivery.zip().write(folder, name(0), TEXT);
    Files.move(folder.resolve("TAA.zip"), folder.resolve("TAA.ZIP"));
    assertThat(tickers(find(""))).containsExactly("TAA");
  }

  @Test
  void archivesOfOtherKindsAndThoseInArchivesAreReported() throws Exception {
    plain("", 0);
    Files.writeString(folder.resolve("GOOG_2012-06-21_34200000_57600000_10.7z"), "7z");
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("outer.zip")))) {
      out.putNextEntry(new ZipEntry("GOOG_2012-06-22.zip"));
    }
    PairDiscovery.Found found = find("");
    assertThat(tickers(found)).containsExactly("TAA");
    assertThat(reasons(found)).containsExactly(Reason.OTHER_ARCHIVE, Reason.OTHER_ARCHIVE);
    assertThat(found.rejected()).noneMatch(PairDiscovery.Rejected::isContainer);
  }

  @Test
  void anArchiveBesideThePairsThatWereUnpackedFromItIsNotReported() throws Exception {
    plain("", 0);
    String date = name(0).tickerDay().tradeDate().toString();
    Files.writeString(folder.resolve("TAA_" + date + "_" + date + "_2.7z"), "7z");
    Files.writeString(folder.resolve("TAB_" + date + "_" + date + "_2.7z"), "7z");
    PairDiscovery.Found found = find("");
    assertThat(tickers(found)).containsExactly("TAA");
    assertThat(found.rejected())
        .singleElement()
        .satisfies(each -> assertThat(each.rejection().file()).contains("/TAB_"));
  }

  @Test
  void aBrokenArchiveBesideThePairThatItIsNamedAfterIsReported() throws Exception {
    plain("", 0);
    String date = name(0).tickerDay().tradeDate().toString();
    Files.writeString(folder.resolve("TAA_" + date + "_2.zip"), "no zip");
    PairDiscovery.Found found = find("");
    assertThat(tickers(found)).containsExactly("TAA");
    assertThat(reasons(found)).containsExactly(Reason.CORRUPT_ARCHIVE);
    assertThat(found.rejected()).allMatch(PairDiscovery.Rejected::isContainer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"./", "./a/", "a//", "a/./"})
  void inAnArchiveTheFolderWhereItWasMadeIsNotHidden(String place) throws Exception {
    zip(place + name(0), place + name(0).other());
    assertThat(tickers(find(""))).containsExactly("TAA");
  }

  @ParameterizedTest
  @ValueSource(strings = {".a/", "a/_b/", "a/.b/c/", "a/.", "_"})
  void whatIsHiddenInAnArchiveIsPassedOver(String hidden) throws Exception {
    zip(hidden + name(0), hidden + name(0).other());
    PairDiscovery.Found found = find("");
    assertThat(found.pairs()).isEmpty();
    assertThat(found.rejected()).isEmpty();
  }

  private void zip(String... entries) throws IOException {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    for (String entry : entries) {
      texts.put(entry, new byte[] {1});
    }
    Files.write(folder.resolve("some.zip"), Delivery.zipped(texts));
  }

  /** With the number of them in zip64's record, or, as of old writers, what is left of it. */
  @Test
  void anArchiveMayHaveMoreEntriesThanItsEndHasRoomFor() throws Exception {
    String[] names = new String[(1 << 16) + 3];
    Arrays.setAll(names, i -> "n" + i);
    names[names.length - 2] = name(0).toString();
    names[names.length - 1] = name(0).other().toString();
    zip(names);
    assertThat(tickers(find(""))).containsExactly("TAA");
    Path archive = folder.resolve("some.zip");
    byte[] bytes = Files.readAllBytes(archive);
    ByteBuffer end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    end.putShort(bytes.length - 12, (short) 3);
    Files.write(archive, bytes);
    assertThat(tickers(find(""))).containsExactly("TAA");
    end.putShort(bytes.length - 12, (short) 4);
    Files.write(archive, bytes);
    assertThat(reasons(find(""))).containsExactly(Reason.CORRUPT_ARCHIVE);
  }

  @Test
  void anArchiveWhoseDirectoryLiesBehindItsEndIsBroken() throws Exception {
    Delivery.zip(
            bytes -> {
              ByteBuffer.wrap(bytes)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putInt(bytes.length - 6, 1_000_000);
              return bytes;
            })
        .write(folder, name(0), TEXT);
    assertThat(reasons(find(""))).containsExactly(Reason.CORRUPT_ARCHIVE);
  }

  @Test
  void anArchiveMayHaveAComment() throws Exception {
    Delivery.zip().write(folder, name(0), TEXT);
    Path zip = folder.resolve("TAA.zip");
    byte[] bytes = Files.readAllBytes(zip);
    byte[] commented = Arrays.copyOf(bytes, bytes.length + 300);
    commented[bytes.length - 2] = (byte) (300 & 0xff);
    commented[bytes.length - 1] = (byte) (300 >> 8);
    Arrays.fill(commented, bytes.length, commented.length, (byte) 'c');
    Files.write(zip, commented);
    assertThat(tickers(find(""))).containsExactly("TAA");
  }

  @Test
  void aColonInANameIsALetterLikeOthers() throws Exception {
    plain("at 12:30", 0);
    Files.writeString(folder.resolve("notes 12:30.txt"), "text");
    PairDiscovery.Found found = find("");
    assertThat(tickers(found)).containsExactly("TAA");
    assertThat(found.rejected()).isEmpty();
  }

  @Test
  void aPipeIsReportedAndNotWaitedFor() throws Exception {
    plain("", 0);
    String pipe = folder.resolve(name(1).toString()).toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    PairDiscovery.Found found = find("");
    assertThat(tickers(found)).containsExactly("TAA");
    assertThat(found.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.rejection().message()).contains(pipe, "a pipe"));
  }

  @Test
  void aRejectionTellsOneDeliveryFromTheNext() throws Exception {
    Delivery.only(FileName.Kind.MESSAGE).write(folder, name(0), TEXT);
    Files.writeString(folder.resolve("x.zip"), "no zip");
    Files.writeString(folder.resolve("message.7z"), "7z");
    List<String> first = identities();
    assertThat(identities()).isEqualTo(first).doesNotContain("").doesNotHaveDuplicates();
    Files.writeString(folder.resolve(name(0).toString()), TEXT.message() + "more");
    Files.writeString(folder.resolve("x.zip"), "no zip either");
    Files.writeString(folder.resolve("message.7z"), "another 7z");
    List<String> second = identities();
    assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
    Files.setLastModifiedTime(folder.resolve("x.zip"), FileTime.fromMillis(1_000));
    assertThat(identities()).isNotEqualTo(second);
  }

  private List<String> identities() throws IOException {
    return find("").rejected().stream().map(PairDiscovery.Rejected::identity).toList();
  }

  private static List<Reason> reasons(PairDiscovery.Found found) {
    return found.rejected().stream().map(each -> each.rejection().reason()).toList();
  }

  @Test
  void namesThatCanOnlyBeListedAreReported() throws Exception {
    Path there = Files.writeString(folder.resolve("there.csv"), "");
    Path gone = folder.resolve("gone.csv");
    assertThat(LocalFolders.outOfReach(List.of(there, gone), Set.of()))
        .containsExactly("there.csv");
    assertThat(LocalFolders.outOfReach(List.of(there, gone), Set.of("there.csv"))).isEmpty();
    Configuration blind = new Configuration();
    blind.set("fs.file.impl", BlindFolder.class.getName());
    blind.setBoolean("fs.file.impl.disable.cache", true);
    PairDiscovery.Found found = PairDiscovery.find(blind, List.of(folder.toString()));
    assertThat(reasons(found)).containsExactly(Reason.UNREADABLE);
    assertThat(found.rejected().get(0).rejection().file()).endsWith("/there.csv");
  }

  /** Hadoop passes over what it cannot look at; the administrator can look at everything. */
  public static final class BlindFolder extends LocalFileSystem {
    @Override
    public RemoteIterator<FileStatus> listStatusIterator(org.apache.hadoop.fs.Path path)
        throws IOException {
      return RemoteIterators.filteringRemoteIterator(
          super.listStatusIterator(path), each -> !each.getPath().getName().equals("there.csv"));
    }
  }

  @Test
  void noWrongByteOfAPackedPairStopsTheOthers() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      UnaryOperator<byte[]> damage = bytes -> damaged(bytes, random);
      Delivery packed = i % 4 == 0 ? Delivery.gzip(damage) : Delivery.zip(damage);
      packed.write(made("folder-" + i), name(i), TEXT);
    }
    plain("", 500);
    BadPairsTest.Landed landed = BadPairsTest.Landed.in(folder);
    assertThat(landed.sound())
        .extracting(inspection -> inspection.pair().tickerDay())
        .contains(name(500).tickerDay());
    assertThat(landed.rejections()).hasSizeGreaterThan(100);
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    return bytes;
  }

  @Test
  void aFolderThatMayNotBeListedIsReportedAndTheOthersAreTaken() throws Exception {
    plain("a", 0);
    plain("locked", 1);
    plain("denied", 1);
    plain("gone", 1);
    plain("z", 2);
    Configuration locked = new Configuration();
    locked.set("fs.file.impl", LockedFolder.class.getName());
    locked.setBoolean("fs.file.impl.disable.cache", true);

    PairDiscovery.Found found = PairDiscovery.find(locked, List.of(folder.toString()));

    assertThat(tickers(found)).containsExactly("TAA", "TAC");
    assertThat(found.rejected())
        .hasSize(3)
        .allSatisfy(
            rejected -> {
              assertThat(rejected.rejection().reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(rejected.rejection().file()).containsPattern("/(locked|denied|gone)$");
              assertThat(rejected.rejection().message()).contains("can be listed");
            });
    assertThatThrownBy(() -> PairDiscovery.find(locked, List.of(folder + "/locked")))
        .isInstanceOf(IOException.class);
  }

  /** The administrator of the machine, as whom tests may run, may list every real one. */
  public static final class LockedFolder extends LocalFileSystem {
    @Override
    public RemoteIterator<FileStatus> listStatusIterator(org.apache.hadoop.fs.Path path)
        throws IOException {
      switch (path.getName()) {
        case "locked" -> throw new AccessControlException(path + ": Permission denied");
        case "denied" -> throw new AccessDeniedException(path.toString());
        case "gone" -> throw new FileNotFoundException(path + ": it was there a moment ago");
        default -> {
          return super.listStatusIterator(path);
        }
      }
    }
  }

  private void plain(String place, int number) throws IOException {
    Delivery.plain().write(made(place), name(number), TEXT);
  }

  private Path made(String place) throws IOException {
    return Files.createDirectories(folder.resolve(place));
  }

  private static FileName name(int number) {
    return BadPairs.fileName("T", number);
  }

  private PairDiscovery.Found find(String... places) throws IOException {
    List<String> uris = new ArrayList<>();
    for (String place : places) {
      uris.add(place.isEmpty() ? folder.toString() : folder + "/" + place);
    }
    return PairDiscovery.find(CONFIGURATION, uris);
  }

  private static List<String> tickers(PairDiscovery.Found found) {
    return found.pairs().stream().map(pair -> pair.tickerDay().ticker()).toList();
  }
}
