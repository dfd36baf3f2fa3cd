"""What a metastore tells of a database: python read_catalog.py DATABASE EVENTS, under spark-submit."""

import json
import sys

from pyspark.sql import SparkSession

database = sys.argv[1]
spark = SparkSession.builder.getOrCreate()


def extended(name):
    return {row.col_name: row.data_type for row in spark.sql(f"DESCRIBE EXTENDED {database}.{name}").collect()}


def comments(name):
    return {row.col_name: row.comment for row in spark.sql(f"DESCRIBE {database}.{name}").collect()}


difference = spark.sql(f"""
    SELECT count(*) AS rows, first(typeof(usd.price)) AS type,
        count_if(usd.price IS DISTINCT FROM IF(event_type = 7, NULL, exact.price / 10000BD)) AS different,
        count_if(event_type = 7 AND exact.price = -1) AS halts
    FROM {database}.messages exact JOIN {database}.messages_usd usd USING (ticker, trade_date, levels, event_index, event_type)
    """).first()
found = {
    "views": sorted(row.viewName for row in spark.sql(f"SHOW VIEWS IN {database}").collect()),
    "tables": sorted(row.tableName for row in spark.sql(f"SHOW TABLES IN {database}").collect()),
    "type": extended("trades")["Type"],
    "location": extended("trades")["Location"],
    "table_comment": comments("depth")["ask_price_10"],
    "view_comment": comments("depth_usd")["ask_price_10"],
    "difference": difference.asDict(),
}
print("found " + json.dumps(found))
