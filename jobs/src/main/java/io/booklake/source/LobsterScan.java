package io.booklake.source;

import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportOrdering;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Plans the reading: consecutive ticker-days of one date are packed into one partition, so that
 * small ones cost no task each and every partition comes out in the order of the tables.
 */
final class LobsterScan implements Scan, Batch, SupportsReportStatistics, SupportsReportOrdering {
  private static final List<String> ORDER =
      List.of("trade_date", "ticker", "levels", "event_index");
  private static final long DEFAULT_PARTITION_BYTES = 256L << 20;
  private static final long SMALLEST_PARTITION_BYTES = 8L << 20;

  /** LOBSTER's text shrinks about so many times; only used to plan. */
  private static final long TYPICAL_COMPRESSION = 12;

  private final StructType schema;
  private final List<Pair> pairs;
  private final IndexRange indexes;
  private final List<Predicate> pushed;
  private final long partitionBytes;

  LobsterScan(
      StructType schema,
      List<Pair> pairs,
      IndexRange indexes,
      List<Predicate> pushed,
      CaseInsensitiveStringMap options) {
    this.schema = schema;
    this.pairs = pairs.stream().sorted(Comparator.comparing(Pair::tickerDay)).toList();
    this.indexes = indexes;
    this.pushed = List.copyOf(pushed);
    this.partitionBytes = options.getLong("maxPartitionBytes", DEFAULT_PARTITION_BYTES);
  }

  @Override
  public StructType readSchema() {
    return schema;
  }

  @Override
  public String description() {
    return "lobster "
        + pairs.size()
        + " ticker-days, columns "
        + Arrays.toString(schema.fieldNames())
        + ", pushed filters "
        + pushed;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    long total = textBytes();
    int cores = Math.max(1, SparkSession.active().sparkContext().defaultParallelism());
    long target = Math.min(partitionBytes, Math.max(SMALLEST_PARTITION_BYTES, total / cores));
    List<InputPartition> partitions = new ArrayList<>();
    List<Pair> bin = new ArrayList<>();
    long binBytes = 0;
    for (Pair pair : pairs) {
      boolean newDate =
          !bin.isEmpty()
              && !bin.get(0).tickerDay().tradeDate().equals(pair.tickerDay().tradeDate());
      if (newDate || (!bin.isEmpty() && binBytes + textBytes(pair) > target)) {
        partitions.add(new LobsterPartition(List.copyOf(bin), indexes));
        bin.clear();
        binBytes = 0;
      }
      bin.add(pair);
      binBytes += textBytes(pair);
    }
    if (!bin.isEmpty()) {
      partitions.add(new LobsterPartition(List.copyOf(bin), indexes));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    SerializableConfiguration configuration =
        new SerializableConfiguration(SparkSession.active().sessionState().newHadoopConf());
    return new LobsterReaderFactory(schema, configuration);
  }

  /** As far as the query still has the columns that the rows are ordered by. */
  @Override
  public SortOrder[] outputOrdering() {
    List<String> names = List.of(schema.fieldNames());
    return ORDER.stream()
        .takeWhile(names::contains)
        .map(name -> Expressions.sort(Expressions.column(name), SortDirection.ASCENDING))
        .toArray(SortOrder[]::new);
  }

  @Override
  public Statistics estimateStatistics() {
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(textBytes());
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.empty();
      }
    };
  }

  private long textBytes() {
    return pairs.stream().mapToLong(LobsterScan::textBytes).sum();
  }

  private static long textBytes(Pair pair) {
    return textBytes(pair.message()) + textBytes(pair.orderbook());
  }

  private static long textBytes(SourceFile file) {
    boolean packed = file.entry() != null || file.uri().endsWith(".gz");
    return packed ? file.storedBytes() * TYPICAL_COMPRESSION : file.storedBytes();
  }
}
