package io.booklake.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.booklake.aggregate.LobsterReferee;
import io.booklake.format.lobster.PairDiscovery;
import io.booklake.table.TableCatalog;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trades of whole real days, held against {@link LobsterReferee} and {@link Trades}. */
class RealTradesTest extends TransformTest {

  private static final String AAPL = "LOBSTER_SampleFile_AAPL_2012-06-21_1.zip";
  private static final String AMZN = "LOBSTER_SampleFile_AMZN_2012-06-21_5.zip";
  private static final String GOOG = "LOBSTER_SampleFile_GOOG_2012-06-21_10.zip";

  @TempDir private Path folder;

  /** Spark as users run it: days are large enough to be worth a compiled plan. */
  @Override
  public SparkConf conf() {
    return super.conf()
        .set("spark.sql.adaptive.enabled", "true")
        .set("spark.sql.codegen.wholeStage", "true")
        .set("spark.sql.shuffle.partitions", "3");
  }

  @BeforeEach
  void skipWithoutRealData() {
    assumeThat(System.getenv("BOOKLAKE_REAL_DATA"))
        .as("BOOKLAKE_REAL_DATA names the folder with LOBSTER's sample files")
        .isNotNull();
  }

  private static Path zip(String name) {
    return Path.of(System.getenv("BOOKLAKE_REAL_DATA"), name);
  }

  private Dataset<Row> read(String name, String table) {
    return spark()
        .read()
        .format("lobster")
        .option("table", table)
        .load(zip(name).toUri().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {AAPL, AMZN, GOOG})
  void tradesEqualAnIndependentComputation(String name) throws Exception {
    Configuration configuration = new Configuration();
    Path files = folder.resolve("files");
    WrittenDays.write(
        files, PairDiscovery.find(configuration, List.of(zip(name).toString())).pairs().get(0));
    String columns = LobsterReferee.columnsFrom(TableCatalog.TRADES, "event_index", "event_time");
    List<String> written = lines(WrittenDays.read(spark(), files, TableCatalog.TRADES), columns);
    try (LobsterReferee referee = LobsterReferee.of(zip(name), folder)) {
      assertThat(written).isEqualTo(referee.trades());
    }
    assertThat(written).isEqualTo(lines(Trades.of(read(name, "paired")), columns));
  }
}
