package io.booklake.lake;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.lake.columnar.FileContent;
import io.booklake.lake.columnar.JoinedFile;
import io.booklake.lake.columnar.RowGroup;
import io.booklake.table.ColumnRange;
import io.booklake.table.Table;
import io.delta.kernel.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * Puts small files of a lake's tables together and has the ledger name the versions that have the
 * result.
 *
 * <p>A file is small if it has less than half of the bytes wanted. Small ones of one partition are
 * taken together, in the order of their rows, until there are enough bytes; so what was put
 * together is small no more, but for one file at the end of a partition, which nothing is left to
 * put to. Row groups are copied as they are. Where those of two files overlap in the order of the
 * table, as where bars of one ticker-day were added later, the rows are sorted anew.
 */
public final class Compaction {

  /**
   * What was done to a table.
   *
   * @param before what it held
   * @param after what it holds
   * @param joined files that were put together
   * @param written files that they were put into
   */
  public record Result(TableSize before, TableSize after, int joined, int written) {}

  /**
   * Files to be put together.
   *
   * @param files in the order of their rows
   * @param rowGroups all of theirs, in order
   */
  private record Bin(List<LiveFile> files, List<RowGroup> rowGroups) {
    boolean isOrdered(List<String> order) {
      return IntStream.range(1, rowGroups.size())
          .allMatch(i -> rowGroups.get(i - 1).isBefore(rowGroups.get(i), order));
    }

    Set<String> paths() {
      return files.stream().map(LiveFile::path).collect(Collectors.toSet());
    }
  }

  private final Lake lake;
  private final long targetBytes;

  /**
   * Of a lake.
   *
   * @param targetBytes that a file should have; no file under half of it stays without need
   */
  public Compaction(Lake lake, long targetBytes) {
    this.lake = lake;
    this.targetBytes = targetBytes;
  }

  /**
   * Puts the small files of a table together, in one Delta commit, or none if there are none. What
   * somebody replaces meanwhile is left as it is.
   *
   * @param table partitioned by date; it need exist
   */
  public Result of(Table table) {
    TableSize before = lake.size(table.name());
    Snapshot snapshot = lake.log(table.name()).at(before.version());
    Table whole = DeltaSchemas.with(table, snapshot.getSchema());
    List<Commit.Move> moves = new ArrayList<>();
    List<Bin> bins = bins(whole, lake.log(table.name()).files(snapshot));
    Map<Boolean, List<Bin>> byOrder =
        bins.stream().collect(Collectors.partitioningBy(bin -> bin.isOrdered(table.sortColumns())));
    moves.addAll(copied(whole, byOrder.get(true)));
    moves.addAll(sorted(whole, byOrder.get(false)));
    if (moves.isEmpty()) {
      return new Result(before, before, 0, 0);
    }
    List<Commit.Move> done = lake.move(whole, moves);
    return new Result(
        before,
        lake.size(table.name()),
        done.stream().mapToInt(move -> move.from().size()).sum(),
        done.size());
  }

  /**
   * Has the ledger name, for every ticker-day, the versions in which files were put together, in
   * one commit. A ticker-day that was replaced in a table and not published since keeps the version
   * it has.
   *
   * @return how many ticker-days
   */
  public int publish() {
    Map<String, FileMoves> moves = new HashMap<>();
    Function<String, FileMoves> read =
        table -> new FileMoves(lake.path(table), lake.history(table), lake.rowGroups());
    return lake.ledger()
        .follow((day, table, version) -> moves.computeIfAbsent(table, read).latest(day, version))
        .size();
  }

