package io.booklake.lake.columnar;

import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnType;
import io.booklake.table.ColumnValues;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

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

  private final StringValues keyValues = new StringValues();
  private final Leaf keys;
  private final Leaf values;
  private final Consumer<Object> addValue;
  private final RunLengthBitPackingHybridEncoder repetition = Leaf.levels(FURTHER);
  private final RunLengthBitPackingHybridEncoder keyDefinition = Leaf.levels(KEY);
  private final RunLengthBitPackingHybridEncoder valueDefinition = Leaf.levels(VALUE);
  private int rows;
  private int levels;
  private int absentKeys;
  private int absentValues;
  private long fileNulls;

  MapPages(MessageType schema, PageCompressor compressor, String name, ColumnType type) {
    keys = new Leaf(schema, compressor, keyValues, name, ParquetSchema.ENTRY, ParquetSchema.KEY);
    PageValues entries;
    switch (type) {
      case STRING_TO_LONG -> {
        NumberValues longs = new NumberValues(false);
        addValue = value -> longs.add((Long) value);
        entries = longs;
      }
      case STRING_TO_DOUBLE -> {
        DoubleValues doubles = new DoubleValues();
        addValue = value -> doubles.add((Double) value);
        entries = doubles;
      }
      case STRING_TO_STRING -> {
        StringValues strings = new StringValues();
        addValue = value -> strings.add((String) value);
        entries = strings;
      }
      default -> throw new IllegalArgumentException(type + " is no type of maps");
    }
    values = new Leaf(schema, compressor, entries, name, ParquetSchema.ENTRY, ParquetSchema.VALUE);
  }

  @Override
  void add(ColumnValues column, int from, int to) throws IOException {
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

  private void addWithoutEntry(int level) throws IOException {
    repetition.writeInt(FIRST);
    keyDefinition.writeInt(level);
    valueDefinition.writeInt(level);
    levels++;
    absentKeys++;
    absentValues++;
  }

  private void addEntries(Map<String, ?> map) throws IOException {
    int level = FIRST;
    for (Map.Entry<String, ?> entry : map.entrySet()) {
      repetition.writeInt(level);
      level = FURTHER;
      keyDefinition.writeInt(KEY);
      keyValues.add(entry.getKey());
      if (entry.getValue() == null) {
        valueDefinition.writeInt(NULL_VALUE);
        absentValues++;
      } else {
        valueDefinition.writeInt(VALUE);
        addValue.accept(entry.getValue());
      }
      levels++;
    }
  }

  private void endPage() throws IOException {
    BytesInput repetitionLevels = repetition.toBytes(); // an encoder gives them once
    keys.endPage(rows, levels, absentKeys, repetitionLevels, keyDefinition.toBytes());
    values.endPage(rows, levels, absentValues, repetitionLevels, valueDefinition.toBytes());
    repetition.reset();
    keyDefinition.reset();
    valueDefinition.reset();
    rows = 0;
    levels = 0;
    absentKeys = 0;
    absentValues = 0;
  }

  @Override
  void endRowGroup(ParquetFileWriter writer) throws IOException {
    if (rows > 0) {
      endPage();
    }
    keys.endRowGroup(writer);
    values.endRowGroup(writer);
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
