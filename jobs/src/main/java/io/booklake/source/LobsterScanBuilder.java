package io.booklake.source;

import io.booklake.format.lobster.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Collects what a query wants: columns, ticker-days, a range of event indexes. */
final class LobsterScanBuilder
    implements SupportsPushDownV2Filters, SupportsPushDownRequiredColumns {
  private final CaseInsensitiveStringMap options;
  private final List<Predicate> pushed = new ArrayList<>();
  private StructType schema;
  private List<Pair> pairs;
  private IndexRange indexes = IndexRange.ALL;

  LobsterScanBuilder(StructType schema, List<Pair> pairs, CaseInsensitiveStringMap options) {
    this.schema = schema;
    this.pairs = pairs;
    this.options = options;
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    List<Predicate> rest = new ArrayList<>();
    for (Predicate predicate : predicates) {
      Optional<KeyFilter> keys = KeyFilter.of(predicate);
      Optional<IndexRange> range = IndexRange.of(predicate);
      if (keys.isPresent()) {
        pairs = pairs.stream().filter(pair -> keys.get().accepts(pair.tickerDay())).toList();
        pushed.add(predicate);
      } else if (range.isPresent()) {
        indexes = indexes.and(range.get());
        pushed.add(predicate);
      } else {
        rest.add(predicate);
      }
    }
    return rest.toArray(Predicate[]::new);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.toArray(Predicate[]::new);
  }

  @Override
  public void pruneColumns(StructType requiredSchema) {
    schema = requiredSchema;
  }

  @Override
  public Scan build() {
    return new LobsterScan(schema, pairs, indexes, pushed, options);
  }
}
