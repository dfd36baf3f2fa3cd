package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.book.Fidelity;
import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.event.BookFigures;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.TickerDay;
import io.booklake.table.TableCatalog;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakenRowTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2012, 6, 21), "ABCD", 1);
  private static final String MESSAGE = "34200.1,5,0,10,1000250,1\n";
  private static final String ORDERBOOK = "3,1,1,1\n";
  private static final Instant LISTED = Instant.parse("2024-03-05T01:02:10.500Z");

  @ParameterizedTest
  @CsvSource({
    "2024-03-04T00:00:00Z, true",
    "2024-03-05T01:02:05.499Z, true",
    "2024-03-05T01:02:05.500Z, false",
    "2024-03-05T01:02:10.500Z, false",
    "2024-03-05T01:03:00Z, false"
  })
  void aTimeIsKeptOnlyWhereALaterChangeCannotBearIt(Instant modified, boolean isKept) {
    var row = TakenRow.of(new TakenDay(inspection(modified), true, null), LISTED);

    assertThat(row)
        .containsEntry("message_file", "message")
        .containsEntry("orderbook_modified_at", Instant.EPOCH);
    assertThat(row.get("message_modified_at")).isEqualTo(isKept ? modified : null);
  }

  @Test
  void whatIsOfTheMessageFileAndOfTheOrderbookFileIsNotExchanged() {
    Inspection inspection = inspection(Instant.EPOCH);

    assertThat(TakenRow.of(new TakenDay(inspection, true, null), LISTED))
        .containsEntry("message_file", "message")
        .containsEntry("message_sha256", inspection.message().sha256())
        .containsEntry("message_bytes", (long) MESSAGE.length())
        .containsEntry("message_stored_bytes", 23L)
        .containsEntry("orderbook_file", "orderbook")
        .containsEntry("orderbook_sha256", inspection.orderbook().sha256())
        .containsEntry("orderbook_bytes", (long) ORDERBOOK.length())
        .containsEntry("orderbook_stored_bytes", 8L)
        .containsEntry("start_time_ns", 34_200_000_000_000L)
        .containsEntry("end_time_ns", 57_600_000_000_000L);
    assertThat(inspection.message().sha256()).isNotEqualTo(inspection.orderbook().sha256());
  }

  @Test
  void everyFigureOfTheOrderLevelBookStandsInTheColumnOfItsName() {
    List<Fidelity.Level> levels =
        List.of(
            new Fidelity.Level(1, 4, 100, 60, 30, 0.5, 0.75),
            new Fidelity.Level(2, 2, 10, 6, 3, 0.25, 0.5),
            new Fidelity.Level(3, 0, 0, 0, 0, Double.NaN, Double.NaN));
    Fidelity fidelity = new Fidelity(20, levels, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    BookFigures book = new BookFigures(fidelity, 10, 11, 12, 13);

    Map<String, Object> row =
        TakenRow.of(new TakenDay(inspection(Instant.EPOCH), true, book), LISTED);

    assertThat(row)
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("snapshot_interval", 10),
                Map.entry("mbo_row_count", 11L),
                Map.entry("snapshot_row_count", 12L),
                Map.entry("order_count", 13L),
                Map.entry("proven_share", 0.375),
                Map.entry("known_share", 0.625),
                Map.entry("proven_share_by_level", Map.of("1", 0.5, "2", 0.25)),
                Map.entry("known_share_by_level", Map.of("1", 0.75, "2", 0.5)),
                Map.entry("published_shares", 110L),
                Map.entry("proven_shares", 66L),
                Map.entry("probable_shares", 33L),
                Map.entry("inferred_order_count", 21L),
                Map.entry("expired_order_count", 22L),
                Map.entry("revalidated_order_count", 23L),
                Map.entry("over_attribution_count", 24L),
                Map.entry("fifo_exception_count", 26L),
                Map.entry("unmatched_delete_count", 27L),
                Map.entry("unmatched_reduction_count", 28L),
                Map.entry("unknown_reference_count", 29L)));
    assertThat(TableCatalog.TICKER_DAYS.columnNames()).containsAll(row.keySet());
  }

  @Test
  void aBookThatWasNeverPublishedHasNoShares() {
    Fidelity.Level never = new Fidelity.Level(1, 0, 0, 0, 0, Double.NaN, Double.NaN);
    Fidelity fidelity = new Fidelity(1, List.of(never), 0, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThat(
            TakenRow.of(
                new TakenDay(
                    inspection(Instant.EPOCH), true, new BookFigures(fidelity, 10, 0, 0, 0)),
                LISTED))
        .doesNotContainKeys("proven_share", "known_share")
        .containsEntry("proven_share_by_level", Map.of());
  }

  private static Inspection inspection(Instant modified) {
    SourceFile old = new SourceFile("orderbook", null, 8, 0);
    SourceFile message = new SourceFile("message", null, 23, modified.toEpochMilli());
    return Inspection.of(
        new Pair(DAY, 34_200_000, 57_600_000, message, old),
        file ->
            new ByteArrayInputStream(
                (file.equals(old) ? ORDERBOOK : MESSAGE).getBytes(StandardCharsets.UTF_8)),
        new Inspection.Limits(0, 0),
        null,
        Inspection.EventSink.NONE);
  }
}