  private List<Bin> bins(Table table, List<LiveFile> files) {
    Map<Map<String, String>, List<LiveFile>> small = new LinkedHashMap<>();
    files.stream()
        .filter(this::isSmall)
        .forEach(
            file ->
                small.computeIfAbsent(file.partitionValues(), key -> new ArrayList<>()).add(file));
    small.values().removeIf(together -> together.size() < 2);
    Map<String, LiveFile> byPath =
        small.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(LiveFile::path, Function.identity()));
    Map<List<Object>, List<FileContent>> alike = new LinkedHashMap<>();
    for (FileContent content : lake.contents(List.copyOf(byPath.keySet()))) {
      alike
          .computeIfAbsent(
              List.of(byPath.get(content.file()).partitionValues(), content.schema()),
              key -> new ArrayList<>())
          .add(content);
    }
    return alike.values().stream()
        .flatMap(contents -> bins(table, contents, byPath).stream())
        .toList();
  }

  private boolean isSmall(LiveFile file) {
    return file.bytes() < targetBytes / 2;
  }

  private List<Bin> bins(Table table, List<FileContent> alike, Map<String, LiveFile> byPath) {
    Comparator<RowGroup> order = RowGroup.byBegin(table.sortColumns());
    List<FileContent> sorted =
        alike.stream()
            .filter(content -> !content.rowGroups().isEmpty())
            .sorted(Comparator.comparing(content -> content.rowGroups().get(0), order))
            .toList();
    List<Bin> bins = new ArrayList<>();
    List<FileContent> open = new ArrayList<>();
    long bytes = 0;
    for (FileContent content : sorted) {
      open.add(content);
      bytes += byPath.get(content.file()).bytes();
      if (bytes >= targetBytes) {
        bins.add(bin(open, byPath, order));
        open.clear();
        bytes = 0;
      }
    }
    if (open.size() > 1) {
      bins.add(bin(open, byPath, order));
    }
    return bins;
  }

  private static Bin bin(
      List<FileContent> contents, Map<String, LiveFile> byPath, Comparator<RowGroup> order) {
    return new Bin(
        contents.stream().map(content -> byPath.get(content.file())).toList(),
        contents.stream().flatMap(content -> content.rowGroups().stream()).sorted(order).toList());
  }

  private List<Commit.Move> copied(Table table, List<Bin> bins) {
    List<JoinedFile> joined = bins.stream().map(bin -> joined(table, bin)).toList();
    List<DataFile> files = lake.join(table, joined);
    return IntStream.range(0, bins.size())
        .mapToObj(i -> new Commit.Move(bins.get(i).paths(), files.get(i)))
        .toList();
  }

  private static JoinedFile joined(Table table, Bin bin) {
    Map<String, String> partition = bin.files.get(0).partitionValues();
    List<String> columns = new ArrayList<>(table.statisticsColumns());
    columns.removeAll(partition.keySet());
    List<Map<String, ColumnRange>> ranges = bin.files.stream().map(LiveFile::ranges).toList();
    Map<String, ColumnRange> statistics = new HashMap<>();
    for (String column : columns) {
      if (ranges.stream().allMatch(range -> range.containsKey(column))) {
        statistics.put(column, union(ranges.stream().map(range -> range.get(column)).toList()));
      }
    }
    return new JoinedFile(
        new Path(bin.files.get(0).path()).getParent().getName(),
        partition,
        bin.rowGroups,
        statistics);
  }

  private static ColumnRange union(Collection<ColumnRange> ranges) {
    Comparator<Comparable<Object>> order = Comparator.naturalOrder();
    return new ColumnRange(
        ranges.stream()
            .map(ColumnRange::min)
            .filter(each -> each != null)
            .map(Compaction::value)
            .min(order)
            .orElse(null),
        ranges.stream()
            .map(ColumnRange::max)
            .filter(each -> each != null)
            .map(Compaction::value)
            .max(order)
            .orElse(null),
        ranges.stream().mapToLong(ColumnRange::nulls).sum());
  }

  /** Values of one column have one type. */
  @SuppressWarnings("unchecked")
  private static Comparable<Object> value(Comparable<?> value) {
    return (Comparable<Object>) value;
  }

  private List<Commit.Move> sorted(Table table, List<Bin> bins) {
    List<Commit.Move> moves = new ArrayList<>();
    for (Bin bin : bins) {
      // One partition of Spark's, one date: one file.
      List<DataFile> files = lake.sorted(table, List.copyOf(bin.paths()));
      moves.add(new Commit.Move(bin.paths(), files.get(0)));
    }
    return moves;
  }
}
