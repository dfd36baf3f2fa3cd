package io.booklake.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * The Hugging Face Hub, for reading. A revision is resolved to a commit once, and everything after
 * that is asked of the commit: a branch may move meanwhile.
 *
 * <pre>{@code
 * Hub hub = new Hub(HubSettings.ofProcess());
 * Snapshot snapshot = hub.resolve(DatasetRevision.parse("owner/name@main"));
 * for (RepositoryFile file : hub.list(snapshot)) {
 *   Path local = new Downloads(hub).download(snapshot, file, bytes -> {});
 * }
 * }</pre>
 *
 * <p>Safe for many threads.
 */
public final class Hub {
  private static final int REFERENCES_TO_NAME = 20;

  private final HubSettings settings;
  private final Transport transport;
  private final Addresses addresses;
  private final Map<DatasetId, DatasetCache> caches = new ConcurrentHashMap<>();

  /** With these settings. */
  public Hub(HubSettings settings) {
    this(settings, Timing.PATIENT);
  }

  Hub(HubSettings settings, Timing timing) {
    this.settings = settings;
    this.transport = new Transport(settings, timing);
    this.addresses = new Addresses(settings.endpoint());
  }

  HubSettings settings() {
    return settings;
  }

  Transport transport() {
    return transport;
  }

  Addresses addresses() {
    return addresses;
  }

  DatasetCache cache(DatasetId dataset) {
    return caches.computeIfAbsent(dataset, id -> new DatasetCache(settings.cacheFolder(), id));
  }

  /**
   * The commit that a revision is now. One that is a commit already is not asked for. Offline it is
   * the commit that was last downloaded.
   *
   * @throws HubException if there is no such dataset or revision; the message names those there are
   */
  public Snapshot resolve(DatasetRevision wanted) throws IOException {
    DatasetId dataset = wanted.dataset();
    String revision = wanted.revision();
    if (RepositoryFile.isCommit(revision)) {
      return new Snapshot(dataset, revision, revision);
    }
    if (settings.offline()) {
      return new Snapshot(
          dataset,
          revision,
          cache(dataset)
              .commit(revision)
              .orElseThrow(
                  () ->
                      new HubException(
                          HubException.Kind.OFFLINE,
                          wanted
                              + " was never downloaded, and HF_HUB_OFFLINE is set. Unset it and run it again.")));
    }
    Request request = Request.get(addresses.revision(dataset, revision));
    try (Answer answer = transport.send(request)) {
      if ("RevisionNotFound".equals(answer.header("X-Error-Code"))) {
        throw new HubException(
            HubException.Kind.NO_REVISION,
            dataset + " has no revision '" + revision + "', but " + references(dataset) + ".");
      }
      refusal(dataset, "revision '" + revision + "'").expectOk(answer);
      return new Snapshot(dataset, revision, answer.json().path("sha").asText());
    } catch (IllegalArgumentException e) {
      throw new HubException(HubException.Kind.UNSAFE, "for " + wanted + ": " + e.getMessage(), e);
    }
  }

  private String references(DatasetId dataset) throws IOException {
    try (Answer answer = transport.send(Request.get(addresses.references(dataset)))) {
      refusal(dataset, "references").expectOk(answer);
      JsonNode all = answer.json();
      return String.join(
          ", ",
          List.of("branches " + names(all.path("branches")), "tags " + names(all.path("tags"))));
    }
  }

  private static List<String> names(JsonNode references) {
    return StreamSupport.stream(references.spliterator(), false)
        .limit(REFERENCES_TO_NAME)
        .map(reference -> Printable.of(reference.path("name").asText()))
        .toList();
  }

  /**
   * All files of a snapshot, in the Hub's order.
   *
   * @throws HubException of kind {@code UNSAFE} if a file's name leads out of the repository: the
   *     whole listing is refused then
   */
  public List<RepositoryFile> list(Snapshot snapshot) throws IOException {
    Optional<List<RepositoryFile>> kept = cache(snapshot.dataset()).listing(snapshot.commit());
    return kept.isPresent() ? kept.get() : askForAll(snapshot);
  }

  private List<RepositoryFile> askForAll(Snapshot snapshot) throws IOException {
    List<RepositoryFile> files = new ArrayList<>();
    Set<URI> pages = new HashSet<>();
    Optional<URI> next = Optional.of(addresses.tree(snapshot));
    while (next.isPresent()) {
      if (!pages.add(next.get()) || !transport.isEndpoint(next.get())) {
        throw new HubException(
            HubException.Kind.UNSAFE,
            "the listing of " + snapshot.dataset() + " leads in circles or to another host");
      }
      try (Answer answer = transport.send(Request.get(next.get()))) {
        refusal(snapshot.dataset(), "revision " + snapshot.commit()).expectOk(answer);
        for (JsonNode entry : entries(answer)) {
          if ("file".equals(entry.path("type").asText())) {
            files.add(file(snapshot, entry));
          }
        }
        next = nextPage(answer);
      }
    }
    return List.copyOf(files);
  }

  private static RepositoryFile file(Snapshot snapshot, JsonNode entry) throws HubException {
    JsonNode large = entry.path("lfs");
    try {
      return new RepositoryFile(
          entry.path("path").asText(),
          large.isObject() ? large.path("size").asLong(-1) : entry.path("size").asLong(-1),
          entry.path("oid").asText(),
          large.path("oid").asText(null),
          entry.path("xetHash").asText(null));
    } catch (IllegalArgumentException e) {
      throw new HubException(
          HubException.Kind.UNSAFE,
          "the listing of " + snapshot.dataset() + " is refused: " + e.getMessage(),
          e);
    }
  }

  /** Nothing, or an error, is not a listing without files. */
  private static JsonNode entries(Answer answer) throws IOException {
    JsonNode entries = answer.json();
    if (!entries.isArray()) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "expected a list of files from "
              + Printable.of(answer.uri())
              + ", found something else. Run it again later.");
    }
    return entries;
  }

  private static Optional<URI> nextPage(Answer answer) throws HubException {
    try {
      return LinkHeader.next(answer.headers().allValues("Link"))
          .map(address -> answer.uri().resolve(URI.create(address)));
    } catch (IllegalArgumentException e) {
      throw new HubException(
          HubException.Kind.UNSAFE, "the next page of a listing has no address", e);
    }
  }

  /** The content of a file, to read parts of it where it is. */
  public Content content(Snapshot snapshot, RepositoryFile file) {
    RemoteFile remote = remote(snapshot, file);
    return (from, target, offset, length) -> {
      if (!remote.read(from, ByteBuffer.wrap(target, offset, length))) {
        throw new HubException(
            HubException.Kind.UNREACHABLE,
            "the Hub gives no parts of '" + file.path() + "'. Fetch the dataset instead.");
      }
    };
  }

  /** Reads parts of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Reads one, exactly. Only whole files can be held against their checksums, so this is not.
     *
     * @param from offset of the first byte
     * @param target filled from {@code offset} with {@code length} bytes
     * @throws HubException if the Hub does not have it, or not so much of it
     */
    void read(long from, byte[] target, int offset, int length) throws IOException;
  }

  /** A file's content, which remembers where the Hub keeps it. */
  RemoteFile remote(Snapshot snapshot, RepositoryFile file) {
    return new RemoteFile(
        transport,
        addresses.file(snapshot, file.path()),
        file,
        refusal(snapshot.dataset(), "file '" + file.path() + "' at " + snapshot.commit()));
  }

  Refusal refusal(DatasetId dataset, String what) {
    return new Refusal(settings, dataset, what);
  }
}
