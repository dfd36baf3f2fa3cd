package io.booklake.lake;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import java.time.Instant;

/** The two files of a ticker-day as they were when it was taken in. */
public record DeliveredPair(DeliveredFile message, DeliveredFile orderbook) {
  /**
   * One of them.
   *
   * @param location where it lay, as {@code SourceFile.location} has it
   * @param textBytes of its CSV text, unpacked
   * @param storedBytes as it lay there; null where an older version of booklake took it in
   * @param modifiedAt when it last changed; null where a later change might bear the same time
   */
  public record DeliveredFile(
      String location, long textBytes, Long storedBytes, Instant modifiedAt) {

    /** The text is the same as then, unless somebody gave another file of this size its time. */
    private boolean isStill(SourceFile file) {
      return file.location().equals(location)
          && modifiedAt != null
          && modifiedAt.toEpochMilli() == file.modifiedMillis()
          && storedBytes != null
          && storedBytes == file.storedBytes();
    }
  }

  /** Whether the files of a pair are these and have not been written since. */
  public boolean isOf(Pair pair) {
    return message.isStill(pair.message()) && orderbook.isStill(pair.orderbook());
  }

  /** Bytes of both CSV texts, unpacked. */
  public long textBytes() {
    return message.textBytes + orderbook.textBytes;
  }
}
