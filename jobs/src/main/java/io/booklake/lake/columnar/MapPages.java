package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A column of maps: two leaves, keys and values, whose definition levels tell a NULL map, an empty
 * one, an entry that is NULL and one that is not apart.
 */
final class MapPages extends ColumnPages {
  private static final int NULL_MAP = 0;
  private static final int EMPTY_MAP = 1;
  private static final int KEY = 2;
  private static final int NULL_VALUE = 2;
  private static final int VALUE = 3;
  private static final int FIRST = 0;
  private static final int FURTHER = 1;

  private final StringValues keyValues;
  private final Leaf keys;
  private final Leaf values;
  private final Consumer<Object> addValue;
  private final Levels repetition;
  private final Levels keyDefinition;
  private final Levels valueDefinition;
  private int rows;
  private int levels;
  private int absentKeys;
  private int absentValues;
  private long fileNulls;

  MapPages(PagePacking packing, String name, ColumnType type) {
    repetition = new Levels(FURTHER, packing);
    keyDefinition = new Levels(KEY, packing);
    valueDefinition = new Levels(VALUE, packing);
    keyValues = new StringValues(packing);
    keys =
        new Leaf(
            PhysicalType.BYTE_ARRAY,
            packing,
            keyValues,
            name,
            ParquetSchema.ENTRY,
            ParquetSchema.KEY);
    PageValues entries;
    switch (type) {
      case STRING_TO_LONG -> {
        NumberValues longs = new NumberValues(false, packing);
        addValue = value -> longs.add((Long) value);
        entries = longs;
      }
      case STRING_TO_DOUBLE -> {
        DoubleValues doubles = new DoubleValues();
        addValue = value -> doubles.add((Double) value);
        entries = doubles;
      }
      case STRING_TO_STRING -> {
        StringValues strings = new StringValues(packing);
        addValue = value -> strings.add((String) value);
        entries = strings;
      }
      default -> throw new IllegalArgumentException(type + " is no type of maps");
    }
    PhysicalType stored = ParquetSchema.physical(ParquetSchema.valuesOf(type));
    values = new Leaf(stored, packing, entries, name, ParquetSchema.ENTRY, ParquetSchema.VALUE);
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        addWithoutEntry(NULL_MAP);
        fileNulls++;
      } else if (column.maps[row].isEmpty()) {
        addWithoutEntry(EMPTY_MAP);
      } else {
        addEntries(column.maps[row]);
      }
      if (++rows == ColumnarFile.PAGE_ROWS) {
        endPage();
      }
    }
  }

  private void addWithoutEntry(int level) {
    repetition.add(FIRST, 1);
    keyDefinition.add(level, 1);
    valueDefinition.add(level, 1);
    levels++;
    absentKeys++;
    absentValues++;
  }

  private void addEntries(Map<String, ?> map) {
    int level = FIRST;
    for (Map.Entry<String, ?> entry : map.entrySet()) {
      repetition.add(level, 1);
      level = FURTHER;
      keyDefinition.add(KEY, 1);
      keyValues.add(entry.getKey());
      if (entry.getValue() == null) {
        valueDefinition.add(NULL_VALUE, 1);
        absentValues++;
      } else {
        valueDefinition.add(VALUE, 1);
        addValue.accept(entry.getValue());
      }
      levels++;
    }
  }

  private void endPage() {
    PageBytes repetitionLevels = repetition.end();
    keys.endPage(rows, levels, absentKeys, repetitionLevels, keyDefinition.end());
    values.endPage(rows, levels, absentValues, repetitionLevels, valueDefinition.end());
    rows = 0;
    levels = 0;
    absentKeys = 0;
    absentValues = 0;
  }

  @Override
  void endRowGroup(ParquetOutput file) throws IOException {
    if (rows > 0) {
      endPage();
    }
    keys.endRowGroup(file);
    values.endRowGroup(file);
  }

  @Override
  long bufferedBytes() {
    return keys.bufferedBytes() + values.bufferedBytes();
  }

  /** Maps have no order: only the NULLs among them are known. */
  @Override
  ColumnRange range() {
    return new ColumnRange(null, null, fileNulls);
  }
}
