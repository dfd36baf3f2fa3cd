package io.booklake.lake;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.lake.columnar.DataFile;
import io.booklake.table.Table;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Delta log of one table, written by Delta Kernel: a commit costs it a twentieth of what it
 * costs Spark.
 *
 * <p>Kernel has no public way to remove files or to widen a schema, so the actions that do it are
 * made from its internal classes; the version of Kernel is pinned to that of delta-spark.
 */
final class CommitLog {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);
  private static final String WRITER = "booklake";

  private final Engine engine;
  private final String path;
  private final TableLog log;

  /**
   * The log of a table.
   *
   * @param path qualified URI of the table's folder, which need not exist
   */
  CommitLog(Engine engine, String path) {
    this.engine = engine;
    this.path = path;
    this.log = new TableLog(engine, path);
  }

  /** The log as readers see it. */
  TableLog log() {
    return log;
  }

  /**
   * The newest version of a table that is made, without rows, where it does not exist.
   *
   * @throws OvertakenException if somebody else made it meanwhile
   */
  Snapshot newestOrCreated(Table table) throws OvertakenException {
    Optional<Snapshot> newest = log.newest();
    if (newest.isEmpty()) {
      create(table);
      newest = log.newest();
    }
    return newest.orElseThrow();
  }

  private void create(Table table) throws OvertakenException {
    Transaction transaction;
    try {
      transaction =
          TableManager.buildCreateTableTransaction(path, DeltaSchemas.of(table.columns()), WRITER)
              .withTableProperties(TableProperties.of(table))
              .withDataLayoutSpec(layout(table))
              .withMaxRetries(0)
              .build(engine);
    } catch (TableAlreadyExistsException e) {
      throw new OvertakenException(e);
    }
    commit(transaction, List.of());
  }

  private static DataLayoutSpec layout(Table table) {
    return table.partitionColumns().isEmpty()
        ? DataLayoutSpec.noDataLayout()
        : DataLayoutSpec.partitioned(table.partitionColumns().stream().map(Column::new).toList());
  }

  /**
   * Commits the version that follows a snapshot.
   *
   * @param table whose comment and columns the table gets where it does not have them yet
   * @param dataChange whether the rows change; else they only lie in other files than before
   * @return the version
   * @throws OvertakenException if that version was committed meanwhile; nothing is changed then
   * @throws IllegalStateException if the table differs from the catalog's by more than columns that
   *     it lacks
   */
  long commit(
      Snapshot base, Table table, List<LiveFile> removed, List<DataFile> added, boolean dataChange)
      throws OvertakenException {
    if (!base.getPartitionColumnNames().equals(table.partitionColumns())) {
      throw new IllegalStateException(
          path
              + " is partitioned by "
              + base.getPartitionColumnNames()
              + ", expected "
              + table.partitionColumns()
              + ". booklake does not change how a table is laid out: write into another lake");
    }
    StructType schema = DeltaSchemas.widened(base.getSchema(), table);
    List<Row> actions = new ArrayList<>();
    if (!schema.equals(base.getSchema()) || base.getMetadata().getDescription().isEmpty()) {
      actions.add(metadata(base.getMetadata(), schema, table.comment()));
    }
    removed.forEach(file -> actions.add(file.removal(dataChange)));
    added.forEach(file -> actions.add(addition(file, schema, dataChange)));
    return commit(
        base.buildUpdateTableTransaction(WRITER, Operation.WRITE)
            // Kernel's retries would add our files to a version whose files we have not looked at.
            .withMaxRetries(0)
            .build(engine),
        actions);
  }

  private long commit(Transaction transaction, List<Row> actions) throws OvertakenException {
    TransactionCommitResult result;
    try {
      result =
          transaction.commit(
              engine,
              CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
    } catch (MaxCommitRetryLimitReachedException e) {
      if (e.getCause() instanceof CommitFailedException failure && failure.isConflict()) {
        throw new OvertakenException(e);
      }
      throw e;
    }
    result.getPostCommitHooks().stream()
        .filter(hook -> hook.getType() == PostCommitHook.PostCommitHookType.CHECKPOINT)
        .forEach(this::checkpoint);
    return result.getVersion();
  }

  /** Without a checkpoint the log is only slower to read: the commit stands. */
  private void checkpoint(PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(engine);
    } catch (CheckpointAlreadyExistsException e) {
      LOG.debug("somebody else wrote this checkpoint of {}", path, e);
    } catch (IOException | RuntimeException | FSError e) { // Kernel's own, and of a full local disk
      LOG.warn("no checkpoint was written for {}", path, e);
    }
  }

  private static Row metadata(Metadata old, StructType schema, String comment) {
    return SingleAction.createMetadataSingleAction(
        new Metadata(
                old.getId(),
                old.getName(),
                Optional.of(comment),
                old.getFormat(),
                schema.toJson(),
                schema,
                old.getPartitionColumns(),
                old.getCreatedTime(),
                old.getConfigurationMapValue())
            .toRow());
  }

  private static Row addition(DataFile file, StructType schema, boolean dataChange) {
    return SingleAction.createAddFileSingleAction(
        AddFile.createAddFileRow(
            schema,
            encoded(file.path()),
            VectorUtils.stringStringMapValue(file.partitionValues()),
            file.bytes(),
            file.modifiedMillis(),
            dataChange,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(statistics(file, schema))));
  }

  /** Delta wants paths as URIs. */
  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path + " is no path", e);
    }
  }

  private static DataFileStatistics statistics(DataFile file, StructType schema) {
    Map<Column, Literal> min = new HashMap<>();
    Map<Column, Literal> max = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    file.statistics()
        .forEach(
            (name, range) -> {
              var column = new Column(name);
              StructField field = schema.get(name);
              if (range.min() != null) {
                min.put(column, literal(range.min(), field.getDataType()));
                max.put(column, literal(range.max(), field.getDataType()));
              }
              nulls.put(column, range.nulls());
            });
    return new DataFileStatistics(file.rows(), min, max, nulls, Optional.empty());
  }

  private static Literal literal(Comparable<?> value, DataType type) {
    if (value instanceof Integer number) {
      return type instanceof DateType ? Literal.ofDate(number) : Literal.ofInt(number);
    } else if (value instanceof Long number) {
      return type instanceof TimestampType ? Literal.ofTimestamp(number) : Literal.ofLong(number);
    } else if (value instanceof Double number) {
      return Literal.ofDouble(number);
    } else if (value instanceof Boolean truth) {
      return Literal.ofBoolean(truth);
    }
    return Literal.ofString((String) value);
  }
}
