package io.booklake.lake;

import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * In which versions of a table each of its data files is, from the first commit on: one pass over
 * the log, where a look at each version would read it as often as there are versions.
 */
final class FileHistory {
  private static final long FOR_EVER = Long.MAX_VALUE;

  /**
   * Versions that name a file.
   *
   * @param from the first
   * @param until the first that no longer does
   */
  private record Span(long from, long until) {}

  private final Path table;
  private final Map<Path, List<Span>> spans = new HashMap<>();
  private final NavigableMap<Long, Long> committedMillis = new TreeMap<>();
  private final Map<Path, NavigableSet<Long>> moves = new HashMap<>();

  /** What the version that is being read adds. */
  private final Set<Path> added = new HashSet<>();

  private long addedBy = -1;

  private FileHistory(Path table) {
    this.table = table;
  }

  /**
   * Reads a log.
   *
   * @param table qualified URI of the table's folder
   * @throws IllegalStateException if its first commits are gone, so that older versions may exist
   *     of which nothing is known
   */
  static FileHistory read(Engine engine, String table) {
    var history = new FileHistory(new Path(table));
    CommitRange commits;
    try {
      commits = TableManager.loadCommitRange(table, CommitBoundary.atVersion(0)).build(engine);
    } catch (KernelException e) {
      throw new IllegalStateException(
          "the log of "
              + table
              + " does not begin with version 0, so what its older versions hold is not known;"
              + " nothing was deleted",
          e);
    }
    try (CloseableIterator<ColumnarBatch> batches =
        commits.getActions(engine, Set.of(DeltaAction.ADD, DeltaAction.REMOVE))) {
      while (batches.hasNext()) {
        history.add(batches.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return history;
  }

  private void add(ColumnarBatch batch) throws IOException {
    int version = batch.getSchema().indexOf("version");
    int timestamp = batch.getSchema().indexOf("timestamp");
    int add = batch.getSchema().indexOf(DeltaAction.ADD.colName);
    int remove = batch.getSchema().indexOf(DeltaAction.REMOVE.colName);
    try (CloseableIterator<Row> rows = batch.getRows()) {
      while (rows.hasNext()) {
        Row row = rows.next();
        committedMillis.put(row.getLong(version), row.getLong(timestamp));
        if (!row.isNullAt(add)) {
          begin(new AddFile(row.getStruct(add)), row.getLong(version));
        } else if (!row.isNullAt(remove)) {
          end(new RemoveFile(row.getStruct(remove)).getPath(), row.getLong(version));
        }
      }
    }
  }

  private void begin(AddFile action, long version) {
    Path file = file(action.getPath());
    if (version != addedBy) {
      added.clear();
      addedBy = version;
    }
    added.add(file);
    if (!action.getDataChange()) {
      moves.computeIfAbsent(file.getParent(), key -> new TreeSet<>()).add(version);
    }
    List<Span> known = spans.computeIfAbsent(file, key -> new ArrayList<>());
    if (known.isEmpty() || known.get(known.size() - 1).until != FOR_EVER) {
      known.add(new Span(version, FOR_EVER));
    }
  }

  private void end(String path, long version) {
    Path file = file(path);
    if (version == addedBy && added.contains(file)) {
      // With another deletion vector: the file stays.
      return;
    }
    List<Span> known = spans.getOrDefault(file, List.of());
    if (!known.isEmpty() && known.get(known.size() - 1).until == FOR_EVER) {
      known.set(known.size() - 1, new Span(known.get(known.size() - 1).from, version));
    }
  }

  /** The log has URIs, relative to the table unless somebody else wrote it. */
  private Path file(String uri) {
    return new Path(table, new Path(URI.create(uri)));
  }

  /** Whether any version names the file. */
  boolean isNamed(Path file) {
    return spans.containsKey(file);
  }

  /** Whether one of these versions names the file. */
  boolean isNamedBy(Path file, NavigableSet<Long> versions) {
    for (Span span : spans.getOrDefault(file, List.of())) {
      Long next = versions.ceiling(span.from);
      if (next != null && next < span.until) {
        return true;
      }
    }
    return false;
  }

  /** Versions that only put rows of a folder into other files of it, and changed none. */
  NavigableSet<Long> moves(Path folder) {
    return moves.getOrDefault(folder, Collections.emptyNavigableSet());
  }

  /** Files of a folder that a version names. */
  Set<Path> files(Path folder, long version) {
    return spans.entrySet().stream()
        .filter(each -> each.getKey().getParent().equals(folder))
        .filter(
            each ->
                each.getValue().stream()
                    .anyMatch(span -> span.from <= version && version < span.until))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** What the newest version names. */
  Set<Path> newestFiles() {
    return spans.entrySet().stream()
        .filter(each -> each.getValue().get(each.getValue().size() - 1).until == FOR_EVER)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * Versions that were the newest at some time since a moment; the newest always is. Each is judged
   * by itself: a clock that was wrong for one commit says nothing of those before.
   *
   * @param millis since 1970
   */
  NavigableSet<Long> versionsSince(long millis) {
    NavigableSet<Long> versions = new TreeSet<>();
    committedMillis.forEach(
        (version, committed) -> {
          Map.Entry<Long, Long> next = committedMillis.higherEntry(version);
          boolean isOvertaken = next != null && next.getValue() < millis;
          if (!isOvertaken || committed >= millis) {
            versions.add(version);
          }
        });
    return versions;
  }
}
