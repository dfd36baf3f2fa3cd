package io.booklake.cli;

import io.booklake.job.RegisterJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description = {
      "Register the lake's tables in Spark's catalog, with views whose prices are dollars.",
      "The tables are external: dropping one there leaves the lake as it is. This needs a spark-submit that",
      "knows a metastore, since a catalog in memory would end with the command."
    },
    footer = {
      "",
      "Examples:",
      "  export BOOKLAKE_SPARK_SUBMIT=/opt/spark/bin/spark-submit",
      "  export SPARK_SUBMIT_ARGS=\"--jars $jars \\",
      "      --conf spark.sql.catalogImplementation=hive\"",
      "  booklake register market_data --lake s3a://lake"
    })
final class RegisterCommand implements Callable<Integer> {
  @Mixin private LakeOptions common;

  @Parameters(paramLabel = "DB", description = "Database; created if it does not exist.")
  private String database;

  @Override
  public Integer call() {
    return common.run(run -> new RegisterJob(run, database).execute());
  }
}
