package io.booklake.source;

import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** One column computed from the row number; subclasses give the one type they have. */
abstract class EventVector extends ColumnVector {

  private EventVector(DataType type) {
    super(type);
  }

  static ColumnVector ofLongs(IntToLongFunction values) {
    return new Longs(DataTypes.LongType, values, Long.MIN_VALUE);
  }

  /** Longs that are NULL where they are {@code empty}. */
  static ColumnVector ofLongs(IntToLongFunction values, long empty) {
    return new Longs(DataTypes.LongType, values, empty);
  }

  static ColumnVector ofTimestamps(IntToLongFunction micros) {
    return new Longs(DataTypes.TimestampType, micros, Long.MIN_VALUE);
  }

  static ColumnVector ofInts(IntUnaryOperator values) {
    return new Ints(values);
  }

  static ColumnVector ofStrings(IntFunction<String> values) {
    return new Strings(values);
  }

  private static final class Longs extends EventVector {
    private final IntToLongFunction values;
    private final long empty;

    Longs(DataType type, IntToLongFunction values, long empty) {
      super(type);
      this.values = values;
      this.empty = empty;
    }

    @Override
    public boolean isNullAt(int row) {
      return values.applyAsLong(row) == empty;
    }

    @Override
    public long getLong(int row) {
      return values.applyAsLong(row);
    }
  }

  private static final class Ints extends EventVector {
    private final IntUnaryOperator values;

    Ints(IntUnaryOperator values) {
      super(DataTypes.IntegerType);
      this.values = values;
    }

    @Override
    public int getInt(int row) {
      return values.applyAsInt(row);
    }
  }

  private static final class Strings extends EventVector {
    private final IntFunction<String> values;

    Strings(IntFunction<String> values) {
      super(DataTypes.StringType);
      this.values = values;
    }

    @Override
    public boolean isNullAt(int row) {
      return values.apply(row) == null;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return UTF8String.fromString(values.apply(row));
    }
  }

  @Override
  public void close() {}

  @Override
  public boolean hasNull() {
    return true;
  }

  @Override
  public int numNulls() {
    throw otherType();
  }

  @Override
  public boolean isNullAt(int row) {
    return false;
  }

  @Override
  public boolean getBoolean(int row) {
    throw otherType();
  }

  @Override
  public byte getByte(int row) {
    throw otherType();
  }

  @Override
  public short getShort(int row) {
    throw otherType();
  }

  @Override
  public int getInt(int row) {
    throw otherType();
  }

  @Override
  public long getLong(int row) {
    throw otherType();
  }

  @Override
  public float getFloat(int row) {
    throw otherType();
  }

  @Override
  public double getDouble(int row) {
    throw otherType();
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw otherType();
  }

  @Override
  public ColumnarMap getMap(int ordinal) {
    throw otherType();
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw otherType();
  }

  @Override
  public UTF8String getUTF8String(int row) {
    throw otherType();
  }

  @Override
  public byte[] getBinary(int row) {
    throw otherType();
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw otherType();
  }

  private UnsupportedOperationException otherType() {
    return new UnsupportedOperationException("this column is of type " + dataType().simpleString());
  }
}
