package io.booklake.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What to try on the lake of a demo, as lines to paste. */
final class DemoHints {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@,+-]+");

  private DemoHints() {}

  /**
   * The lines.
   *
   * @param launcher as it was called
   */
  static List<String> of(String launcher, Path lake, long eventIndex) {
    String booklake = word(launcher) + " ";
    String here = " --lake " + word(lake.toString());
    String day = " --ticker SIMA --date 2024-03-04";
    return List.of(
        booklake + "serve" + here,
        booklake + "show ticker-days" + here,
        booklake + "show trades" + here + " --ticker SIMA --limit 5",
        booklake + "show book" + here + day + " --index " + eventIndex,
        booklake + "explain" + here + day + " --table candles --bar time:5m@10:00",
        booklake + "candles" + here + " --bars dollar:1000000,trades:100",
        booklake + "ingest --landing YOUR_LOBSTER_FILES --lake my-lake",
        "pip install polars deltalake",
        "python3 -c 'import polars, sys; print(polars.read_delta(sys.argv[1]))' "
            + word(lake.resolve("candles").toString()));
  }

  /** One word of a shell. */
  private static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
