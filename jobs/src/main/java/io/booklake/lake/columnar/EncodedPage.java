package io.booklake.lake.columnar;

/**
 * A page that waits for the end of its row group, since a file has one column behind the other.
 *
 * @param levels pairs of levels
 * @param absent those of them that stand for no value
 * @param values encoded
 * @param isCompressed whether they are compressed, too
 * @param plainBytes of the values before that
 * @param hasOrder whether any two of its values are in order
 * @param range null if it has no value, or none that is in order with the others
 */
record EncodedPage(
    int rows,
    int levels,
    int absent,
    PageBytes repetition,
    PageBytes definition,
    PageEncoding encoding,
    PageBytes values,
    boolean isCompressed,
    int plainBytes,
    boolean hasOrder,
    PageRange range) {
  /** What an object of a page takes besides its bytes. */
  private static final int OBJECT_BYTES = 200;

  /** Bytes in memory. */
  long weight() {
    return (long) OBJECT_BYTES + repetition.length + definition.length + values.length;
  }
}
