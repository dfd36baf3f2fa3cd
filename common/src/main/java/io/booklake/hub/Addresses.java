package io.booklake.hub;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The Hub's addresses, as {@code huggingface_hub} asks them. */
final class Addresses {
  private final URI endpoint;

  Addresses(URI endpoint) {
    this.endpoint = endpoint;
  }

  URI revision(DatasetId dataset, String revision) {
    return api(dataset, "revision/" + quoted(revision));
  }

  URI references(DatasetId dataset) {
    return api(dataset, "refs");
  }

  /** First page of all files at a commit. */
  URI tree(Snapshot snapshot) {
    return api(snapshot.dataset(), "tree/" + snapshot.commit() + "?recursive=true&expand=false");
  }

  URI file(Snapshot snapshot, String path) {
    return page(
        snapshot.dataset(),
        "/resolve/" + snapshot.commit() + "/" + quoted(path).replace("%2F", "/"));
  }

  URI preupload(DatasetRevision branch) {
    return api(branch.dataset(), "preupload/" + quoted(branch.revision()));
  }

  URI commit(DatasetRevision branch) {
    return api(branch.dataset(), "commit/" + quoted(branch.revision()));
  }

  URI largeFiles(DatasetId dataset) {
    return page(dataset, ".git/info/lfs/objects/batch");
  }

  /** Where a person sees the dataset. */
  URI page(DatasetId dataset) {
    return page(dataset, "");
  }

  private URI page(DatasetId dataset, String rest) {
    return URI.create(endpoint + "/datasets/" + dataset + rest);
  }

  private URI api(DatasetId dataset, String rest) {
    return URI.create(endpoint + "/api/datasets/" + dataset + "/" + rest);
  }

  /** Percent-encoded to the last slash, as the Hub wants a revision. */
  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
