"""Random jumps, as io.booklake.benchmark.ReaderLoad makes them, by DuckDB over the lake's files, by Spark or by the old
viewer's way.

    reader_peer.py duckdb LAKE JUMPS SEED
    reader_peer.py spark LAKE JUMPS SEED DELTA_JARS
    reader_peer.py viewer LANDING JUMPS SEED

Prints a line of JSON for each operation. The old viewer parses the pair with pandas when a ticker-day is opened and replays
up to 50,000 messages for a book, from an empty one.
"""

import glob
import json
import random
import sys
import time

MESSAGES, CANDLES, EVENTS_PER_CANDLE, REPLAY = 1_000, 300, 50, 50_000


def report(state, name, times):
    times = sorted(times)
    p99 = times[int(0.99 * (len(times) - 1))]
    print(json.dumps({"operation": f"{state}, {name}", "jumps": len(times), "p50": times[len(times) // 2], "p99": p99}))


def measure(state, name, jumps, seed, days, operation):
    chance, times = random.Random(seed), []
    for _ in range(jumps):
        day = chance.choice(days)
        index = int(chance.random() * day["rows"])
        started = time.perf_counter()
        operation(day, index)
        times.append(1_000 * (time.perf_counter() - started))
    report(state, name, times)


def duckdb_way(lake, jumps, seed):
    import duckdb

    duck = duckdb.connect()
    duck.execute("SET parquet_metadata_cache = true")  # Else it reads the footer again for each query.
    parquet = "read_parquet('{}', hive_partitioning = true, union_by_name = true)".format

    def query(table, date):
        # The folder of the date is named, as a person would: the others are not even listed.
        return parquet(f"{lake}/{table}/trade_date={date}/*.parquet" if date else f"{lake}/{table}/*.parquet")

    sql_way(lambda text: duck.execute(text).fetchall(), query, jumps, seed)


def spark_way(lake, jumps, seed, jars):
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.jars", jars)
        .config("spark.driver.memory", "4g")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .getOrCreate()
    )

    def query(table, date):
        table = f"delta.`{lake}/{table}`"
        return f"(SELECT * FROM {table} WHERE trade_date = DATE'{date}')" if date else table

    sql_way(lambda text: [tuple(row) for row in spark.sql(text).collect()], query, jumps, seed)
    spark.stop()


def sql_way(execute, source, jumps, seed):
    """By an engine that takes SQL; source(table, date) is the rows of a date, or of all, for its FROM."""
    days = [
        {"date": str(date), "ticker": ticker, "levels": levels, "rows": rows}
        for date, ticker, levels, rows in execute(
            f"SELECT trade_date, ticker, levels, max(row_count) FROM {source('ticker_days', None)} GROUP BY 1, 2, 3"
        )
    ]

    def rows(day, table, condition, columns="*"):
        return execute(
            f"SELECT {columns} FROM {source(table, day['date'])}"
            f" WHERE ticker = '{day['ticker']}' AND levels = {day['levels']} AND {condition}"
        )

    def book(day, index):
        snapshot = index - index % 1_000
        orders = {
            row[0]: row[1:]
            for row in rows(
                day, "book_snapshots", f"snapshot_index = {snapshot} AND order_id IS NOT NULL", "order_id, side, price, size"
            )
        }
        changes = rows(
            day,
            "mbo",
            f"event_index > {snapshot} AND event_index <= {index} ORDER BY event_index, sequence",
            "action, order_id, side, price, remaining_size",
        )
        for action, order, *rest in changes:
            if action == "remove":
                del orders[order]
            else:
                orders[order] = rest
        return orders, rows(day, "depth", f"event_index = {index}")

    def candles(day, index):
        first = index - index % EVENTS_PER_CANDLE
        last = first + CANDLES * EVENTS_PER_CANDLE - 1
        return rows(day, "candles", f"bar_spec = 'events:50' AND end_index >= {first} AND start_index <= {last}")

    operations = {
        "1,000 messages": lambda day, i: rows(day, "messages", f"event_index BETWEEN {i} AND {i + MESSAGES - 1}"),
        "depth row": lambda day, i: rows(day, "depth", f"event_index = {i}"),
        "L3 book": book,
        "300 candles": candles,
        "next execution": lambda day, i: rows(day, "messages", f"event_type = 4 AND event_index > {i}", "min(event_index)"),
    }
    for state, count in (("cold", max(10, jumps // 10)), ("warm", jumps)):
        for name, operation in operations.items():
            measure(state, name, count, seed, days, operation)


def viewer_way(landing, jumps, seed):
    import pandas

    names = ["time", "type", "order_id", "size", "price", "direction"]
    pairs = sorted(glob.glob(f"{landing}/*_message_*.csv"))
    days = [{"message": pair, "orderbook": pair.replace("_message_", "_orderbook_"), "rows": None} for pair in pairs]
    loads = []
    for day in days[:2]:
        started = time.perf_counter()
        day["messages"] = pandas.read_csv(day["message"], header=None, names=names)
        day["book"] = pandas.read_csv(day["orderbook"], header=None)
        day["rows"] = len(day["messages"])
        loads.append(1_000 * (time.perf_counter() - started))
    report("cold", "load the pair", loads)

    def book(day, index):
        orders = {}
        for row in day["messages"].iloc[max(0, index - REPLAY) : index + 1].itertuples(index=False):
            if row.type == 1:
                orders[row.order_id] = [row.size, row.price, row.direction]
            elif row.type in (2, 4) and row.order_id in orders:
                orders[row.order_id][0] -= row.size
                if orders[row.order_id][0] <= 0:
                    del orders[row.order_id]
            elif row.type == 3:
                orders.pop(row.order_id, None)
        return orders

    def candles(day, index):
        first = index - index % EVENTS_PER_CANDLE
        part = day["messages"].iloc[first : first + CANDLES * EVENTS_PER_CANDLE].reset_index()
        trades = part[part.type.isin((4, 5))]
        return trades.groupby(trades["index"] // EVENTS_PER_CANDLE).price.agg(["first", "max", "min", "last"])

    def execution(day, index):
        later = day["messages"].iloc[index + 1 :]
        return later.index[later.type == 4].min()

    operations = {
        "1,000 messages": lambda day, i: day["messages"].iloc[i : i + MESSAGES],
        "depth row": lambda day, i: day["book"].iloc[i],
        "L3 book": book,
        "300 candles": candles,
        "next execution": execution,
    }
    for name, operation in operations.items():
        measure("warm", name, max(10, jumps // 20), seed, days[:2], operation)


if __name__ == "__main__":
    ways = {"duckdb": duckdb_way, "spark": spark_way, "viewer": viewer_way}
    ways[sys.argv[1]](sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])
