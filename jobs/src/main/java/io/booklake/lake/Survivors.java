package io.booklake.lake;

import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.table.Table;
import java.util.List;

/** Writes again what must stay of files that hold rows to be replaced and others. */
interface Survivors {
  /**
   * Writes the rows that are not in scope to files of their own.
   *
   * @param table with all columns that it has in the lake
   * @param files that hold rows of both kinds
   */
  List<DataFile> write(Table table, List<LiveFile> files, ReplaceScope scope);
}
