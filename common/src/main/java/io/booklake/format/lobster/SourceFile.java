package io.booklake.format.lobster;

import java.io.Serializable;
import java.util.Objects;

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

  /** Checks that nothing is missing. */
  public SourceFile {
    Objects.requireNonNull(uri, "uri");
  }

  /** Whether the bytes stored are those of the CSV text: neither gzipped nor in an archive. */
  public boolean isPlain() {
    return entry == null && !uri.endsWith(".gz");
  }

  /** For people and tables: the URI, an archive's entry after {@link #ENTRY_MARK}. */
  public String location() {
    return entry == null ? uri : uri + ENTRY_MARK + entry;
  }
}
