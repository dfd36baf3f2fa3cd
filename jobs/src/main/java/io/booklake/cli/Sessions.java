package io.booklake.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Starts the Spark session: with what spark-submit gives, and with conf/spark-defaults.conf where
 * it gives nothing.
 */
final class Sessions {
  private Sessions() {}

  static SparkSession start() {
    SparkConf conf = new SparkConf();
    HadoopSettings.defaults()
        .forEach((key, value) -> conf.setIfMissing(key.toString(), value.toString().strip()));
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "booklake");
    if (conf.get("spark.master").startsWith("local")) {
      // Shuffles inside one machine are worth as many tasks as keep its cores busy to the end.
      int cores = Runtime.getRuntime().availableProcessors();
      conf.setIfMissing("spark.sql.shuffle.partitions", String.valueOf(2 * cores));
    }
    // Spark's common builder looks for this one by Scala's reflection, a tenth of a session's
    // start.
    return org.apache.spark.sql.classic.SparkSession.builder().config(conf).getOrCreate();
  }
}
