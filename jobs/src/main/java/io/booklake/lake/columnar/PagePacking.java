package io.booklake.lake.columnar;

import java.io.Closeable;

/**
 * What packs and compresses the pages of a writer, one after the other. All columns share it: what
 * each of them would hold in memory for itself is more than the pages themselves.
 */
final class PagePacking implements Closeable {
  final RunLengthPacking runs = new RunLengthPacking();
  final DeltaPacking ints = new DeltaPacking(true);
  final DeltaPacking longs = new DeltaPacking(false);
  final PageCompressor compressor = new PageCompressor();

  /** The values of a page as references to a dictionary, until they are packed. */
  final Runs references = new Runs();

  @Override
  public void close() {
    compressor.close();
  }
}
