"""CSV pairs to messages, depth, 50-event mid candles and volume by price and side, as a DuckDB user would write it.

usage: duckdb_peer.py LANDING OUT
"""

import sys
from pathlib import Path

import duckdb
from pairs import pairs

MESSAGE = "{'time': 'VARCHAR', 'event_type': 'TINYINT', 'order_id': 'BIGINT', 'size': 'BIGINT', 'price': 'BIGINT', 'direction': 'TINYINT'}"


def book_columns(levels):
    names = [
        f"{name}_{level}"
        for level in range(1, levels + 1)
        for name in ("ask_price", "ask_size", "bid_price", "bid_size")
    ]
    return names, "{" + ", ".join(f"'{name}': 'BIGINT'" for name in names) + "}"


def empty_as_null(name):
    if "_price_" not in name:
        return name
    return f"nullif({name}, {'9999999999' if name.startswith('ask') else '-9999999999'}) AS {name}"


def take(duck, stem, message_file, book_file, out):
    ticker, date, _, _, _, levels = stem.split("_")
    names, types = book_columns(int(levels))
    key = f"'{ticker}' AS ticker, DATE '{date}' AS trade_date, {levels} AS levels"
    write = lambda query, table: duck.execute(
        f"COPY ({query}) TO '{out / table / stem}.parquet' (FORMAT parquet, COMPRESSION zstd)"
    )
    duck.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE message AS
        SELECT row_number() OVER () - 1 AS event_index,
               CAST(CAST(time AS DECIMAL(28, 9)) * 1000000000 AS BIGINT) AS time_ns,
               event_type, order_id, size, price, direction, {key}
        FROM read_csv('{message_file}', header = false, columns = {MESSAGE})"""
    )
    duck.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE book AS
        SELECT row_number() OVER () - 1 AS event_index, {', '.join(map(empty_as_null, names))}, {key}
        FROM read_csv('{book_file}', header = false, columns = {types})"""
    )
    write("FROM message", "messages")
    write("SELECT book.*, time_ns FROM book POSITIONAL JOIN (SELECT time_ns FROM message)", "depth")
    write(
        """
        SELECT event_index // 50 AS event_index, ticker, trade_date, levels,
               first(mid ORDER BY event_index) / 20000 AS mid_open, max(mid) / 20000 AS mid_high,
               min(mid) / 20000 AS mid_low, last(mid ORDER BY event_index) / 20000 AS mid_close
        FROM (SELECT *, ask_price_1 + bid_price_1 AS mid FROM book)
        WHERE mid IS NOT NULL GROUP BY ALL ORDER BY ALL""",
        "candles",
    )
    write(
        """
        SELECT price // 100 * 100 AS price, direction, ticker, trade_date, levels, sum(size)::BIGINT AS volume
        FROM message WHERE event_type IN (4, 5) GROUP BY ALL ORDER BY ALL""",
        "profile",
    )


def main(landing, out):
    for table in ("messages", "depth", "candles", "profile"):
        (out / table).mkdir(parents=True, exist_ok=True)
    duck = duckdb.connect()
    for stem, message_file, book_file in pairs(landing):
        take(duck, stem, message_file, book_file, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
