package io.booklake.lake.event;

import io.booklake.book.Origin;
import io.booklake.book.SnapshotSink;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.model.Direction;
import io.booklake.model.TickerDay;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;

/** Snapshots of the order-level book as rows of {@code book_snapshots}. */
final class SnapshotRows implements SnapshotSink {
  private final DayRows rows;
  private final long[] snapshotIndexes;
  private final String[] sides;
  private final ColumnValues levels;
  private final long[] prices;
  private final int[] queuePositions;
  private final ColumnValues orderIds;
  private final long[] sizes;
  private final ColumnValues entryIndexes;
  private final ColumnValues entryTimes;
  private final String[] origins;

  SnapshotRows(ColumnarWriter writer) {
    rows = new DayRows(writer, new ColumnBatch(TableCatalog.BOOK_SNAPSHOTS, DayRows.CAPACITY));
    snapshotIndexes = rows.longs("snapshot_index");
    sides = rows.strings("side");
    levels = rows.column("level");
    prices = rows.longs("price");
    queuePositions = rows.ints("queue_position");
    orderIds = rows.column("order_id");
    sizes = rows.longs("size");
    entryIndexes = rows.column("entry_index");
    entryTimes = rows.column("entry_time_ns");
    origins = rows.strings("origin");
  }

  void begin(TickerDay tickerDay) {
    rows.begin(tickerDay);
  }

  @Override
  public void residual(long snapshotIndex, byte direction, int level, long priceTicks, long size) {
    int row = add(snapshotIndex, direction, level, priceTicks, 0, size, Origin.RESIDUAL);
    orderIds.setNull(row);
    entryIndexes.setNull(row);
    entryTimes.setNull(row);
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
    int row = add(snapshotIndex, direction, level, priceTicks, queuePosition, size, origin);
    orderIds.longs[row] = orderId;
    entryIndexes.longs[row] = entryIndex;
    entryTimes.longs[row] = entryTimeNanos;
  }

  private int add(
      long snapshotIndex,
      byte direction,
      int level,
      long priceTicks,
      int queuePosition,
      long size,
      Origin origin) {
    int row = rows.next();
    snapshotIndexes[row] = snapshotIndex;
    sides[row] = Direction.side(direction);
    if (level == OUT_OF_SIGHT) {
      levels.setNull(row);
    } else {
      levels.ints[row] = level;
    }
    prices[row] = priceTicks;
    queuePositions[row] = queuePosition;
    sizes[row] = size;
    origins[row] = origin.word();
    return row;
  }

  long end() {
    return rows.end();
  }
}
