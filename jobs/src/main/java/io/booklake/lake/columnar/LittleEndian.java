package io.booklake.lake.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays of bytes, the lowest byte first, as the Parquet format has them everywhere. */
final class LittleEndian {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static byte[] bytes(int value) {
    byte[] bytes = new byte[Integer.BYTES];
    INTS.set(bytes, 0, value);
    return bytes;
  }

  static byte[] bytes(long value) {
    byte[] bytes = new byte[Long.BYTES];
    LONGS.set(bytes, 0, value);
    return bytes;
  }
}
