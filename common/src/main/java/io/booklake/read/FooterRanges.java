package io.booklake.read;

import io.booklake.table.ColumnRange;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;

/** What the footer of a Parquet file tells of a row group. */
public final class FooterRanges {
  private FooterRanges() {}

  /** By column; no entry where the footer does not say. */
  public static Map<String, ColumnRange> of(BlockMetaData rowGroup) {
    Map<String, ColumnRange> ranges = new HashMap<>();
    for (ColumnChunkMetaData column : rowGroup.getColumns()) {
      Statistics<?> statistics = column.getStatistics();
      if (statistics != null && statistics.isNumNullsSet() && statistics.hasNonNullValue()) {
        ranges.put(
            column.getPath().toDotString(),
            new ColumnRange(
                value(statistics.genericGetMin()),
                value(statistics.genericGetMax()),
                statistics.getNumNulls()));
      }
    }
    return ranges;
  }

  private static Comparable<?> value(Comparable<?> stored) {
    return stored instanceof Binary text ? text.toStringUsingUTF8() : stored;
  }
}
