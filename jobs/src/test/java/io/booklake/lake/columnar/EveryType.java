package io.booklake.lake.columnar;

import static io.booklake.table.ColumnType.BOOLEAN;
import static io.booklake.table.ColumnType.DATE;
import static io.booklake.table.ColumnType.DOUBLE;
import static io.booklake.table.ColumnType.INT;
import static io.booklake.table.ColumnType.LONG;
import static io.booklake.table.ColumnType.STRING;
import static io.booklake.table.ColumnType.STRING_TO_DOUBLE;
import static io.booklake.table.ColumnType.STRING_TO_LONG;
import static io.booklake.table.ColumnType.STRING_TO_STRING;
import static io.booklake.table.ColumnType.TIMESTAMP;

import io.booklake.table.Column;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A table with a column of every type, and rows of it: lists of values in the order of the columns,
 * dates as days and instants as microseconds since 1970, null for NULL.
 */
final class EveryType {
  /** 2012-06-21, as days. */
  static final int DAY = 15_512;

  static final Table TABLE =
      new Table(
          "every_type",
          "test",
          "Every type",
          List.of(
              column("yes", BOOLEAN),
              column("count", INT),
              column("trade_date", DATE),
              column("total", LONG),
              column("ratio", DOUBLE),
              column("name", STRING),
              column("day", DATE),
              column("instant", TIMESTAMP),
              column("totals", STRING_TO_LONG),
              column("ratios", STRING_TO_DOUBLE),
              column("names", STRING_TO_STRING)),
          List.of("trade_date"),
          List.of(),
          List.of(
              "yes", "count", "trade_date", "total", "ratio", "name", "day", "instant", "names"));

  /** The same without partitions. */
  static final Table UNPARTITIONED =
      new Table(
          TABLE.name(),
          TABLE.rowPer(),
          TABLE.comment(),
          TABLE.columns(),
          List.of(),
          List.of(),
          TABLE.statisticsColumns());

  private static final List<String> NAMES =
      List.of("", "a", "bid", "ask", "Zürich", "\uFFFD", "\uD83D\uDCC8", "a\u0000b", "'\"\\");

  private EveryType() {}

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, "test");
  }

  /** Values at the ends of their types, each NULL in turn, and all NULL. */
  static List<List<Object>> extremes() {
    Map<String, Object> withNulls = new HashMap<>();
    withNulls.put("", null);
    withNulls.put("\uD83D\uDCC8", Long.MIN_VALUE);
    List<List<Object>> rows = new ArrayList<>();
    rows.add(
        List.of(
            true,
            Integer.MAX_VALUE,
            DAY,
            Long.MAX_VALUE,
            Double.MAX_VALUE,
            "\uD83D\uDCC8",
            40_000,
            4_000_000_000_000_000L,
            withNulls,
            Map.of(),
            Map.of("k", "")));
    rows.add(
        List.of(
            false,
            Integer.MIN_VALUE,
            DAY,
            Long.MIN_VALUE,
            -0.0,
            "",
            -20_000,
            -1_000_000_000_000_001L,
            Map.of(),
            Map.of("NaN", Double.NaN, "zero", -0.0),
            Map.of("", "\u00e9\uFFFD")));
    for (double ratio :
        new double[] {
          0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
        }) {
      rows.add(
          List.of(
              true, 0, DAY, 0L, ratio, "a", 0, 0L, Map.of("a", 1L), Map.of("b", ratio), Map.of()));
    }
    List<Object> full = rows.get(0);
    for (int column = 0; column <= full.size(); column++) {
      List<Object> row = new ArrayList<>(full);
      for (int i = 0; i < row.size(); i++) {
        boolean nulled = i == column || column == full.size();
        if (nulled && !TABLE.columns().get(i).name().equals("trade_date")) {
          row.set(i, null);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  /** Rows of one day as they come, a part of them NULL; a whole thousand of NULLs in one column. */
  static List<List<Object>> random(long seed, int count) {
    Random random = new Random(seed);
    List<List<Object>> rows = new ArrayList<>();
    int allNull = random.nextInt(TABLE.columns().size());
    double nullShare = random.nextInt(3) / 4.0;
    for (int i = 0; i < count; i++) {
      List<Object> row =
          Arrays.asList(
              random.nextBoolean(),
              random.nextInt(1 + random.nextInt(1000)),
              DAY,
              random.nextLong() >> random.nextInt(64),
              random.nextGaussian(),
              NAMES.get(random.nextInt(NAMES.size())),
              random.nextInt(30_000),
              random.nextLong() >> 13,
              map(random, random.nextLong()),
              map(random, random.nextDouble()),
              map(random, NAMES.get(random.nextInt(NAMES.size()))));
      for (int column = 0; column < row.size(); column++) {
        boolean inGap = column == allNull && i / 1000 % 2 == 1;
        if (column != 2 && (inGap || random.nextDouble() < nullShare)) {
          row.set(column, null);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> map(Random random, Object value) {
    Map<String, Object> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(NAMES.get(random.nextInt(NAMES.size())), random.nextInt(4) == 0 ? null : value);
    }
    return map;
  }

  /** The values that are in a file: that of the partition is not. */
  static List<List<Object>> withoutDate(List<List<Object>> rows) {
    return rows.stream()
        .map(
            row -> {
              List<Object> stored = new ArrayList<>(row);
              stored.remove(2);
              return stored;
            })
        .toList();
  }

  /** The rows in batches of {@code size}; what is left is a shorter one. */
  static List<ColumnBatch> batches(Table table, List<List<Object>> rows, int size) {
    List<ColumnBatch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      ColumnBatch batch = new ColumnBatch(table, size);
      for (List<Object> row : rows.subList(from, Math.min(rows.size(), from + size))) {
        for (int column = 0; column < row.size(); column++) {
          set(batch.columns().get(column), batch.rows, row.get(column));
        }
        batch.rows++;
      }
      batches.add(batch);
    }
    return batches;
  }

  @SuppressWarnings("unchecked")
  private static void set(ColumnValues column, int row, Object value) {
    if (value == null) {
      column.setNull(row);
      return;
    }
    switch (column.column.type()) {
      case BOOLEAN -> column.booleans[row] = (Boolean) value;
      case INT, DATE -> column.ints[row] = (Integer) value;
      case LONG, TIMESTAMP -> column.longs[row] = (Long) value;
      case DOUBLE -> column.doubles[row] = (Double) value;
      case STRING -> column.strings[row] = (String) value;
      case STRING_TO_LONG, STRING_TO_DOUBLE, STRING_TO_STRING ->
          column.maps[row] = (Map<String, ?>) value;
    }
  }
}
