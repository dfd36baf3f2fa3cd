"""CSV pairs to Delta tables messages and depth, 50-event mid candles and volume by price and side, as most people would
write it for Spark.

usage: spark_peer.py LANDING OUT JARS
"""

import sys
from pathlib import Path

from pairs import pairs
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

MESSAGE = "time STRING, event_type INT, order_id BIGINT, size BIGINT, price BIGINT, direction INT"


def book_schema(levels):
    return ", ".join(
        f"{name}_{level} BIGINT"
        for level in range(1, levels + 1)
        for name in ("ask_price", "ask_size", "bid_price", "bid_size")
    )


def numbered(rows):
    """Rows of a file in their order: Spark has no row number of a file, only one that rises with it."""
    window = Window.orderBy("position")
    return (
        rows.withColumn("position", F.monotonically_increasing_id())
        .withColumn("event_index", F.row_number().over(window) - 1)
        .drop("position")
    )


def take(spark, stem, message_file, book_file, out):
    ticker, date, _, _, _, levels = stem.split("_")
    key = lambda rows: (
        rows.withColumn("ticker", F.lit(ticker))
        .withColumn("trade_date", F.lit(date).cast("date"))
        .withColumn("levels", F.lit(int(levels)))
    )
    messages = key(numbered(spark.read.csv(str(message_file), schema=MESSAGE)))
    messages = messages.withColumn(
        "time_ns", (F.col("time").cast("decimal(18, 9)") * 1_000_000_000).cast("bigint")
    ).drop("time")
    book = key(numbered(spark.read.csv(str(book_file), schema=book_schema(int(levels)))))
    for name in book.columns:
        if "_price_" in name:
            empty = 9999999999 if name.startswith("ask") else -9999999999
            book = book.withColumn(name, F.nullif(name, F.lit(empty)))
    book = book.join(messages.select("event_index", "time_ns"), "event_index")
    write = lambda rows, table: (
        rows.write.format("delta").mode("append").partitionBy("trade_date").save(str(out / table))
    )
    write(messages, "messages")
    write(book, "depth")
    mid = F.col("ask_price_1") + F.col("bid_price_1")
    write(
        book.withColumn("mid", mid)
        .where("mid IS NOT NULL")
        .groupBy((F.floor(F.col("event_index") / 50)).alias("event_index"), "ticker", "trade_date", "levels")
        .agg(
            (F.min_by("mid", "event_index") / 20_000).alias("mid_open"),
            (F.max("mid") / 20_000).alias("mid_high"),
            (F.min("mid") / 20_000).alias("mid_low"),
            (F.max_by("mid", "event_index") / 20_000).alias("mid_close"),
        ),
        "candles",
    )
    write(
        messages.where("event_type IN (4, 5)")
        .groupBy((F.floor(F.col("price") / 100) * 100).alias("price"), "direction", "ticker", "trade_date", "levels")
        .agg(F.sum("size").alias("volume")),
        "profile",
    )


def main(landing, out, jars):
    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.jars", jars)
        .config("spark.driver.memory", "8g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .getOrCreate()
    )
    for stem, message_file, book_file in pairs(landing):
        take(spark, stem, message_file, book_file, out)
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
