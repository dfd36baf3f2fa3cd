package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not any more what they were when they were listed. */
class HadoopSourceTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final FileName NAME = BadPairs.fileName("HS", 0);
  private static final Delivery.Text TEXT = BadPairs.text(BadPairs.MESSAGES, BadPairs.BOOKS);

  private final HadoopSource source = new HadoopSource(CONFIGURATION);

  @TempDir Path folder;

  @Test
  void aFileIsReadAsItIs() throws Exception {
    Delivery.plain().write(folder, NAME, TEXT);
    try (InputStream in = source.open(listed().message())) {
      assertThat(new String(in.readAllBytes(), US_ASCII)).isEqualTo(TEXT.message());
    }
  }

  @Test
  void aFileThatIsGoneIsUnreadable() throws Exception {
    Delivery.plain().write(folder, NAME, TEXT);
    SourceFile message = listed().message();
    Files.delete(folder.resolve(NAME.toString()));
    assertRejected(message, Reason.UNREADABLE, "FileNotFoundException");
  }

  @Test
  void aFileThatGrewHasChanged() throws Exception {
    Delivery.plain().write(folder, NAME, TEXT);
    SourceFile message = listed().message();
    Path file = folder.resolve(NAME.toString());
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, TEXT.message() + "x");
    Files.setLastModifiedTime(file, before);
    assertRejected(message, Reason.CHANGED_WHILE_READ, TEXT.message().length() + 1 + " bytes of ");
  }

  @Test
  void aFileThatWasWrittenAgainHasChanged() throws Exception {
    Delivery.plain().write(folder, NAME, TEXT);
    SourceFile message = listed().message();
    Files.setLastModifiedTime(folder.resolve(NAME.toString()), FileTime.fromMillis(1_000));
    assertRejected(message, Reason.CHANGED_WHILE_READ, "bytes of 1970-01-01T00:00:01Z");
  }

  @Test
  void onlyAFileOfItsOwnThatIsNotGzippedIsPlain() {
    assertThat(new SourceFile("file:/a.csv", null, 1, 0).isPlain()).isTrue();
    assertThat(new SourceFile("file:/a.csv.gz", null, 1, 0).isPlain()).isFalse();
    assertThat(new SourceFile("file:/a.zip", "a.csv", 1, 0).isPlain()).isFalse();
  }

  @Test
  void anArchiveThatWasWrittenAgainHasChanged() throws Exception {
    Delivery.zip().write(folder, NAME, TEXT);
    SourceFile message = listed().message();
    Files.setLastModifiedTime(folder.resolve("HSAA.zip"), FileTime.fromMillis(1_000));
    assertRejected(message, Reason.CHANGED_WHILE_READ, "bytes of 1970-01-01T00:00:01Z");
  }

  @Test
  void anArchiveThatLostTheEntryHasChanged() throws Exception {
    Delivery.zip().write(folder, NAME, TEXT);
    SourceFile message = listed().message();
    Path archive = folder.resolve("HSAA.zip");
    FileTime before = Files.getLastModifiedTime(archive);
    Files.write(archive, Delivery.zipped(Map.of("other", new byte[0])));
    Files.setLastModifiedTime(archive, before);
    assertRejected(message, Reason.CHANGED_WHILE_READ, "no such entry");
  }

  @Test
  void anArchiveThatBecameSomethingElseIsCorrupt() throws Exception {
    Delivery.zip().write(folder, NAME, TEXT);
    SourceFile message = listed().message();
    Path archive = folder.resolve("HSAA.zip");
    FileTime before = Files.getLastModifiedTime(archive);
    Files.writeString(archive, "something else");
    Files.setLastModifiedTime(archive, before);
    assertRejected(message, Reason.CORRUPT_ARCHIVE, "ZipException");
  }

  @Test
  void aPairThatChangesBetweenListingAndReadingIsRejectedAsAWhole() throws Exception {
    Delivery.plain().write(folder, NAME, TEXT);
    Pair pair = listed();
    Files.setLastModifiedTime(folder.resolve(NAME.other().toString()), FileTime.fromMillis(1_000));
    Inspection inspection =
        Inspection.of(pair, source, new Inspection.Limits(0, 0), null, Inspection.EventSink.NONE);
    assertThat(inspection.rejection().reason()).isEqualTo(Reason.CHANGED_WHILE_READ);
    assertThat(inspection.rejection().file()).isEqualTo(pair.orderbook().location());
    assertThat(inspection.quality()).isNull();
  }

  @Test
  void aGzipFileThatUnpacksToTooMuchIsRefused() throws Exception {
    Path file = folder.resolve(NAME + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Delivery.Bomb.writeMessages(out);
    }
    SourceFile bomb = source.find(file.toString()).orElseThrow();
    assertThatThrownBy(() -> source.open(bomb).transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("INFLATES_TOO_MUCH");
  }

  @Test
  void aGzipFileIsReadToItsLastMember() throws Exception {
    Path file = folder.resolve(NAME + ".gz");
    byte[] member = Delivery.gzipped(TEXT.of(NAME.kind()));
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(member);
      out.write(member, 0, 5);
    }
    SourceFile cut = source.find(file.toString()).orElseThrow();
    assertThatThrownBy(() -> source.open(cut).transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(ZipException.class);
  }

  private Pair listed() throws Exception {
    return PairDiscovery.find(CONFIGURATION, List.of(folder.toString())).pairs().get(0);
  }

  private void assertRejected(SourceFile file, Reason reason, String found) {
    RejectedException rejected =
        catchThrowableOfType(RejectedException.class, () -> source.open(file).close());
    assertThat(rejected).isNotNull();
    Rejection rejection = rejected.rejection();
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection.file()).isEqualTo(file.location());
    assertThat(rejection.found()).contains(found);
    assertThat(rejected).hasMessage(reason + ": " + rejection.message());
  }
}
