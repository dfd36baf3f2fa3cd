package io.booklake.lake;

import io.booklake.spark.Spark;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Spark without its SQL, which small tables do without: there for all tests of the class that
 * registers it.
 */
public final class TaskSpark implements BeforeAllCallback, AfterAllCallback {
  private Spark spark;

  @Override
  public void beforeAll(ExtensionContext context) {
    spark =
        Spark.start(
            new SparkConf()
                .setMaster("local[1]")
                .setAppName("lake")
                .set("spark.ui.enabled", "false"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    spark.context().stop();
  }

  /** What runs and jobs are given. */
  public Spark spark() {
    return spark;
  }

  /** The lake of a folder, opened anew each time. */
  public Lake lake(Path folder) {
    return new Lake(spark, folder.toString());
  }
}
