package io.booklake.aggregate;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.Table;

/** The rows of a ticker-day while they are made, with its key in every one. */
final class TableRows {
  private static final int FIRST_CAPACITY = 1024;

  final ColumnBatch batch;
  private final ColumnValues tradeDate;
  private final ColumnValues ticker;
  private final ColumnValues levels;
  private Session session;

  TableRows(Table table) {
    batch = new ColumnBatch(table, FIRST_CAPACITY);
    tradeDate = batch.column("trade_date");
    ticker = batch.column("ticker");
    levels = batch.column("levels");
  }

  void begin(Session of) {
    session = of;
    batch.clear();
  }

  /** One more row, whose other columns the caller fills. */
  int next() {
    int row = batch.append();
    tradeDate.ints[row] = Math.toIntExact(session.tickerDay().tradeDate().toEpochDay());
    ticker.strings[row] = session.tickerDay().ticker();
    levels.ints[row] = session.tickerDay().levels();
    return row;
  }

  ColumnValues column(String name) {
    return batch.column(name);
  }
}
