package io.booklake.lake.event;

import io.booklake.book.Fidelity;
import java.io.Serializable;

/**
 * What was written of the order-level book of a ticker-day.
 *
 * @param fidelity how much of the published book is known
 * @param snapshotInterval events from one snapshot to the next
 * @param mboRows rows of {@code mbo}
 * @param snapshotRows rows of {@code book_snapshots}
 * @param orders rows of {@code orders}
 */
public record BookFigures(
    Fidelity fidelity, int snapshotInterval, long mboRows, long snapshotRows, long orders)
    implements Serializable {}
