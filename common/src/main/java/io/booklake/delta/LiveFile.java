package io.booklake.delta;

import io.booklake.table.ColumnRange;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.FileStatus;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A data file that is part of one version of a table. */
public final class LiveFile {
  private final Row scanFile;
  private final AddFile add;
  private final StructType schema;

  /**
   * A file.
   *
   * @param scanFile as Kernel's scan names it, with statistics
   * @param schema of the table
   */
  LiveFile(Row scanFile, StructType schema) {
    this.scanFile = scanFile;
    this.add = new AddFile(scanFile.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    this.schema = schema;
  }

  /**
   * For whoever reads its rows as they lie.
   *
   * @throws IllegalStateException if rows of it were deleted by a deletion vector, which booklake
   *     neither writes nor heeds: they would come back
   */
  void expectAllRows() {
    if (add.getDeletionVector().isPresent()) {
      throw new IllegalStateException(
          path()
              + " has rows that a deletion vector deleted: set the table's property"
              + " delta.enableDeletionVectors to false, and run Spark's REORG TABLE ... APPLY (PURGE)");
    }
  }

  /** Where it lies, and its size. */
  FileStatus status() {
    return InternalScanFileUtils.getAddFileStatus(scanFile);
  }

  /** Where it lies: a URI, decoded. */
  public String path() {
    return status().getPath();
  }

  /** Size of the file. */
  public long bytes() {
    return add.getSize();
  }

  /**
   * Rows in it.
   *
   * @throws IllegalStateException if whoever wrote it kept no statistics
   */
  public long rows() {
    return add.getNumRecords()
        .orElseThrow(
            () -> new IllegalStateException(path() + " has no row count in the table's log"));
  }

  /** Text of each partition column; null stands for NULL. */
  public Map<String, String> partitionValues() {
    return VectorUtils.toJavaMap(add.getPartitionValues());
  }

  /** What is known of its columns; nothing of those that have no entry. */
  public Map<String, ColumnRange> ranges() {
    Map<String, ColumnRange> ranges = new HashMap<>();
    add.getStats(schema).ifPresent(statistics -> addRanges(ranges, statistics));
    partitionValues()
        .forEach(
            (column, text) -> {
              // No table of the catalog is partitioned by anything but dates.
              if (text != null && schema.get(column).getDataType() instanceof DateType) {
                Integer day = (int) LocalDate.parse(text).toEpochDay();
                ranges.put(column, new ColumnRange(day, day, 0));
              }
            });
    return ranges;
  }

  private static void addRanges(Map<String, ColumnRange> ranges, DataFileStatistics statistics) {
    statistics
        .getNullCount()
        .forEach(
            (column, nulls) -> {
              Literal min = statistics.getMinValues().get(column);
              Literal max = statistics.getMaxValues().get(column);
              if (min != null && max != null) {
                ranges.put(name(column), new ColumnRange(value(min), value(max), nulls));
              } else if (nulls == statistics.getNumRecords()) {
                ranges.put(name(column), new ColumnRange(null, null, nulls));
              }
            });
  }

  private static String name(Column column) {
    return column.getNames()[0];
  }

  private static Comparable<?> value(Literal literal) {
    return (Comparable<?>) literal.getValue();
  }

  /**
   * The action of a commit that takes it out of the table.
   *
   * @param dataChange whether rows go with it; else the same commit adds them in other files
   */
  public Row removal(boolean dataChange) {
    return SingleAction.createRemoveFileSingleAction(
        add.toRemoveFileRow(dataChange, Optional.empty()));
  }
}
