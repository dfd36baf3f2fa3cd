package io.booklake.landing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.hub.DatasetId;
import io.booklake.hub.RepositoryFile;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where the files of a dataset's folder in the landing zone came from.
 *
 * @param formatVersion {@link #VERSION}
 * @param dataset {@code owner/name}
 * @param files by their path in the repository and in the folder
 */
@JsonPropertyOrder({"format_version", "dataset", "files"})
public record Manifest(
    @JsonProperty("format_version") int formatVersion,
    @JsonProperty("dataset") String dataset,
    @JsonProperty("files") Map<String, Entry> files) {
  static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One file.
   *
   * @param commit of the dataset when its parcel was fetched
   * @param size bytes
   * @param checksum {@code sha256:} of a file in LFS, {@code git:} and the blob's id of any other
   */
  @JsonPropertyOrder({"commit", "size", "checksum"})
  public record Entry(
      @JsonProperty("commit") String commit,
      @JsonProperty("size") long size,
      @JsonProperty("checksum") String checksum) {
    /** Checks that nothing is missing. */
    public Entry {
      Objects.requireNonNull(commit, "commit");
      Objects.requireNonNull(checksum, "checksum");
    }

    /** Whether it is the same content. */
    boolean isOf(RepositoryFile file) {
      return size == file.size() && file.checksum().equals(checksum);
    }
  }

  /** Sorts the files, and checks that nothing is missing. */
  public Manifest {
    Objects.requireNonNull(dataset, "dataset");
    files = new TreeMap<>(Objects.requireNonNull(files, "files"));
    files.forEach((path, entry) -> Objects.requireNonNull(entry, path));
  }

  /** A manifest without files. */
  static Manifest empty(DatasetId dataset) {
    return new Manifest(VERSION, dataset.toString(), Map.of());
  }

  static Manifest parse(byte[] text) throws java.io.IOException {
    Manifest manifest = JSON.readValue(text, Manifest.class);
    if (manifest == null) {
      throw new java.io.IOException("found null, expected a manifest");
    }
    if (manifest.formatVersion != VERSION) {
      throw new java.io.IOException(
          "found format version " + manifest.formatVersion + ", expected " + VERSION);
    }
    return manifest;
  }

  byte[] text() throws java.io.IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }
}
