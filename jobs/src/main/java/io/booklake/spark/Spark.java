package io.booklake.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark as a run uses it: tasks, and queries where there are any. Its SQL, to which a session
 * belongs, takes a tenth of a start, and most jobs run tasks alone.
 */
public final class Spark {
  private final SparkConf conf;
  private final SparkContext context;
  private SparkSession session;

  private Spark(SparkConf conf, SparkContext context, SparkSession session) {
    this.conf = conf;
    this.context = context;
    this.session = session;
  }

  /** Spark with these settings, or that which runs in this process already. */
  public static Spark start(SparkConf conf) {
    return new Spark(conf, SparkContext.getOrCreate(conf), null);
  }

  /** The Spark of a session. */
  public static Spark of(SparkSession session) {
    return new Spark(session.sparkContext().getConf(), session.sparkContext(), session);
  }

  /** What tasks are given to. */
  public JavaSparkContext tasks() {
    return new JavaSparkContext(context);
  }

  /** Its settings, listeners and the like. */
  public SparkContext context() {
    return context;
  }

  /** What queries are asked of; begins when it is asked for. */
  public synchronized SparkSession session() {
    if (session == null) {
      // Spark's common builder looks for this one by Scala's reflection, which takes longer than
      // it. What may change takes effect in a session that somebody else began in this process.
      session = org.apache.spark.sql.classic.SparkSession.builder().config(conf).getOrCreate();
    }
    return session;
  }

  /**
   * A copy of its Hadoop settings, {@code spark.hadoop.*} among them. Of the context, not of a
   * session's state: that one loads all of Spark SQL, and adds nothing but SQL's own settings.
   */
  public Configuration hadoop() {
    return new Configuration(context.hadoopConfiguration());
  }
}
