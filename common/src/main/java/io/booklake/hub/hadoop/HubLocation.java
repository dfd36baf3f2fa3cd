package io.booklake.hub.hadoop;

import io.booklake.hub.DatasetId;
import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Hub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A place on the Hub, {@code hf://datasets/OWNER/NAME@REVISION/PATH}. Without a revision it is
 * main; slashes in a revision are written {@code %2F}, except in the Hub's own {@code
 * refs/convert/...} and {@code refs/pr/...}, as Python's {@code HfFileSystem} has it.
 *
 * @param revision dataset and revision
 * @param path inside the repository, without slashes at its ends; empty for the root
 */
public record HubLocation(DatasetRevision revision, String path) {
  /** The scheme of such places. */
  public static final String SCHEME = "hf";

  private static final String DATASETS = "hf://datasets/";
  private static final String HUBS_OWN = "refs/(?:convert/\\w+|pr/\\d+)(?=/|\\z)";
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:hf://datasets)?/([^/@]+)/([^/@]+)(?:@(" + HUBS_OWN + "|[^/]+))?(?:/(.*?))?/*",
          Pattern.DOTALL);

  /**
   * Reads a place.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static HubLocation parse(String uri) {
    Matcher shape = SHAPE.matcher(uri);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "no place on the Hub: '" + uri + "', expected hf://datasets/OWNER/NAME@REVISION/PATH");
    }
    String revision = shape.group(3) == null ? DatasetRevision.MAIN : shape.group(3);
    return new HubLocation(
        new DatasetRevision(
            new DatasetId(shape.group(1), shape.group(2)), revision.replace("%2F", "/")),
        shape.group(4) == null ? "" : shape.group(4));
  }

  static HubLocation of(Path path) {
    return parse(path.toUri().getPath());
  }

  /** Whether a URI is meant as a place on the Hub. */
  public static boolean isOne(String uri) {
    return uri.startsWith(SCHEME + ":");
  }

  /**
   * The same places at the commits that their revisions are now, so that every machine that reads
   * them reads the same. URIs of anything else are given back.
   *
   * @throws IllegalArgumentException if one is meant as a place on the Hub and is none
   */
  public static List<String> pinned(Configuration configuration, List<String> uris)
      throws IOException {
    List<String> pinned = new ArrayList<>();
    for (String uri : uris) {
      pinned.add(pinned(configuration, uri));
    }
    return pinned;
  }

  private static String pinned(Configuration configuration, String uri) throws IOException {
    if (!isOne(uri)) {
      return uri;
    }
    HubLocation location = parse(uri);
    String commit =
        new Hub(HubConfiguration.settings(configuration)).resolve(location.revision).commit();
    DatasetId dataset = location.revision.dataset();
    return new HubLocation(new DatasetRevision(dataset, commit), location.path).toString();
  }

  @Override
  public String toString() {
    String root = DATASETS + revision.dataset() + "@" + revision.revision().replace("/", "%2F");
    return path.isEmpty() ? root : root + "/" + path;
  }
}
