package io.booklake.lake;

/**
 * How much a step of a run did.
 *
 * @param events taken in, derived from or read back
 * @param rowsWritten in all tables together
 * @param bytesWritten of data files
 * @param csvBytes read from the landing zone, unpacked
 * @param published ticker-days that are published in a new version
 * @param unchanged ticker-days that were found to be as they should
 * @param rejected pairs and files quarantined; ticker-days that differ from what they should be, or
 *     that another run published first
 */
public record StepFigures(
    long events,
    long rowsWritten,
    long bytesWritten,
    long csvBytes,
    long published,
    long unchanged,
    long rejected) {
  /** Of a step that did not come to its end, or counts nothing. */
  public static final StepFigures NONE = new StepFigures(0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public StepFigures plus(StepFigures other) {
    return new StepFigures(
        events + other.events,
        rowsWritten + other.rowsWritten,
        bytesWritten + other.bytesWritten,
        csvBytes + other.csvBytes,
        published + other.published,
        unchanged + other.unchanged,
        rejected + other.rejected);
  }
}
