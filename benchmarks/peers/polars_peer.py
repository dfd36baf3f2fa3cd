"""CSV pairs to messages, depth, 50-event mid candles and volume by price and side, as a Polars user would write it.

usage: polars_peer.py LANDING OUT
"""

import sys
from pathlib import Path

import polars as pl
from pairs import pairs

MESSAGE = {
    "time": pl.String,
    "event_type": pl.Int8,
    "order_id": pl.Int64,
    "size": pl.Int64,
    "price": pl.Int64,
    "direction": pl.Int8,
}


def book_schema(levels):
    return {
        f"{name}_{level}": pl.Int64
        for level in range(1, levels + 1)
        for name in ("ask_price", "ask_size", "bid_price", "bid_size")
    }


def nanoseconds(time):
    """Exact: seconds and up to nine decimals as whole numbers."""
    parts = pl.col(time).str.split_exact(".", 1)
    decimals = parts.struct.field("field_1").fill_null("").str.pad_end(9, "0")
    return parts.struct.field("field_0").cast(pl.Int64) * 1_000_000_000 + decimals.cast(pl.Int64)


def take(stem, message_file, book_file, out):
    ticker, date, _, _, _, levels = stem.split("_")
    key = (
        pl.lit(ticker).alias("ticker"),
        pl.lit(date).str.to_date().alias("trade_date"),
        pl.lit(int(levels)).alias("levels"),
    )
    messages = (
        pl.read_csv(message_file, has_header=False, schema=MESSAGE, infer_schema=False)
        .with_row_index("event_index")
        .with_columns(nanoseconds("time").alias("time_ns"), *key)
        .drop("time")
    )
    book = (
        pl.read_csv(book_file, has_header=False, schema=book_schema(int(levels)), infer_schema=False)
        .with_row_index("event_index")
        .with_columns(messages["time_ns"], *key)
    )
    book = book.with_columns(
        pl.when(pl.col(f"^{side}_price_.*$") != empty).then(pl.col(f"^{side}_price_.*$"))
        for side, empty in (("ask", 9999999999), ("bid", -9999999999))
    )
    messages.write_parquet(out / "messages" / f"{stem}.parquet", compression="zstd")
    book.write_parquet(out / "depth" / f"{stem}.parquet", compression="zstd")
    mid = pl.col("ask_price_1") + pl.col("bid_price_1")
    candles = (
        book.lazy()
        .filter(mid.is_not_null())
        .group_by(pl.col("event_index") // 50, *key)
        .agg(
            mid.first().alias("mid_open") / 20_000,
            mid.max().alias("mid_high") / 20_000,
            mid.min().alias("mid_low") / 20_000,
            mid.last().alias("mid_close") / 20_000,
        )
        .sort("event_index")
        .collect()
    )
    profile = (
        messages.lazy()
        .filter(pl.col("event_type").is_in([4, 5]))
        .group_by((pl.col("price") // 100 * 100).alias("price"), "direction", *key)
        .agg(pl.col("size").sum().alias("volume"))
        .sort("price", "direction")
        .collect()
    )
    candles.write_parquet(out / "candles" / f"{stem}.parquet", compression="zstd")
    profile.write_parquet(out / "profile" / f"{stem}.parquet", compression="zstd")


def main(landing, out):
    for table in ("messages", "depth", "candles", "profile"):
        (out / table).mkdir(parents=True, exist_ok=True)
    for stem, message_file, book_file in pairs(landing):
        take(stem, message_file, book_file, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
