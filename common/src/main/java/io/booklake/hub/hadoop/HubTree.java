package io.booklake.hub.hadoop;

import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of a snapshot whose names can be printed, as folders. */
final class HubTree {
  private final Snapshot snapshot;
  private final NavigableMap<String, RepositoryFile> files = new TreeMap<>();

  HubTree(Snapshot snapshot, List<RepositoryFile> all) {
    this.snapshot = snapshot;
    // Whoever lists a folder prints it, too.
    all.stream().filter(RepositoryFile::isPrintable).forEach(file -> files.put(file.path(), file));
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** The file of a path; null where it is none. */
  RepositoryFile file(String path) {
    return files.get(path);
  }

  boolean isFolder(String path) {
    return path.isEmpty() || !below(path).isEmpty();
  }

  /** Paths of what lies in a folder itself. */
  Set<String> children(String folder) {
    int from = folder.isEmpty() ? 0 : folder.length() + 1;
    Set<String> children = new TreeSet<>();
    for (String path : below(folder).keySet()) {
      int slash = path.indexOf('/', from);
      children.add(slash < 0 ? path : path.substring(0, slash));
    }
    return children;
  }

  private NavigableMap<String, RepositoryFile> below(String folder) {
    // '0' is the character behind '/'.
    return folder.isEmpty() ? files : files.subMap(folder + "/", false, folder + "0", false);
  }
}
