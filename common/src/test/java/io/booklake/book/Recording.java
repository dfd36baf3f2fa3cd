package io.booklake.book;

import java.util.ArrayList;
import java.util.List;

/** Everything that a rebuilding hands out, as rows. */
final class Recording implements MboSink, OrderSink {

  record Change(
      long eventIndex,
      int sequence,
      Action action,
      long orderId,
      byte direction,
      long priceTicks,
      long sizeChange,
      long remaining,
      Origin origin) {}

  /** {@code orderId} and {@code entryIndex} are null for a residual, whose position is 0. */
  record SnapshotRow(
      long snapshotIndex,
      byte direction,
      int level,
      long priceTicks,
      int queuePosition,
      Long orderId,
      long size,
      Long entryIndex,
      Long entryTimeNanos,
      Origin origin) {}

  record Life(
      long orderId,
      byte direction,
      long priceTicks,
      long entryIndex,
      long entryTimeNanos,
      long exitIndex,
      long exitTimeNanos,
      long entrySize,
      long filled,
      long cancelled,
      long queueAhead,
      ExitReason exitReason,
      Origin origin) {}

  final List<Change> changes = new ArrayList<>();
  final List<SnapshotRow> snapshots = new ArrayList<>();
  final List<Life> lives = new ArrayList<>();
  Fidelity fidelity;

  /** Rebuilds a day with the engine. */
  static Recording of(Day day, int snapshotInterval, int batchCapacity) {
    Recording recording = new Recording();
    Hindsight hindsight = new Hindsight();
    day.batches(batchCapacity, hindsight::add);
    BookRebuilder rebuilder =
        new BookRebuilder(
            hindsight,
            day.levels,
            recording,
            recording.new Snapshots(),
            recording,
            snapshotInterval);
    day.batches(batchCapacity, rebuilder::add);
    recording.fidelity = rebuilder.finish();
    return recording;
  }

  @Override
  public void change(
      long eventIndex,
      int sequence,
      Action action,
      long orderId,
      byte direction,
      long priceTicks,
      long sizeChange,
      long remaining,
      Origin origin) {
    changes.add(
        new Change(
            eventIndex,
            sequence,
            action,
            orderId,
            direction,
            priceTicks,
            sizeChange,
            remaining,
            origin));
  }

  @Override
  public void order(
      long orderId,
      byte direction,
      long priceTicks,
      long entryIndex,
      long entryTimeNanos,
      long exitIndex,
      long exitTimeNanos,
      long entrySize,
      long filled,
      long cancelled,
      long queueAhead,
      ExitReason exitReason,
      Origin origin) {
    lives.add(
        new Life(
            orderId,
            direction,
            priceTicks,
            entryIndex,
            entryTimeNanos,
            exitIndex,
            exitTimeNanos,
            entrySize,
            filled,
            cancelled,
            queueAhead,
            exitReason,
            origin));
  }

  final class Snapshots implements SnapshotSink {
    @Override
    public void residual(
        long snapshotIndex, byte direction, int level, long priceTicks, long size) {
      snapshots.add(
          new SnapshotRow(
              snapshotIndex,
              direction,
              level,
              priceTicks,
              0,
              null,
              size,
              null,
              null,
              Origin.RESIDUAL));
    }

    @Override
    public void order(
        long snapshotIndex,
        byte direction,
        int level,
        long priceTicks,
        int queuePosition,
        long orderId,
        long size,
        long entryIndex,
        long entryTimeNanos,
        Origin origin) {
      snapshots.add(
          new SnapshotRow(
              snapshotIndex,
              direction,
              level,
              priceTicks,
              queuePosition,
              orderId,
              size,
              entryIndex,
              entryTimeNanos,
              origin));
    }
  }
}
