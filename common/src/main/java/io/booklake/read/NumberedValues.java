package io.booklake.read;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/** Values of a page that are numbers of a dictionary's. */
final class NumberedValues extends ValuesReader {
  private final Dictionary dictionary;
  private HybridRuns numbers;

  NumberedValues(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  @Override
  public void initFromPage(int count, ByteBufferInputStream bytes) throws IOException {
    // A page of NULL alone may leave out even the width.
    int width = Math.max(0, bytes.read());
    numbers = new HybridRuns(width, bytes);
  }

  @Override
  public Binary readBytes() {
    return dictionary.decodeToBinary(numbers.next());
  }

  @Override
  public int readInteger() {
    return dictionary.decodeToInt(numbers.next());
  }

  @Override
  public long readLong() {
    return dictionary.decodeToLong(numbers.next());
  }

  @Override
  public double readDouble() {
    return dictionary.decodeToDouble(numbers.next());
  }

  @Override
  public void skip() {
    numbers.next();
  }
}
