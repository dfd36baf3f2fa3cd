package io.booklake.lake;

import org.apache.spark.sql.SparkSession;

/** A small Spark that reads Delta tables. */
public final class LakeSessions {
  private LakeSessions() {}

  public static SparkSession start() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("lake")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .getOrCreate();
  }
}
