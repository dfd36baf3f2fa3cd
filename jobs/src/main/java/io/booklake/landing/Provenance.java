package io.booklake.landing;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.Reason;
import io.booklake.format.lobster.Rejection;
import io.booklake.format.lobster.SourceFile;
import io.booklake.hub.hadoop.HubLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Which dataset and commit a pair came from: by a manifest beside it, or by its own address. */
public final class Provenance {
  private final Configuration configuration;
  private final Map<Path, Optional<Manifest>> manifests = new HashMap<>();
  private final List<Rejection> unreadable = new ArrayList<>();

  /** Looks on the file systems of this configuration. */
  public Provenance(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * {@code OWNER/NAME@COMMIT}; empty where it is a plain delivery, or no longer what was fetched,
   * or where the manifest cannot be read: which is no reason to refuse a pair.
   */
  public Optional<String> of(Pair pair) {
    Optional<String> message = of(pair.message());
    return message.equals(of(pair.orderbook())) ? message : Optional.empty();
  }

  /** The manifests that could not be read, so far. */
  public List<Rejection> unreadable() {
    return List.copyOf(unreadable);
  }

  private Optional<String> of(SourceFile file) {
    if (HubLocation.isOne(file.uri())) {
      return Optional.of(HubLocation.parse(file.uri()).revision().toString());
    }
    StringBuilder path = new StringBuilder();
    for (Path step = new Path(file.uri()); !step.isRoot(); step = step.getParent()) {
      // A dataset may have a folder of such a name itself: then the manifest lies further out.
      if (step.getName().startsWith(LandingFolder.PREFIX) && path.length() > 0) {
        Optional<Manifest> manifest = manifest(step);
        if (manifest.isPresent()) {
          return in(manifest.get(), path.toString(), file);
        }
      }
      path.insert(0, path.length() == 0 ? step.getName() : step.getName() + "/");
    }
    return Optional.empty();
  }

  private Optional<Manifest> manifest(Path folder) {
    if (!manifests.containsKey(folder)) {
      manifests.put(folder, read(new Path(folder, ManifestFile.NAME)));
    }
    return manifests.get(folder);
  }

  private static Optional<String> in(Manifest manifest, String path, SourceFile file) {
    return Optional.ofNullable(manifest.files().get(path))
        // An archive's entry has another size than the archive.
        .filter(entry -> file.entry() != null || entry.size() == file.storedBytes())
        .map(entry -> manifest.dataset() + "@" + entry.commit());
  }

  private Optional<Manifest> read(Path manifest) {
    try {
      return ManifestFile.read(manifest.getFileSystem(configuration), manifest);
    } catch (IOException e) {
      unreadable.add(
          Rejection.ofFile(
              Reason.UNREADABLE,
              manifest.toString(),
              e.toString(),
              "the manifest that fetch wrote; delete it and fetch again"));
      return Optional.empty();
    }
  }
}
