package io.booklake.lake;

import io.booklake.delta.LiveFile;
import java.util.List;

/** The data files of one version of a table. */
public final class TableFiles {
  private final List<LiveFile> files;

  TableFiles(List<LiveFile> files) {
    this.files = files;
  }

  /** URIs, decoded, of those that may hold rows in a scope, as the log's statistics tell. */
  public List<String> paths(ReplaceScope scope) {
    return files.stream().filter(file -> scope.meets(file.ranges())).map(LiveFile::path).toList();
  }
}
