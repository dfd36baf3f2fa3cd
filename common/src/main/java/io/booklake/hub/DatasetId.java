package io.booklake.hub;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A dataset's name on the Hub, {@code owner/name}.
 *
 * @param owner user or organization
 * @param name of the dataset
 */
public record DatasetId(String owner, String name) implements Serializable {
  private static final Pattern PART = Pattern.compile("\\w(?:[\\w.-]{0,94}[\\w])?");

  /**
   * Checks both parts. The Hub refuses {@code --} and {@code ..} in them, and the cache relies on
   * it.
   *
   * @throws IllegalArgumentException if one is no name
   */
  public DatasetId {
    if (!isPart(owner) || !isPart(name)) {
      throw new IllegalArgumentException(
          "no dataset: '" + owner + "/" + name + "', expected OWNER/NAME as on the Hub");
    }
  }

  private static boolean isPart(String text) {
    return PART.matcher(text).matches() && !text.contains("--") && !text.contains("..");
  }

  /**
   * Reads {@code owner/name}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DatasetId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "no dataset: '" + text + "', expected OWNER/NAME as on the Hub");
    }
    return new DatasetId(text.substring(0, slash), text.substring(slash + 1));
  }

  /** As the cache names its folder. */
  String folderName() {
    return "datasets--" + owner + "--" + name;
  }

  /** {@code owner/name}. */
  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
