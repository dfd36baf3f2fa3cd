package io.booklake.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.hub.hadoop.HubLocation;
import io.booklake.lake.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code lobster}.
 *
 * <pre>{@code
 * spark.read().format("lobster").option("table", "depth").load("s3a://landing/lobster/")
 * }</pre>
 *
 * <p>Options: {@code table} = {@code messages}, {@code depth} or {@code paired} (default); {@code
 * maxPartitionBytes} = about how many bytes of CSV text one task reads (default 256 MiB). Paths are
 * folders at any depth, globs, files and zip archives. Files that make no pair are passed over; a
 * pair with a wrong row fails the query with file and line.
 */
public final class LobsterSource implements TableProvider, DataSourceRegister {
  private List<Pair> pairs;

  @Override
  public String shortName() {
    return "lobster";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    int levels =
        pairs(options).stream().mapToInt(pair -> pair.tickerDay().levels()).max().orElse(1);
    return Schemas.of(SourceView.of(options.getOrDefault("table", "paired")).columns(levels));
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    return new LobsterTable(schema, pairs(options));
  }

  /** Listing a landing zone takes time, so it is done once for schema and table. */
  private List<Pair> pairs(CaseInsensitiveStringMap options) {
    if (pairs == null) {
      pairs = find(options);
    }
    return pairs;
  }

  private static List<Pair> find(CaseInsensitiveStringMap options) {
    List<String> uris = new ArrayList<>();
    if (options.containsKey("paths")) {
      uris.addAll(strings(options.get("paths")));
    }
    if (options.containsKey("path")) {
      uris.add(options.get("path"));
    }
    if (uris.isEmpty()) {
      throw new IllegalArgumentException("give the source a path: load(\"/data/lobster\")");
    }
    try {
      Configuration configuration = SparkSession.active().sessionState().newHadoopConf();
      return PairDiscovery.find(configuration, HubLocation.pinned(configuration, uris)).pairs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark hands on several paths as a JSON array. */
  private static List<String> strings(String json) {
    try {
      return List.of(new ObjectMapper().readValue(json, String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "option 'paths' of the lobster source: found '"
              + json
              + "', expected a JSON array of strings",
          e);
    }
  }
}
