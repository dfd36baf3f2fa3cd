package io.booklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.format.lobster.Inspection;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.lake.event.TakenDay;
import io.booklake.model.TickerDay;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakenRowTest {
  private static final TickerDay DAY = new TickerDay(LocalDate.of(2012, 6, 21), "ABCD", 1);
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
    SourceFile old = new SourceFile("orderbook", null, 8, 0);
    SourceFile message = new SourceFile("message", null, 23, modified.toEpochMilli());
    Inspection inspection =
        Inspection.of(
            new Pair(DAY, 0, 1, message, old),
            file ->
                new ByteArrayInputStream(
                    (file.equals(old) ? "3,1,1,1\n" : "34200.1,5,0,10,1000250,1\n")
                        .getBytes(StandardCharsets.UTF_8)),
            new Inspection.Limits(0, 0),
            null,
            Inspection.EventSink.NONE);

    var row = TakenRow.of(new TakenDay(inspection, true, null), LISTED);

    assertThat(row)
        .containsEntry("message_file", "message")
        .containsEntry("orderbook_modified_at", Instant.EPOCH);
    assertThat(row.get("message_modified_at")).isEqualTo(isKept ? modified : null);
  }
}
