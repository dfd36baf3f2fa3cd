package io.booklake.landing;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.hub.hadoop.HubLocation;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Which dataset and commit a pair came from: by a manifest beside it, or by its own address. */
public final class Provenance {
  private final Configuration configuration;
  private final Map<Path, Optional<Manifest>> manifests = new HashMap<>();

  /** Looks on the file systems of this configuration. */
  public Provenance(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * {@code OWNER/NAME@COMMIT}; empty where it is a plain delivery, or no longer what was fetched.
   *
   * @throws IOException if a manifest is there and cannot be read
   */
  public Optional<String> of(Pair pair) throws IOException {
    Optional<String> message = of(pair.message());
    return message.equals(of(pair.orderbook())) ? message : Optional.empty();
  }

  private Optional<String> of(SourceFile file) throws IOException {
    if (HubLocation.isOne(file.uri())) {
      return Optional.of(HubLocation.parse(file.uri()).revision().toString());
    }
    StringBuilder path = new StringBuilder();
    for (Path step = new Path(file.uri()); !step.isRoot(); step = step.getParent()) {
      if (step.getName().startsWith(LandingFolder.PREFIX) && path.length() > 0) {
        return in(step, path.toString(), file);
      }
      path.insert(0, path.length() == 0 ? step.getName() : step.getName() + "/");
    }
    return Optional.empty();
  }

  private Optional<String> in(Path folder, String path, SourceFile file) throws IOException {
    if (!manifests.containsKey(folder)) {
      manifests.put(folder, read(new Path(folder, LandingFolder.MANIFEST)));
    }
    return manifests
        .get(folder)
        .filter(manifest -> manifest.files().containsKey(path))
        // An archive's entry has another size than the archive.
        .filter(
            manifest ->
                file.entry() != null || manifest.files().get(path).size() == file.storedBytes())
        .map(manifest -> manifest.dataset() + "@" + manifest.files().get(path).commit());
  }

  private Optional<Manifest> read(Path manifest) throws IOException {
    FileSystem files = manifest.getFileSystem(configuration);
    if (!files.exists(manifest)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(manifest)) {
      return Optional.of(Manifest.parse(in.readAllBytes()));
    }
  }
}
