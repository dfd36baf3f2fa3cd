package io.booklake.simulate;

import io.booklake.format.lobster.FileName;
import io.booklake.format.lobster.LobsterWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder that receives simulated ticker-days, as a user would drop real ones there. Files appear
 * under their names only when they are whole. Several threads may write different days at once.
 */
public final class Landing {
  /** How the files of a pair are kept. */
  public enum Packing {
    /** Two {@code .csv} files. */
    PLAIN,
    /** Two {@code .csv.gz} files. */
    GZIP,
    /** One {@code .zip} with both files and a ReadMe, as LOBSTER delivers samples. */
    ZIP
  }

  /** A zip holds local times, and equal plans give equal bytes: all entries carry this one. */
  private static final LocalDateTime ZIP_TIME = LocalDateTime.of(2013, 1, 7, 18, 4, 18);

  private static final int COPY_BYTES = 1 << 16;
  private static final String READ_ME_NAME = "ReadMe.txt";
  private static final String READ_ME =
      """
      Simulated by booklake: no market data. Written in the format of LOBSTER,
      https://lobsterdata.com/info/DataStructure.php

      message file: time, type, order id, size, price, direction
      orderbook file: ask price, ask size, bid price, bid size of level 1, then of level 2, ...
      Row k of the orderbook file is the book after the event in row k of the message file.
      """;

  private final Path folder;
  private final Packing packing;

  /** A landing folder; it is created with the first day. */
  public Landing(Path folder, Packing packing) {
    this.folder = folder;
    this.packing = packing;
  }

  /**
   * Plays a day and writes its pairs, one for each planned depth, replacing older files of the same
   * names.
   *
   * @return the files written, deepest pair first
   */
  public List<Path> write(DayPlan plan) throws IOException {
    Files.createDirectories(folder);
    Path unfinished = Files.createTempDirectory(folder, ".unfinished-");
    try {
      writePairs(plan, unfinished);
      List<Path> written = new ArrayList<>();
      for (int depth : plan.levels()) {
        FileName message = plan.fileName(depth, FileName.Kind.MESSAGE);
        written.addAll(pack(message, unfinished));
      }
      return written;
    } finally {
      removeFolder(unfinished);
    }
  }

  private static void writePairs(DayPlan plan, Path unfinished) throws IOException {
    try (PairWriters pairs = new PairWriters()) {
      for (int depth : plan.levels()) {
        FileName message = plan.fileName(depth, FileName.Kind.MESSAGE);
        pairs.add(
            depth,
            LobsterWriter.create(
                unfinishedFile(unfinished, message),
                unfinishedFile(unfinished, message.other()),
                depth));
      }
      new Simulation(plan, pairs).run();
    }
  }

  /** A name that nobody who looks for pairs takes for one half of a pair. */
  private static Path unfinishedFile(Path unfinished, FileName name) {
    return unfinished.resolve(name + ".unfinished");
  }

  private List<Path> pack(FileName message, Path unfinished) throws IOException {
    List<Path> published = new ArrayList<>();
    List<FileName> names = List.of(message.other(), message);
    if (packing == Packing.ZIP) {
      String name = message.toString().replace("_message_", "_").replace(".csv", ".zip");
      published.add(publish(zip(unfinished, names), name));
    } else {
      for (FileName name : names) {
        Path file = unfinishedFile(unfinished, name);
        published.add(
            packing == Packing.GZIP
                ? publish(gzip(file), name + ".gz")
                : publish(file, name.toString()));
      }
    }
    return published;
  }

  private Path publish(Path file, String name) throws IOException {
    return Files.move(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path gzip(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed), COPY_BYTES)) {
      Files.copy(file, out);
    }
    return packed;
  }

  private static Path zip(Path unfinished, List<FileName> names) throws IOException {
    Path packed = unfinished.resolve("packed");
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(packed), COPY_BYTES))) {
      for (FileName name : names) {
        out.putNextEntry(entry(name.toString()));
        Files.copy(unfinishedFile(unfinished, name), out);
      }
      out.putNextEntry(entry(READ_ME_NAME));
      out.write(READ_ME.getBytes(StandardCharsets.US_ASCII));
    }
    return packed;
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ZIP_TIME);
    return entry;
  }

  private static void removeFolder(Path unfinished) throws IOException {
    try (var files = Files.newDirectoryStream(unfinished)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(unfinished);
  }
}
