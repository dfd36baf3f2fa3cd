package io.booklake.lake;

import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.table.Table;
import io.delta.kernel.Snapshot;
import java.util.List;

/** Writes again what must stay of files that hold rows to be replaced and others. */
interface Survivors {
  /**
   * Writes the rows that are not in scope to files of their own.
   *
   * @param table with all columns that the snapshot has
   * @param files of the snapshot
   */
  List<DataFile> write(Table table, Snapshot snapshot, List<LiveFile> files, ReplaceScope scope);
}
