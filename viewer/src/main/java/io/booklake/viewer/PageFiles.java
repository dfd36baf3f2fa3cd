package io.booklake.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The files of the page, all of them in memory: what a client asks for is looked up among them and
 * never becomes a path.
 */
final class PageFiles {
  private static final String FOLDER = "/io/booklake/viewer/page/";

  /** Their names change with their content. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "md", "text/plain; charset=utf-8");

  private final Map<String, Answer> files = new HashMap<>();

  private PageFiles() {}

  /**
   * Loads what the page's build left.
   *
   * @throws IOException if there is no page: the module was put together without its build
   */
  static PageFiles load() throws IOException {
    PageFiles page = new PageFiles();
    page.add("/", "index.html", "no-cache");
    page.add("/licenses.md", "licenses.md", "no-cache");
    for (JsonNode name : new ObjectMapper().readTree(bytes("files.json"))) {
      page.add("/" + name.textValue(), name.textValue(), FOR_EVER);
    }
    return page;
  }

  private void add(String path, String name, String age) throws IOException {
    String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IOException(name + " of the page has no known media type");
    }
    files.put(path, new Answer(HttpStatus.OK_200, type, bytes(name), Map.of("Cache-Control", age)));
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("the viewer was built without its page: " + name + " is missing");
      }
      return in.readAllBytes();
    }
  }

  /** The file at a path. */
  Optional<Answer> at(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
