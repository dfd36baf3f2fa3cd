package io.booklake.lake.columnar;

import java.util.Arrays;

/** What values of a leaf are stored as, by the numbers of the Parquet format. */
enum PhysicalType {
  BOOLEAN(0) {
    @Override
    int compare(byte[] left, byte[] right) {
      return Arrays.compareUnsigned(left, right);
    }
  },
  INT32(1) {
    @Override
    int compare(byte[] left, byte[] right) {
      return Integer.compare(
          (int) LittleEndian.INTS.get(left, 0), (int) LittleEndian.INTS.get(right, 0));
    }
  },
  INT64(2) {
    @Override
    int compare(byte[] left, byte[] right) {
      return Long.compare(
          (long) LittleEndian.LONGS.get(left, 0), (long) LittleEndian.LONGS.get(right, 0));
    }
  },
  DOUBLE(5) {
    @Override
    int compare(byte[] left, byte[] right) {
      return Double.compare(
          Double.longBitsToDouble((long) LittleEndian.LONGS.get(left, 0)),
          Double.longBitsToDouble((long) LittleEndian.LONGS.get(right, 0)));
    }
  },
  BYTE_ARRAY(6) {
    @Override
    int compare(byte[] left, byte[] right) {
      return Arrays.compareUnsigned(left, right);
    }
  };

  final int number;

  PhysicalType(int number) {
    this.number = number;
  }

  /** The order of two values as they are stored, without the length of a text. */
  abstract int compare(byte[] left, byte[] right);
}
