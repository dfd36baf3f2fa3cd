package io.booklake.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Actions of a log, files of them, and what a log with them tells. */
public final class LogFixtures {
  private LogFixtures() {}

  /** A file of nine rows, whose least n this is. */
  public static String add(String name, long min) {
    return "{\"add\":{\"path\":\"day=2024-03-04/%s.parquet\",\"size\":12345678901,".formatted(name)
        + "\"partitionValues\":{\"day\":\"2024-03-04\"},\"modificationTime\":1,\"dataChange\":true,"
        + "\"stats\":\"{\\\"numRecords\\\":9,\\\"minValues\\\":{\\\"n\\\":%d},".formatted(min)
        + "\\\"maxValues\\\":{\\\"n\\\":9223372036854775807},\\\"nullCount\\\":{\\\"n\\\":2}}\"}}";
  }

  /** The end of a file, so late that a checkpoint keeps it. */
  public static String remove(String name) {
    return "{\"remove\":{\"path\":\"day=2024-03-04/%s.parquet\",".formatted(name)
        + "\"deletionTimestamp\":99999999999999,\"dataChange\":true}}";
  }

  /** A file as Kernel lists it. */
  public static FileStatus status(Path file) throws IOException {
    return FileStatus.of(file.toUri().toString(), Files.size(file), 1);
  }

  /** Writes actions of JSON, read by Kernel, as Parquet. */
  public static void write(Engine engine, Path json, StructType schema, Path parquet)
      throws IOException {
    Files.createDirectories(parquet.getParent());
    try (CloseableIterator<ColumnarBatch> actions =
        DefaultEngine.create(new Configuration())
            .getJsonHandler()
            .readJsonFiles(
                Utils.singletonCloseableIterator(status(json)), schema, Optional.empty())) {
      engine
          .getParquetHandler()
          .writeParquetFileAtomically(
              parquet.toUri().toString(),
              actions.map(batch -> new FilteredColumnarBatch(batch, Optional.empty())));
    }
  }

  /** All that a reader asks of a table: six things of its own, and two of each of its files. */
  public static List<Object> table(Engine engine, Path folder, long version) {
    TableLog log = new TableLog(engine, folder.toUri().toString());
    Snapshot snapshot = log.at(version);
    List<Object> all = new ArrayList<>();
    all.add(snapshot.getSchema());
    all.add(snapshot.getPartitionColumnNames());
    all.add(snapshot.getTableProperties());
    all.add(snapshot.getDomainMetadata("d"));
    all.add(snapshot.getProtocol().toString());
    all.add(snapshot.getLatestTransactionVersion(engine, "app"));
    for (LiveFile file : log.named(snapshot)) {
      all.add(List.of(file.path(), file.bytes(), file.rows(), file.partitionValues()));
      all.add(file.ranges());
    }
    return all;
  }
}
