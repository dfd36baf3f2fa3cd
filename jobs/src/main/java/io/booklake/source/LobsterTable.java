package io.booklake.source;

import io.booklake.format.lobster.Pair;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The pairs of one landing zone as a table that can be read. */
final class LobsterTable implements Table, SupportsRead {
  private final StructType schema;
  private final List<Pair> pairs;

  LobsterTable(StructType schema, List<Pair> pairs) {
    this.schema = schema;
    this.pairs = pairs;
  }

  @Override
  public String name() {
    return "lobster";
  }

  // Spark asks the schema of tables that have no columns() of their own; the method is deprecated,
  // not replaced.
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new LobsterScanBuilder(schema, pairs, options);
  }
}
