package io.booklake.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Delta log of one table, read by Delta Kernel. */
public final class TableLog {
  private final Engine engine;
  private final String path;

  /**
   * The log of a table.
   *
   * @param path qualified URI of the table's folder, which need not exist
   */
  public TableLog(Engine engine, String path) {
    this.engine = engine;
    this.path = path;
  }

  /** The newest version; empty if the table does not exist. */
  public Optional<Snapshot> newest() {
    try {
      return Optional.of(TableManager.loadSnapshot(path).build(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** One version of a table that exists. */
  public Snapshot at(long version) {
    return TableManager.loadSnapshot(path).atVersion(version).build(engine);
  }

  /**
   * The files of a version.
   *
   * @throws IllegalStateException if not all rows of one of them are the table's, see {@link
   *     LiveFile#expectAllRows}
   */
  public List<LiveFile> files(Snapshot snapshot) {
    List<LiveFile> files = named(snapshot);
    files.forEach(LiveFile::expectAllRows);
    return files;
  }

  /** The same, whatever rows of them are the table's. */
  List<LiveFile> named(Snapshot snapshot) {
    List<LiveFile> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            files.add(new LiveFile(rows.next(), snapshot.getSchema()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
