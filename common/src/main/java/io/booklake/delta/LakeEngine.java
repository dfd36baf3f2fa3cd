package io.booklake.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Delta Kernel on Hadoop's file systems, as it comes but for what a reader would wait for when it
 * opens a lake. Files of a local disk are read without Hadoop, and the log's JSON without a tree of
 * it; its checkpoints by who makes the engine, if he has a reader of his own. And it reports no
 * metrics: Kernel makes JSON of each report for the log, whether or not the log takes it, which is
 * 6 % of the time that a reader takes to open a lake.
 */
public final class LakeEngine extends DefaultEngine {
  private final JsonHandler json;
  private final ParquetHandler parquet;

  /** With the file systems of a configuration. */
  public LakeEngine(Configuration configuration) {
    this(FileSettings.of(configuration));
  }

  /** With some file systems. */
  public LakeEngine(FileSettings settings) {
    this(settings, Supplier::get);
  }

  /**
   * With some file systems, and a reader of the log's checkpoints.
   *
   * @param parquet makes it; is given a supplier of Kernel's own, for what it leaves to that one
   */
  public LakeEngine(
      FileSettings settings, Function<Supplier<ParquetHandler>, ParquetHandler> parquet) {
    this(new LocalFiles(settings), settings, parquet);
  }

  private LakeEngine(
      LocalFiles files,
      FileSettings settings,
      Function<Supplier<ParquetHandler>, ParquetHandler> parquet) {
    super(files);
    json = new LogJson(files);
    this.parquet = parquet.apply(() -> new WholeParquet(settings));
  }

  @Override
  public JsonHandler getJsonHandler() {
    return json;
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return parquet;
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
