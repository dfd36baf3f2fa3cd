package io.booklake.hub;

import java.io.Serializable;

/**
 * A dataset at a branch, a tag or a commit. A branch moves: {@link Hub#resolve} pins it.
 *
 * @param dataset which
 * @param revision branch, tag or commit
 */
public record DatasetRevision(DatasetId dataset, String revision) implements Serializable {
  /** The branch that every dataset has. */
  public static final String MAIN = "main";

  private static final String SCHEME = "hf://datasets/";

  /**
   * Checks the revision, which becomes part of a path in the cache.
   *
   * @throws IllegalArgumentException if it is no git reference
   */
  public DatasetRevision {
    RepositoryPath.check(revision);
  }

  /**
   * Reads {@code owner/name} or {@code owner/name@revision}, with or without {@code
   * hf://datasets/}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DatasetRevision parse(String text) {
    String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    int at = rest.indexOf('@');
    return at < 0
        ? new DatasetRevision(DatasetId.parse(rest), MAIN)
        : new DatasetRevision(DatasetId.parse(rest.substring(0, at)), rest.substring(at + 1));
  }

  /** {@code owner/name@revision}. */
  @Override
  public String toString() {
    return dataset + "@" + revision;
  }
}
