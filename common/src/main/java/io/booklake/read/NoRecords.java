package io.booklake.read;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Parquet's columns want somebody who assembles records: here nobody does. */
final class NoRecords extends GroupConverter {
  private static final PrimitiveConverter NO_VALUE = new PrimitiveConverter() {};

  @Override
  public Converter getConverter(int field) {
    return NO_VALUE;
  }

  @Override
  public void start() {
    // There is no record to begin.
  }

  @Override
  public void end() {
    // There is no record to end.
  }
}
