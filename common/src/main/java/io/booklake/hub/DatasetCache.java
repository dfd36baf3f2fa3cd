package io.booklake.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A dataset's folder in the cache, laid out as Python's {@code huggingface_hub} does:
 *
 * <pre>
 * datasets--owner--name/blobs/ETAG                    contents
 *                       snapshots/COMMIT/PATH         relative links to them
 *                       refs/REVISION                 the commit it was last
 *                       trees/COMMIT.json             the listing
 * </pre>
 *
 * <p>Every file gets its name in one step, when it is whole.
 */
final class DatasetCache {
  /**
   * The eight hexadecimal digits of the name of a file that is being downloaded. Python draws them
   * anew each time; here they are always the same, so that another process finds what is there.
   */
  private static final String OURS = "b00c1a4e";

  /** Up to here a content is kept in memory until it is whole, and a broken one begins anew. */
  static final int SMALL_BYTES = 256 << 10;

  private static final int LISTING_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Word for word as Python writes it, so that neither replaces the other's. */
  private static final String TAG =
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # This file is a cache directory tag created by huggingface_hub.
      # For information about cache directory tags, see:
      #\thttps://bford.info/cachedir/
      """;

  private final Path root;
  private final Path folder;
  private final Path blobs;
  private final Path snapshots;
  private final TemporaryFiles temporaries;
  private final String name;

  DatasetCache(Path root, DatasetId dataset) {
    this.root = root;
    this.name = dataset.folderName();
    this.folder = root.resolve(name);
    this.blobs = folder.resolve("blobs");
    this.snapshots = folder.resolve("snapshots");
    this.temporaries = new TemporaryFiles(folder);
  }

  Path blob(RepositoryFile file) {
    return blobs.resolve(file.etag());
  }

  /** Whether the content is there, as far as its size tells. */
  boolean holds(RepositoryFile file) throws IOException {
    Path blob = blob(file);
    // Mostly it is not, and an exception takes longer than a second look.
    return Files.isRegularFile(blob) && Files.size(blob) == file.size();
  }

  Partial openPartial(RepositoryFile file) throws IOException {
    // To look first takes a tenth of the time of trying.
    if (!Files.isDirectory(blobs)) {
      // First the tag: a run that dies in between must not leave contents without it.
      Files.createDirectories(root);
      tag();
      Files.createDirectories(blobs);
    }
    if (file.size() <= SMALL_BYTES) {
      return new PartialBytes((int) file.size());
    }
    Path locks = root.resolve(".locks").resolve(name);
    if (!Files.isDirectory(locks)) {
      Files.createDirectories(locks);
    }
    return PartialFile.open(
        blobs.resolve(file.etag() + "." + OURS + ".incomplete"),
        locks.resolve(file.etag() + ".booklake.lock"));
  }

  /** Tells programs that make backups to leave the cache out. */
  private void tag() throws IOException {
    try {
      Files.writeString(root.resolve("CACHEDIR.TAG"), TAG, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      // It is there, with the same text.
      return;
    }
  }

  /**
   * Shows a content under its name in the snapshot.
   *
   * @return that name
   */
  Path link(Snapshot snapshot, RepositoryFile file) throws IOException {
    Path link = snapshots.resolve(snapshot.commit()).resolve(file.path());
    Path parent = link.getParent();
    Path target = parent.relativize(blob(file));
    prove(parent);
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
        throw clash(link);
      }
      if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
        temporaries.replace(link, other -> Files.createSymbolicLink(other, target));
      }
    }
    return link;
  }

  /** No commit of git holds both; a listing may say so all the same. */
  private static HubException clash(Path path) {
    return new HubException(HubException.Kind.NAME, path + " would be a file and a folder at once");
  }

  /** Makes a folder of a snapshot, and sees to it that no link on the way leads elsewhere. */
  private void prove(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      try {
        Files.createDirectories(parent);
      } catch (IOException e) {
        throw isBelowAFile(parent) ? clash(parent) : e;
      }
    }
    if (!parent.toRealPath().equals(snapshots.toRealPath().resolve(snapshots.relativize(parent)))) {
      throw new HubException(
          HubException.Kind.UNSAFE,
          parent + " is a link to somewhere else. Remove it, and run it again.");
    }
  }

  private static boolean isBelowAFile(Path path) {
    Path there = path;
    while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    return there != null && !Files.isDirectory(there);
  }

  /** The commit that a revision was when it was last downloaded. */
  Optional<String> commit(String revision) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve("refs").resolve(revision)).strip())
          .filter(RepositoryFile::isCommit);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Notes the commit and its listing, for whoever is offline later. */
  void keep(Snapshot snapshot, List<RepositoryFile> files) throws IOException {
    temporaries.clear();
    // Python holds a reference without a snapshot for a broken cache.
    Files.createDirectories(snapshots.resolve(snapshot.commit()));
    if (!snapshot.revision().equals(snapshot.commit())
        && !commit(snapshot.revision()).equals(Optional.of(snapshot.commit()))) {
      write(folder.resolve("refs").resolve(snapshot.revision()), snapshot.commit());
    }
    if (listing(snapshot.commit()).isEmpty()) {
      write(tree(snapshot.commit()), text(files));
    }
  }

  private Path tree(String commit) {
    return folder.resolve("trees").resolve(commit + ".json");
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    temporaries.replace(file, whole -> Files.writeString(whole, text));
  }

  private static String text(List<RepositoryFile> files) throws JsonProcessingException {
    ObjectNode listing = JSON.createObjectNode().put("format_version", LISTING_VERSION);
    ObjectNode entries = listing.putObject("files");
    Map<String, RepositoryFile> sorted = new TreeMap<>();
    files.forEach(file -> sorted.put(file.path(), file));
    for (RepositoryFile file : sorted.values()) {
      ObjectNode entry =
          entries.putObject(file.path()).put("size", file.size()).put("blob_id", file.blobId());
      if (file.lfsSha256() != null) {
        entry.put("lfs_sha256", file.lfsSha256()).put("lfs_size", file.size());
      }
      if (file.xetHash() != null) {
        entry.put("xet_hash", file.xetHash());
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(listing);
  }

  /** The listing of a commit; empty where none is kept, or one of an unknown kind. */
  Optional<List<RepositoryFile>> listing(String commit) throws IOException {
    JsonNode listing;
    try {
      listing = JSON.readTree(Files.readString(tree(commit)));
    } catch (NoSuchFileException | JsonProcessingException e) {
      // A listing can be had again; one that cannot be read is as good as none.
      return Optional.empty();
    }
    if (listing.path("format_version").asInt() != LISTING_VERSION) {
      return Optional.empty();
    }
    List<RepositoryFile> files = new ArrayList<>();
    try {
      listing
          .path("files")
          .properties()
          .forEach(
              entry ->
                  files.add(
                      new RepositoryFile(
                          entry.getKey(),
                          entry
                              .getValue()
                              .path("lfs_size")
                              .asLong(entry.getValue().path("size").asLong(-1)),
                          entry.getValue().path("blob_id").asText(),
                          entry.getValue().path("lfs_sha256").asText(null),
                          entry.getValue().path("xet_hash").asText(null))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(List.copyOf(files));
  }
}
