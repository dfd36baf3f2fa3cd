package io.booklake.hub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A dataset of the {@link HubDouble}: commits, branches, and who may see it. */
public final class Repository {
  /** From this size on the Hub keeps a file in LFS. */
  private static final int LARGE = 10_000_000;

  final Map<String, Map<String, Blob>> commits = new LinkedHashMap<>();
  final Map<String, String> branches = new TreeMap<>();
  final Map<String, Blob> uploaded = new LinkedHashMap<>();
  boolean gated;

  Repository() {
    commit("main", Map.of());
  }

  /** Adds or replaces a file on main; a data file goes to LFS, as the Hub has it. */
  public synchronized String put(String path, byte[] content) {
    return putBlob(path, Blob.of(content, isLarge(path, content.length)));
  }

  /** Adds a file of zeros, which takes no memory here. */
  public synchronized String putZeros(String path, long size) {
    return putBlob(path, Blob.zeros(size));
  }

  private String putBlob(String path, Blob blob) {
    Map<String, Blob> files = new TreeMap<>(head("main"));
    files.put(path, blob);
    return commit("main", files);
  }

  /** Adds many files in one commit. */
  public synchronized String putAll(Map<String, byte[]> contents) {
    Map<String, Blob> files = new TreeMap<>(head("main"));
    contents.forEach(
        (path, content) -> files.put(path, Blob.of(content, isLarge(path, content.length))));
    return commit("main", files);
  }

  /** Removes a file from main. */
  public synchronized String remove(String path) {
    Map<String, Blob> files = new TreeMap<>(head("main"));
    files.remove(path);
    return commit("main", files);
  }

  static boolean isLarge(String path, long size) {
    return size >= LARGE || path.endsWith(".parquet") || path.endsWith(".zip");
  }

  synchronized String commit(String branch, Map<String, Blob> files) {
    byte[] digest =
        Checksum.digest("SHA-1")
            .digest(
                (commits.size() + branches.toString() + files.keySet())
                    .getBytes(StandardCharsets.UTF_8));
    String sha = HexFormat.of().formatHex(digest);
    commits.put(sha, new TreeMap<>(files));
    branches.put(branch, sha);
    return sha;
  }

  /** Names a commit. */
  public synchronized void branch(String name, String commit) {
    branches.put(name, commit);
  }

  /** Only whom the owner lets may read. */
  public void gate() {
    gated = true;
  }

  /** The commit that main is. */
  public synchronized String mainCommit() {
    return branches.get("main");
  }

  /** How many commits there are. */
  public synchronized int commitCount() {
    return commits.size();
  }

  /** Names of the files on main. */
  public synchronized List<String> paths() {
    return new ArrayList<>(head("main").keySet());
  }

  /** A file on main. */
  public synchronized byte[] content(String path) {
    return head("main").get(path).bytes();
  }

  Map<String, Blob> head(String branch) {
    return branches.containsKey(branch) ? commits.get(branches.get(branch)) : Map.of();
  }

  /** The commit of a branch or of its own name; null if there is none. */
  synchronized String resolve(String revision) {
    return commits.containsKey(revision) ? revision : branches.get(revision);
  }
}
