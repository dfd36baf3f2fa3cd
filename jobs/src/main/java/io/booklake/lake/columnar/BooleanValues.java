package io.booklake.lake.columnar;

import io.booklake.table.ColumnValues;

/** True or false, as runs. */
final class BooleanValues extends PageValues {
  private static final byte[] FALSE = {0};
  private static final byte[] TRUE = {1};

  private final Runs runs = new Runs();
  private final RunLengthPacking packing;
  private boolean anyFalse;
  private boolean anyTrue;
  private boolean fileAnyFalse;
  private boolean fileAnyTrue;

  BooleanValues(PagePacking packing) {
    this.packing = packing.runs;
  }

  @Override
  void add(ColumnValues column, int from, int to) {
    boolean[] values = column.booleans;
    boolean[] isNull = column.isNull;
    boolean hasNulls = column.hasNulls;
    for (int row = from; row < to; row++) {
      if (!hasNulls || !isNull[row]) {
        boolean value = values[row];
        runs.add(value ? 1 : 0, 1);
        anyTrue |= value;
        anyFalse |= !value;
      }
    }
  }

  @Override
  PageBytes bytes() {
    return packing.packBooleans(runs);
  }

  @Override
  PageEncoding encoding() {
    return PageEncoding.RLE;
  }

  @Override
  PageRange range() {
    boolean empty = !anyFalse && !anyTrue;
    return empty ? null : new PageRange(anyFalse ? FALSE : TRUE, anyTrue ? TRUE : FALSE);
  }

  @Override
  void endPage() {
    runs.clear();
    fileAnyFalse |= anyFalse;
    fileAnyTrue |= anyTrue;
    anyFalse = false;
    anyTrue = false;
  }

  @Override
  Comparable<?> min() {
    return unlessEmpty(!fileAnyFalse);
  }

  @Override
  Comparable<?> max() {
    return unlessEmpty(fileAnyTrue);
  }

  private Boolean unlessEmpty(boolean end) {
    boolean empty = !fileAnyFalse && !fileAnyTrue;
    return empty ? null : end;
  }
}
