package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.delta.FileSettings;
import io.booklake.delta.LakeEngine;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.lake.LakeSessions;
import io.delta.kernel.Snapshot;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that Delta's Spark writes, as somebody's own job does in a lake of booklake's. */
class SparkCheckpointTest {
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
        USING delta PARTITIONED BY (day) TBLPROPERTIES ('delta.checkpointInterval' = '3', %s)
        """
            .formatted(table, property));
    for (int i = 0; i < 2; i++) {
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

    List<Object> expected = table(DefaultEngine.create(new Configuration()), table);
    assertThat(expected).hasSizeGreaterThan(3 + 2 * 9);
    assertThat(table(ours(), table)).isEqualTo(expected);
  }

  /** Without the table's first commit, with its columns, only the checkpoint tells what it is. */
  private static void forgetTheFirstCommit(Path table) throws Exception {
    Path first = table.resolve("_delta_log/00000000000000000000.json");
    assertThat(first).exists();
    Files.writeString(first, "{}\n");
  }

  private static List<Object> table(Engine engine, Path table) throws Exception {
    TableLog log = new TableLog(engine, table.toUri().toString());
    Snapshot snapshot = log.newest().orElseThrow();
    List<Object> all = new ArrayList<>();
    all.add(snapshot.getSchema());
    all.add(snapshot.getTableProperties());
    all.add(snapshot.getProtocol().toString());
    for (LiveFile file : log.files(snapshot)) {
      all.add(List.of(file.path(), file.bytes(), file.rows(), file.partitionValues()));
      all.add(file.ranges());
    }
    return all;
  }
}
