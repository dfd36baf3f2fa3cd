package io.booklake.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.engine.MetricsReporter;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Delta Kernel on Hadoop's file systems, as it comes but for its reports of metrics: Kernel makes
 * JSON of each for the log, whether or not the log takes it, which is 6 % of the time that a reader
 * takes to open a lake.
 */
public final class LakeEngine extends DefaultEngine {
  /** With the file systems of a configuration. */
  public LakeEngine(Configuration configuration) {
    super(new HadoopFileIO(configuration));
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
