package io.booklake.lake;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What a session's file systems are set to. */
public final class HadoopConfigurations {
  private HadoopConfigurations() {}

  /**
   * A copy of a session's Hadoop settings, {@code spark.hadoop.*} among them. Of the context, not
   * of the session's state: that one loads all of Spark SQL, a fifth of a session's start, for jobs
   * that run no query, and adds nothing but SQL's own settings.
   */
  public static Configuration of(SparkSession session) {
    return new Configuration(session.sparkContext().hadoopConfiguration());
  }
}
