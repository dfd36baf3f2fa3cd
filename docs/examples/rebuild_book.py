"""Rebuilds the order-level book of a ticker-day from snapshot + mbo + depth, and checks itself at 100 random indexes.

usage: rebuild_book.py LAKE TICKER DATE LEVELS        (Polars with delta-rs: pip install polars deltalake)
"""

import random
import sys

import polars as pl

lake, ticker, date, levels = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
key = (pl.col("ticker") == ticker) & (pl.col("trade_date") == pl.lit(date).str.to_date()) & (pl.col("levels") == levels)
day = pl.scan_delta(f"{lake}/ticker_days").filter(key).collect().row(0, named=True)


def rows(table, *where):
    return pl.scan_delta(f"{lake}/{table}", version=day["table_versions"][table]).filter(key, *where).collect()


def book(index):
    """Both sides as the row of depth shows them: [(level, price, residual, [(order_id, size), ...])]; orders out of sight."""
    snapshot = index - index % day["snapshot_interval"]
    seen = rows("book_snapshots", pl.col("snapshot_index") == snapshot, pl.col("order_id").is_not_null())
    orders = {order["order_id"]: (order["side"], order["price"], order["size"]) for order in seen.iter_rows(named=True)}
    changes = rows("mbo", pl.col("event_index") > snapshot, pl.col("event_index") <= index)
    for change in changes.sort("event_index", "sequence").iter_rows(named=True):
        if change["action"] == "remove":
            del orders[change["order_id"]]
        else:  # add or reduce
            orders[change["order_id"]] = (change["side"], change["price"], change["remaining_size"])
    row, sides = rows("depth", pl.col("event_index") == index).row(0, named=True), {"bid": [], "ask": []}
    for side, level in [(side, level) for side in sides for level in range(1, levels + 1) if row[f"{side}_size_{level}"]]:
        price, size = row[f"{side}_price_{level}"], row[f"{side}_size_{level}"]
        queue = sorted((id, order[2]) for id, order in orders.items() if order[:2] == (side, price))
        for id, _ in queue:
            del orders[id]
        sides[side].append((level, price, size - sum(size for _, size in queue), queue))
    return sides, orders


if __name__ == "__main__":
    indexes = random.Random(2012).sample(range(day["row_count"]), min(100, day["row_count"]))
    for index in indexes:
        sides, hidden = book(index)
        for side, shown in sides.items():
            assert all(residual >= 0 for _, _, residual, _ in shown), f"more known than published at {index}: {shown}"
            edge = shown[-1][1] if len(shown) == levels else None
            for _, price, _ in (order for order in hidden.values() if order[0] == side):
                assert edge and (price < edge if side == "bid" else price > edge), f"{side} {price} not shown at {index}"
    print(f"{ticker} {date}: {len(indexes)} books agree with the published rows")
