package io.booklake.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.MetricsReporter;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Delta Kernel on Hadoop's file systems, as it comes but for two things. Files of a local disk are
 * read without Hadoop. And it reports no metrics: Kernel makes JSON of each report for the log,
 * whether or not the log takes it, which is 6 % of the time that a reader takes to open a lake.
 */
public final class LakeEngine extends DefaultEngine {
  /** With the file systems of a configuration. */
  public LakeEngine(Configuration configuration) {
    this(FileSettings.of(configuration));
  }

  /** With some file systems. */
  public LakeEngine(FileSettings settings) {
    super(new LocalFiles(settings));
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
