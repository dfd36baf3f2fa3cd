package io.booklake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.aggregate.DrawnDay;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hand-drawn days, written as the ingest writes them and held against {@link Trades}. */
class TradesTest extends TransformTest {
  @TempDir private Path folder;

  private Dataset<Row> trades(String drawing) throws IOException {
    return trades(DrawnDay.of(drawing));
  }

  private Dataset<Row> trades(DrawnDay... days) throws IOException {
    Dataset<Row> expected = null;
    Path files = Files.createTempDirectory(folder, "lake");
    for (DrawnDay day : days) {
      WrittenDays.write(files, day.write(Files.createTempDirectory(folder, "pair")));
      Dataset<Row> paired = EventDatasets.paired(spark(), day);
      expected = expected == null ? paired : expected.unionByName(paired, true);
    }
    Dataset<Row> written = WrittenDays.read(spark(), files, TableCatalog.TRADES);
    String columns = String.join(" ", written.columns());
    assertThat(lines(written, columns)).isEqualTo(lines(Trades.of(expected), columns));
    return written;
  }

  @Test
  void columnsAreThoseOfTheCatalog() throws IOException {
    assertThat(columns(trades("10:00:00 fill 1 1 buy | 1x1 | -")))
        .isEqualTo(columns(TableCatalog.TRADES));
  }

  @Test
  void anExecutionMeetsTheQuoteBeforeIt() throws IOException {
    Dataset<Row> trades =
        trades(
            """
            10:00:00 new  100 99.99  buy  | 99.99x100 | 100.01x50
            10:00:01 fill 20  100.01 sell | 99.99x100 | 100.01x30
            10:00:02 new  10  100.00 buy  | 100.00x10 | 100.01x30
            """);
    assertThat(
            lines(
                trades,
                "event_index price size aggressor_side bid_price bid_size ask_price ask_size"
                    + " effective_spread sweep_id order_id"))
        .containsExactly("1 1000100 20 buy 999900 100 1000100 50 200 1 7");
  }

  @Test
  void theFirstEventHasNoQuoteBeforeIt() throws IOException {
    assertThat(
            lines(
                trades("10:00:00 fill 20 100.01 sell | 99.99x100 | 100.01x30"),
                "event_index bid_price bid_size ask_price ask_size effective_spread sweep_id"))
        .containsExactly("0 null null null null null 0");
  }

  @Test
  void aSweepPaysForTheLevelsItEats() throws IOException {
    Dataset<Row> trades =
        trades(
            """
            10:00:00 new    5 99.99  buy  | 99.99x100 | 100.01x20
            10:00:01 fill   20 100.01 sell | 99.99x100 | 100.05x30
            10:00:01 hidden 10 100.03 sell | 99.99x100 | 100.05x30
            10:00:01 fill   5  100.05 sell | 99.99x100 | 100.05x25
            10:00:01 fill   8  99.99  buy  | 99.99x92  | 100.05x25
            10:00:01.000000001 fill 5 100.05 sell | 99.99x92 | 100.05x20
            """);
    assertThat(lines(trades, "event_index aggressor_side is_hidden effective_spread sweep_id"))
        .containsExactly(
            "1 buy false 200 1",
            "2 buy true 600 1",
            "3 buy false 1000 1",
            "4 sell false 600 4",
            "5 buy false 600 5");
  }

  @Test
  void aOneSidedQuoteHasNoEffectiveSpread() throws IOException {
    assertThat(
            lines(
                trades(
                    """
                    10:00:00 new  50 100.01 sell | - | 100.01x50
                    10:00:01 fill 20 100.01 sell | - | 100.01x30
                    """),
                "event_index bid_price bid_size ask_price effective_spread"))
        .containsExactly("1 null 0 1000100 null");
  }

  @Test
  void aCrossHasNeitherAggressorNorSweep() throws IOException {
    assertThat(
            lines(
                trades(
                    """
                    10:00:00 new   50 100.01 sell | 99.99x10 | 100.01x50
                    10:00:01 cross 900 100.00 sell | 99.99x10 | 100.01x50
                    10:00:01 fill  20 100.01 sell | 99.99x10 | 100.01x30
                    """),
                "event_index is_cross is_hidden aggressor_side effective_spread sweep_id order_id"))
        .containsExactly("1 true false null null null -1", "2 false false buy 200 2 7");
  }

  @Test
  void fromJuly2014OnTheSideOfHiddenExecutionsIsMaskedAndAGroupOfItsOwn() throws IOException {
    String drawing =
        """
        10:00:00 new    50 100.01 sell | 99.99x10 | 100.01x50
        10:00:01 hidden 20 100.00 buy  | 99.99x10 | 100.01x50
        10:00:01 fill   10 99.99  buy  | -        | 100.01x50
        10:00:01 hidden 20 100.00 buy  | -        | 100.01x50
        """;
    List<String> lastKnown = sides(LocalDate.of(2014, 7, 13), drawing);
    List<String> firstMasked = sides(LocalDate.of(2014, 7, 14), drawing);
    assertThat(lastKnown).containsExactly("1 sell 0 1", "2 sell 200 1", "3 sell 0 1");
    assertThat(firstMasked).containsExactly("1 null null 1", "2 sell 200 2", "3 null null 1");
  }

  private List<String> sides(LocalDate date, String drawing) throws IOException {
    return lines(
        trades(DrawnDay.of(new TickerDay(date, "ABC", 1), drawing)),
        "event_index aggressor_side effective_spread sweep_id");
  }

  @Test
  void tickerDaysDoNotSeeOneAnother() throws IOException {
    DrawnDay shallow = DrawnDay.of("10:00:00 fill 20 100.01 sell | 99.99x100 | 100.01x30");
    DrawnDay deep =
        DrawnDay.of(
            new TickerDay(LocalDate.of(2012, 6, 21), "ABC", 2),
            """
            10:00:00 new  5 99.99  buy  | 99.99x100 99.98x5 | 100.01x20
            10:00:00 fill 20 100.01 sell | 99.99x100 99.98x5 | 100.05x30
            """);
    assertThat(
            lines(trades(shallow, deep), "levels event_index bid_price effective_spread sweep_id"))
        .containsExactly("1 0 null null 0", "2 1 999900 200 1");
  }
}
