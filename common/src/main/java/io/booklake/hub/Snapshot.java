package io.booklake.hub;

import java.io.Serializable;

/**
 * A dataset at a commit, which never changes.
 *
 * @param dataset which
 * @param revision what was asked for: a branch, a tag, or the commit itself
 * @param commit git's SHA-1, hexadecimal
 */
public record Snapshot(DatasetId dataset, String revision, String commit) implements Serializable {
  /**
   * Checks the commit, which becomes a folder's name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Snapshot {
    if (!RepositoryFile.isCommit(commit)) {
      throw new IllegalArgumentException("not a commit: '" + Printable.of(commit) + "'");
    }
  }
}
