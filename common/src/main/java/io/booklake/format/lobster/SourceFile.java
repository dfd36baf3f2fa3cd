package io.booklake.format.lobster;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One CSV file as it lies in the landing zone: plain, gzipped, or an entry of a zip archive that is
 * read in place.
 *
 * @param uri the file, or the archive
 * @param entry the entry's name inside the archive; null for a file of its own
 * @param storedBytes bytes as stored: of the file, or of the compressed entry
 * @param modifiedMillis when the file or archive last changed, milliseconds since 1970
 */
public record SourceFile(String uri, String entry, long storedBytes, long modifiedMillis)
    implements Serializable {
  /** Stands in a {@link #location} between an archive and its entry. */
  static final String ENTRY_MARK = "!/";

  private static final Pattern ARCHIVE =
      Pattern.compile(".*?\\.zip(?=" + ENTRY_MARK + ")", Pattern.CASE_INSENSITIVE);

  /** Checks that nothing is missing. */
  public SourceFile {
    Objects.requireNonNull(uri, "uri");
  }

  /** Whether the bytes stored are those of the CSV text: neither gzipped nor in an archive. */
  public boolean isPlain() {
    return entry == null && !uri.endsWith(".gz");
  }

  /** Whether a file of this name is read as a zip archive. */
  public static boolean isArchive(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /** Where the archive ends in a {@link #location}; -1 if it is of a file of its own. */
  static int entryMark(String location) {
    Matcher archive = ARCHIVE.matcher(location);
    return archive.lookingAt() ? archive.end() : -1;
  }

  /** What tells that somebody put another file there: for notes on files that were not taken in. */
  String identity() {
    return storedBytes + "@" + modifiedMillis;
  }

  /** For people and tables: the URI, an archive's entry after {@link #ENTRY_MARK}. */
  public String location() {
    return entry == null ? uri : uri + ENTRY_MARK + entry;
  }
}
