package io.booklake.format.lobster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A way to put a pair into a landing folder: right, or wrong in a certain way. */
@FunctionalInterface
interface Delivery {
  /** The two files as they are before they are packed, one character for each byte. */
  record Text(String message, String orderbook) {
    byte[] of(FileName.Kind kind) {
      return (kind == FileName.Kind.MESSAGE ? message : orderbook).getBytes(ISO_8859_1);
    }
  }

  /** Writes the pair of which {@code message} names the message file. */
  void write(Path folder, FileName message, Text text) throws IOException;

  default Delivery and(Delivery other) {
    return (folder, message, text) -> {
      write(folder, message, text);
      other.write(folder, message, text);
    };
  }

  static Delivery plain() {
    return only(FileName.Kind.MESSAGE).and(only(FileName.Kind.ORDERBOOK));
  }

  static Delivery only(FileName.Kind kind) {
    return (folder, message, text) ->
        Files.write(folder.resolve(name(message, kind).toString()), text.of(kind));
  }

  static Delivery inFolders(String... folders) {
    return (folder, message, text) -> {
      for (String each : folders) {
        Path own = Files.createDirectories(folder.resolve(filled(each, message)));
        plain().write(own, message, text);
      }
    };
  }

  /** The message file alone, under another name. */
  static Delivery named(String name) {
    return (folder, message, text) ->
        Files.write(folder.resolve(filled(name, message)), text.of(FileName.Kind.MESSAGE));
  }

  /** Hadoop keeps checksums of local files beside them: this one is of other bytes. */
  static Delivery onBadDisk() {
    return plain()
        .and(
            (folder, message, text) -> {
              Path checksums = folder.resolve("." + message + ".crc");
              try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(checksums))) {
                out.write(new byte[] {'c', 'r', 'c', 0});
                out.writeInt(512);
                out.writeInt(0);
              }
            });
  }

  static Delivery gzip() {
    return gzip(UnaryOperator.identity());
  }

  /** Both files gzipped, and the packed message file damaged. */
  static Delivery gzip(UnaryOperator<byte[]> damage) {
    return (folder, message, text) -> {
      Files.write(
          folder.resolve(message + ".gz"), damage.apply(gzipped(text.of(FileName.Kind.MESSAGE))));
      Files.write(
          folder.resolve(message.other() + ".gz"), gzipped(text.of(FileName.Kind.ORDERBOOK)));
    };
  }

  static Delivery zip() {
    return zip(UnaryOperator.identity());
  }

  /** One archive with both files, the message file first, and damaged. */
  static Delivery zip(UnaryOperator<byte[]> damage) {
    return (folder, message, text) -> {
      Map<String, byte[]> entries = new LinkedHashMap<>();
      entries.put(message.toString(), text.of(FileName.Kind.MESSAGE));
      entries.put(message.other().toString(), text.of(FileName.Kind.ORDERBOOK));
      Files.write(archive(folder, message), damage.apply(zipped(entries)));
    };
  }

  /** An archive with the message file alone, under another name. */
  static Delivery zipEntry(String name) {
    return (folder, message, text) ->
        Files.write(
            archive(folder, message),
            zipped(Map.of(filled(name, message), text.of(FileName.Kind.MESSAGE))));
  }

  static Delivery zipBomb() {
    return (folder, message, text) -> {
      try (ZipOutputStream out =
          new ZipOutputStream(Files.newOutputStream(archive(folder, message)))) {
        out.putNextEntry(new ZipEntry(message.toString()));
        Bomb.writeMessages(out);
        out.putNextEntry(new ZipEntry(message.other().toString()));
        Bomb.writeBooks(out);
      }
    };
  }

  static byte[] gzipped(byte[] text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text);
    }
    return packed.toByteArray();
  }

  static byte[] zipped(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return packed.toByteArray();
  }

  private static Path archive(Path folder, FileName message) {
    return folder.resolve(message.tickerDay().ticker() + ".zip");
  }

  private static FileName name(FileName message, FileName.Kind kind) {
    return kind == FileName.Kind.MESSAGE ? message : message.other();
  }

  /** With the case's own names in the places that are kept for them. */
  static String filled(String text, FileName message) {
    return text.replace("{ticker}", message.tickerDay().ticker())
        .replace("{message}", message.toString())
        .replace("{orderbook}", message.other().toString());
  }

  /** Rows that are right, and so many equal ones that they pack to next to nothing. */
  final class Bomb {
    /**
     * 32 bytes: deflate cannot say "the same 258 bytes as one row ago" in 5 bits for longer rows.
     */
    private static final byte[] MESSAGE = "34200.1,5,0,1,1,000000000000001\n".getBytes(US_ASCII);

    private static final byte[] BOOK = "2,1,1,1,3,1,-9999999999,0\n".getBytes(US_ASCII);
    private static final int ROWS =
        (int) (GuardedInflation.ALWAYS_ALLOWED / MESSAGE.length) + 5_000;

    private Bomb() {}

    static void writeMessages(OutputStream out) throws IOException {
      write(out, MESSAGE);
    }

    static void writeBooks(OutputStream out) throws IOException {
      write(out, BOOK);
    }

    private static void write(OutputStream out, byte[] row) throws IOException {
      byte[] thousandRows = new byte[1000 * row.length];
      for (int i = 0; i < 1000; i++) {
        System.arraycopy(row, 0, thousandRows, i * row.length, row.length);
      }
      for (int rows = 0; rows < ROWS; rows += 1000) {
        out.write(thousandRows);
      }
    }
  }
}
