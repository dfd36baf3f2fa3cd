package io.booklake.cli;

import io.booklake.spark.Spark;
import org.apache.spark.SparkConf;

/**
 * Starts Spark: with what spark-submit gives, and with conf/spark-defaults.conf where it gives
 * nothing.
 */
final class Sessions {
  private Sessions() {}

  static Spark start() {
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
    return Spark.start(conf);
  }
}
