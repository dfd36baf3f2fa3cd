package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.delta.FileSettings;
import io.booklake.delta.LakeEngine;
import io.booklake.delta.LogFixtures;
import io.booklake.lake.LakeSessions;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that Delta's Spark writes, as somebody's own job does in a lake of booklake's. */
class SparkCheckpointTest {
  /** Behind the one that makes the table; the last of them is a checkpoint. */
  private static final int COMMITS = 3;

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = LakeSessions.start();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Kernel's own reader is not there to be asked. */
  private static Engine ours() {
    FileSettings settings = FileSettings.local();
    return new LakeEngine(
        settings,
        kernels ->
            new LogParquet(
                new PageDecoders(settings),
                new FileBytes(settings),
                () -> {
                  throw new AssertionError("a checkpoint was left to Kernel's reader");
                }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'delta.checkpointPolicy' = 'classic'",
        "'delta.checkpoint.writeStatsAsStruct' = 'true', 'delta.enableDeletionVectors' = 'true',"
            + " 'delta.enableRowTracking' = 'true'",
        "'delta.checkpointPolicy' = 'v2', 'delta.enableInCommitTimestamps' = 'true'"
      })
  void aTableBehindACheckpointOfSparksIsTheOneThatKernelReads(String property) throws Exception {
    Path table = folder.resolve("table");
    spark.sql(
        """
        CREATE TABLE delta.`%s` (day DATE, n LONG, s STRING)
        USING delta PARTITIONED BY (day) TBLPROPERTIES ('delta.checkpointInterval' = '%d', %s)
        """
            .formatted(table, COMMITS, property));
    for (int i = 0; i < COMMITS - 1; i++) {
      spark.sql(
          """
          INSERT INTO delta.`%s`
          SELECT date_add(DATE '2024-03-04', CAST(id %% 3 AS INT)), id * %d, 'row ' || id
          FROM range(0, 90, 1, 5)
          """
              .formatted(table, i + 1));
    }
    spark.sql("DELETE FROM delta.`%s` WHERE n = 30".formatted(table));
    forgetTheFirstCommit(table);

    Engine kernels = DefaultEngine.create(new Configuration());
    List<Object> expected = LogFixtures.table(kernels, table, COMMITS);
    assertThat(expected).hasSizeGreaterThan(6 + 2 * 9);
    assertThat(LogFixtures.table(ours(), table, COMMITS)).isEqualTo(expected);
    assertThat(filesOfParquet(table.resolve("_delta_log"))).isPositive();
  }

  /** Without the table's first commit, with its columns, only the checkpoint tells what it is. */
  private static void forgetTheFirstCommit(Path table) throws Exception {
    Path first = table.resolve("_delta_log/00000000000000000000.json");
    assertThat(first).exists();
    Files.writeString(first, "{}\n");
  }

  private static long filesOfParquet(Path log) throws Exception {
    try (Stream<Path> files = Files.walk(log)) {
      return files.filter(each -> each.toString().endsWith(".parquet")).count();
    }
  }
}
