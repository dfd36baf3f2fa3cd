package io.booklake.read;

import io.booklake.model.TickerDay;
import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * Rows of one ticker-day in one version of a table that meet some conditions. Files, row groups and
 * pages that hold none are not read, as far as the statistics tell.
 *
 * <p>Nothing is taken for granted of how files are cut: ticker-days may share a row group, and the
 * pages of two columns may end at different rows.
 */
final class TickerDayRows {
  /** Pages of each column that are read at once, at most, while looking for some rows. */
  private static final int MOST_BLOCKS = 16;

  private final PageCache cache;
  private final TickerDay day;
  private final List<PlacedFile> files;
  private final Table all;
  private final Table columns;
  private final RowOrder order;
  private final List<Condition> conditions;

  /**
   * A row group that may hold rows.
   *
   * @param open the conditions that not all of its rows meet
   */
  private record Part(IndexedFile file, int rowGroup, List<Condition> open) {}

  /**
   * Rows to be read.
   *
   * @param version of the table
   * @param names of the columns, without those that order the rows, which come behind them
   * @param conditions besides that rows are of the ticker-day
   */
  TickerDayRows(
      PageCache cache,
      TableVersion version,
      TickerDay day,
      List<String> names,
      List<Condition> conditions) {
    this.cache = cache;
    this.day = day;
    this.files = version.files(day);
    this.all = version.table();
    List<String> wanted = new ArrayList<>(names.isEmpty() ? all.columnNames() : names);
    order = RowOrder.of(all);
    order.columns().stream().filter(name -> !wanted.contains(name)).forEach(wanted::add);
    this.columns = all.of(wanted);
    this.conditions = new ArrayList<>(key(day));
    this.conditions.addAll(conditions);
  }

  /** What makes a row of a date one of a ticker-day. */
  static List<Condition> key(TickerDay day) {
    return List.of(
        Condition.equal("ticker", day.ticker()), Condition.equal("levels", day.levels()));
  }

  static boolean isKey(String column) {
    return column.equals("trade_date") || column.equals("ticker") || column.equals("levels");
  }

  /** All rows, in the table's order. */
  ColumnBatch all() throws IOException {
    List<Part> found = parts();
    readIndexes(found);
    List<Part> parts = ordered(found);
    ColumnBatch rows = new ColumnBatch(columns, 1);
    for (Part part : parts) {
      append(rows, part, blocks(part));
    }
    return parts.size() > 1 ? order.sorted(rows) : rows;
  }

  /** The first rows, no more than {@code limit}. */
  ColumnBatch first(int limit) throws IOException {
    ColumnBatch rows = new ColumnBatch(columns, 1);
    List<Part> parts = ordered(parts());
    for (Part part : parts) {
      List<Block> blocks = atPageBorders(part);
      int count = 1;
      for (int next = 0; next < blocks.size() && rows.rows < limit; count = more(count)) {
        List<Block> now = blocks.subList(next, Math.min(blocks.size(), next + count));
        append(rows, part, now);
        next += now.size();
      }
      if (rows.rows >= limit) {
        rows.rows = limit;
        return rows;
      }
      readIndexes(parts);
    }
    return rows;
  }

  /** The last row, if there is one. */
  ColumnBatch last() throws IOException {
    List<Part> parts = ordered(parts());
    for (int i = parts.size() - 1; i >= 0; i--) {
      List<Block> blocks = atPageBorders(parts.get(i));
      int count = 1;
      for (int end = blocks.size(); end > 0; count = more(count)) {
        List<Block> now = blocks.subList(Math.max(0, end - count), end);
        ColumnBatch rows = new ColumnBatch(columns, 1);
        append(rows, parts.get(i), now);
        if (rows.rows > 0) {
          ColumnBatch last = new ColumnBatch(columns, 1);
          RowOrder.copy(rows, rows.rows - 1, last);
          return last;
        }
        end -= now.size();
      }
      readIndexes(parts);
    }
    return new ColumnBatch(columns, 1);
  }

  private static int more(int count) {
    return Math.min(MOST_BLOCKS, 2 * count);
  }

