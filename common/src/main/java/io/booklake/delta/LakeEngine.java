package io.booklake.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.MetricsReporter;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Delta Kernel on Hadoop's file systems, as it comes but for what a reader would wait for when it
 * opens a lake. Files of a local disk are read without Hadoop, and the log's JSON without a tree of
 * it. And it reports no metrics: Kernel makes JSON of each report for the log, whether or not the
 * log takes it, which is 6 % of the time that a reader takes to open a lake.
 */
public final class LakeEngine extends DefaultEngine {
  private final JsonHandler json;

  /** With the file systems of a configuration. */
  public LakeEngine(Configuration configuration) {
    this(FileSettings.of(configuration));
  }

  /** With some file systems. */
  public LakeEngine(FileSettings settings) {
    this(new LocalFiles(settings));
  }

  private LakeEngine(LocalFiles files) {
    super(files);
    json = new LogJson(files);
  }

  @Override
  public JsonHandler getJsonHandler() {
    return json;
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
