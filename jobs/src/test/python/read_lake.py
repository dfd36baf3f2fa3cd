"""Reads a lake as its consumers do and prints one JSON object with what each of them saw.

usage: read_lake.py LAKE LANDING ARROW_STREAM BOOKLAKE_JAR DELTA_JARS

The stream holds events 100 to 299 of SIMA, 2024-03-04, 10 levels.
"""

import json
import sys

import deltalake
import duckdb
import polars
from pyspark.sql import SparkSession

lake, landing, arrow_stream, booklake_jar, delta_jars = sys.argv[1:6]
TABLES = [
    "messages",
    "depth",
    "trades",
    "mbo",
    "book_snapshots",
    "orders",
    "candles",
    "volume_profile",
    "depth_metrics",
    "ticker_days",
]


def by_polars(table):
    frame = polars.read_delta(f"{lake}/{table}")
    return [frame.height, len(frame.columns)]


def by_delta_rs(table):
    data = deltalake.DeltaTable(f"{lake}/{table}").to_pyarrow_table()
    return [data.num_rows, data.num_columns]


def by_duckdb(table):
    # DuckDB's own Delta extension is a download; it reads the files that the log names.
    files = deltalake.DeltaTable(f"{lake}/{table}").file_uris()
    source = f"FROM read_parquet({files}, hive_partitioning = true, union_by_name = true)"
    rows = duckdb.sql(f"SELECT count(*) {source}").fetchall()[0][0]
    return [rows, len(duckdb.sql(f"SELECT * {source}").columns)]


def by_spark(spark, table):
    frame = spark.read.format("delta").load(f"{lake}/{table}")
    return [frame.count(), len(frame.columns)]


seen = {}
for name in TABLES:
    seen[name] = {
        "polars": by_polars(name),
        "delta-rs": by_delta_rs(name),
        "duckdb": by_duckdb(name),
    }

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", ",".join([booklake_jar, delta_jars]))
    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.databricks.delta.snapshotPartitions", "2")
    .getOrCreate()
)
for name in TABLES:
    seen[name]["spark"] = by_spark(spark, name)

# The pairs themselves, by the data source in the job jar.
pairs = spark.read.format("lobster").option("table", "paired").load(landing)
seen["lobster"] = {
    "rows": pairs.count(),
    "first": pairs.where("ticker = 'SIMA' AND event_index = 7").select("event_index", "levels").first().asDict(),
}

# A range that booklake's reader wrote for other languages.
stream = polars.read_ipc_stream(arrow_stream)
one_day = (polars.col("ticker") == "SIMA") & (polars.col("levels") == 10)
messages = polars.read_delta(f"{lake}/messages").filter(one_day & polars.col("event_index").is_between(100, 299))
same = messages.select(stream.columns).sort("event_index").equals(stream)
seen["stream"] = {"rows": stream.height, "as_in_the_table": same}

# Volume adds up in another engine.
trades = polars.read_delta(f"{lake}/trades").filter(~polars.col("is_cross"))
candles = polars.read_delta(f"{lake}/candles").filter(polars.col("bar_spec") == "time:1m")
seen["volume"] = {"trades": trades["size"].sum(), "candles": candles["volume"].sum()}
print("RESULT " + json.dumps(seen))