  private List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (PlacedFile placed : files) {
      if (conditions.stream().allMatch(each -> each.mayHold(placed.ranges().get(each.column())))) {
        IndexedFile file = cache.file(placed.path(), placed.length());
        for (int i = 0; i < file.rowGroups(); i++) {
          addPart(parts, file, i);
        }
      }
    }
    return parts;
  }

  private void addPart(List<Part> parts, IndexedFile file, int rowGroup) {
    List<Condition> open = new ArrayList<>();
    for (Condition each : conditions) {
      int column = file.column(each.column());
      ColumnRange range = file.range(rowGroup, column);
      if (!each.mayHold(range) || (column < 0 && !each.orNull())) {
        return;
      }
      if (!each.holds(range) && column >= 0) {
        open.add(each);
      }
    }
    parts.add(new Part(file, rowGroup, open));
  }

  /**
   * Reads the page indexes of some parts, those of a file at once. Whoever may end in the first
   * part does that behind it.
   */
  private void readIndexes(List<Part> parts) throws IOException {
    Map<IndexedFile, List<Integer>> rowGroups = new LinkedHashMap<>();
    for (Part part : parts) {
      rowGroups.computeIfAbsent(part.file, file -> new ArrayList<>()).add(part.rowGroup);
    }
    for (Map.Entry<IndexedFile, List<Integer>> each : rowGroups.entrySet()) {
      cache.readIndexes(each.getKey(), each.getValue());
    }
  }

  /** Where rows may be that meet all conditions. */
  private List<Block> blocks(Part part) throws IOException {
    long rows = part.file.rows(part.rowGroup);
    List<Block> blocks = List.of(new Block(0, rows));
    for (Condition each : part.open) {
      int column = part.file.column(each.column());
      PageIndex index = cache.index(part.file, part.rowGroup);
      List<ColumnRange> pages = index.ranges(column);
      if (!pages.isEmpty()) {
        blocks = Block.meeting(each, blocks, pages, index.places(column), rows);
      }
    }
    return blocks;
  }

  /** Those that hold rows, in the order of their first ones. */
  private List<Part> ordered(List<Part> parts) throws IOException {
    if (parts.size() < 2) {
      return parts;
    }
    Map<Part, List<Comparable<Object>>> firsts = new HashMap<>();
    List<Part> ordered = new ArrayList<>();
    for (Part part : parts) {
      List<Comparable<Object>> first = first(part);
      if (!first.isEmpty()) {
        firsts.put(part, first);
        ordered.add(part);
      }
    }
    ordered.sort(Comparator.comparing(firsts::get, RowOrder::compare));
    return ordered;
  }

  /** What orders the first row; empty if there is none. */
  private List<Comparable<Object>> first(Part part) throws IOException {
    ColumnRange range = part.file.range(part.rowGroup, part.file.column(order.first()));
    boolean isOfOneDay = part.open.stream().noneMatch(each -> isKey(each.column()));
    if (isOfOneDay && range != null && order.first().endsWith("_index")) {
      return List.of(RowOrder.comparable(range.min()));
    }
    for (Block block : atPageBorders(part)) {
      ColumnBatch rows = new ColumnBatch(columns.of(order.columns()), 1);
      append(rows, part, List.of(block));
      if (rows.rows > 0) {
        return order.key(rows, 0);
      }
    }
    return List.of();
  }

  /** Cut where the pages of the first column of the order end. */
  private List<Block> atPageBorders(Part part) throws IOException {
    OffsetIndex index = places(part, part.file.column(order.first()));
    return Block.atPageBorders(blocks(part), index);
  }

  private OffsetIndex places(Part part, int column) throws IOException {
    return cache.index(part.file, part.rowGroup).places(column);
  }

  private void append(ColumnBatch target, Part part, List<Block> blocks) throws IOException {
    Set<PageKey> wanted = new HashSet<>();
    for (Column column : target.table().columns()) {
      if (!isKey(column.name())) {
        want(wanted, part, column.name(), blocks);
      }
    }
    for (Condition each : part.open) {
      want(wanted, part, each.column(), blocks);
    }
    PageCache.Found found = cache.pages(part.file, wanted);
    for (Block block : blocks) {
      append(target, part, block, found);
    }
  }

  private void want(Set<PageKey> wanted, Part part, String column, List<Block> blocks)
      throws IOException {
    int number = part.file.column(column);
    if (number < 0) {
      return;
    }
    OffsetIndex index = places(part, number);
    for (Block block : blocks) {
      int last = Block.page(index, block.to() - 1);
      for (int page = Block.page(index, block.from()); page <= last; page++) {
        wanted.add(new PageKey(part.file.path(), part.rowGroup, number, page));
      }
    }
  }

  private void append(ColumnBatch target, Part part, Block block, PageCache.Found found)
      throws IOException {
    List<Block> runs = meeting(part, block, found);
    if (runs.isEmpty()) {
      return;
    }
    int begin = target.rows;
    int count = runs.stream().mapToInt(Block::rows).sum();
    target.reserve(count);
    for (ColumnValues column : target.columns()) {
      String name = column.column.name();
      if (isKey(name)) {
        fill(column, begin, begin + count);
      } else if (part.file.column(name) < 0) {
        for (int row = begin; row < begin + count; row++) {
          column.setNull(row);
        }
      } else {
        read(column, begin, part, block, runs, found);
      }
    }
    target.rows = begin + count;
  }

  /** The rows of a block that meet all conditions. */
  private List<Block> meeting(Part part, Block block, PageCache.Found found) throws IOException {
    boolean[] left = new boolean[block.rows()];
    Map<String, ColumnValues> known = new HashMap<>();
    for (Condition each : part.open) {
      ColumnValues values = known.get(each.column());
      if (values == null) {
        values = new ColumnValues(column(each.column()), left.length);
        read(values, 0, part, block, List.of(block), found);
        known.put(each.column(), values);
      }
      for (int i = 0; i < left.length; i++) {
        left[i] |= !each.holds(values, i);
      }
    }
    List<Block> runs = new ArrayList<>();
    int from = 0;
    while (from < left.length) {
      int to = from;
      while (to < left.length && left[to] == left[from]) {
        to++;
      }
      if (!left[from]) {
        runs.add(new Block(block.from() + from, block.from() + to));
      }
      from = to;
    }
    return runs;
  }

  /** A column of the table, whether it was asked for or not: here its type alone matters. */
  private Column column(String name) {
    return all.column(name);
  }

  /** Decodes runs of a block, into rows from {@code begin} on. */
  private void read(
      ColumnValues target,
      int begin,
      Part part,
      Block block,
      List<Block> runs,
      PageCache.Found found)
      throws IOException {
    int number = part.file.column(target.column.name());
    OffsetIndex index = places(part, number);
    int first = Block.page(index, block.from());
    int last = Block.page(index, block.to() - 1);
    List<StoredPage> pages = new ArrayList<>();
    for (int page = first; page <= last; page++) {
      pages.add(found.pages().get(new PageKey(part.file.path(), part.rowGroup, number, page)));
    }
    PageKey dictionary = new PageKey(part.file.path(), part.rowGroup, number, PageKey.DICTIONARY);
    StoredColumn column =
        new StoredColumn(
            part.file.descriptor(number),
            pages.iterator()::next,
            found.dictionaries().get(dictionary));
    long next = index.getFirstRowIndex(first);
    int row = begin;
    try {
      for (Block run : runs) {
        column.skip(run.from() - next);
        column.read(target, row, row + run.rows());
        row += run.rows();
        next = run.to();
      }
    } catch (RuntimeException e) {
      throw part.file.damaged(number, e);
    }
  }

  private void fill(ColumnValues column, int from, int to) {
    switch (column.column.type()) {
      case DATE -> Arrays.fill(column.ints, from, to, (int) day.tradeDate().toEpochDay());
      case INT -> Arrays.fill(column.ints, from, to, day.levels());
      default -> Arrays.fill(column.strings, from, to, day.ticker());
    }
  }
}
