package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;

/** True or false, as runs. */
final class BooleanValues extends PageValues {
  private final RunLengthBitPackingHybridValuesWriter encoder =
      new RunLengthBitPackingHybridValuesWriter(
          1, SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance());
  private boolean anyFalse;
  private boolean anyTrue;
  private boolean fileAnyFalse;
  private boolean fileAnyTrue;

  @Override
  void add(ColumnValues column, int from, int to) {
    boolean[] values = column.booleans;
    boolean[] isNull = column.isNull;
    boolean hasNulls = column.hasNulls;
    for (int row = from; row < to; row++) {
      if (!hasNulls || !isNull[row]) {
        boolean value = values[row];
        encoder.writeBoolean(value);
        anyTrue |= value;
        anyFalse |= !value;
      }
    }
  }

  @Override
  BytesInput bytes() {
    return encoder.getBytes();
  }

  @Override
  Encoding encoding() {
    return Encoding.RLE;
  }

  @Override
  void describe(Statistics<?> page) {
    if (anyFalse || anyTrue) {
      ((BooleanStatistics) page).setMinMax(!anyFalse, anyTrue);
    }
  }

  @Override
  void endPage() {
    encoder.reset();
    fileAnyFalse |= anyFalse;
    fileAnyTrue |= anyTrue;
    anyFalse = false;
    anyTrue = false;
  }

  @Override
  Comparable<?> min() {
    return range(!fileAnyFalse);
  }

  @Override
  Comparable<?> max() {
    return range(fileAnyTrue);
  }

  private Boolean range(boolean end) {
    boolean empty = !fileAnyFalse && !fileAnyTrue;
    return empty ? null : end;
  }
}
