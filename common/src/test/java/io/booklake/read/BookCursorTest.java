package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.booklake.book.BookRebuilder;
import io.booklake.book.BookReplay;
import io.booklake.book.Hindsight;
import io.booklake.book.OrderSink;
import io.booklake.book.SnapshotSink;
import io.booklake.format.lobster.EventBatch;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookCursorTest {
  private static final int EVENTS = 1_234;
  private static final int INTERVAL = 100;

  @TempDir private Path folder;
  private final TickerDay day = SimulatedDay.of("SIM", 3);

  /** The known orders after every event, by a replay of the whole stream from nothing. */
  private List<List<BookReplay.Order>> replayed(List<EventBatch> events) {
    Hindsight hindsight = new Hindsight();
    events.forEach(hindsight::add);
    BookReplay replay = new BookReplay();
    List<List<BookReplay.Order>> books = new ArrayList<>();
    BookRebuilder rebuilder =
        new BookRebuilder(
            hindsight,
            day.levels(),
            (index, sequence, action, id, direction, price, change, remaining, origin) -> {
              while (books.size() < index) {
                books.add(replay.orders());
              }
              replay.apply(action, id, direction, price, change, remaining, origin);
            },
            SnapshotSink.NONE,
            OrderSink.NONE,
            EVENTS);
    events.forEach(rebuilder::add);
    rebuilder.finish();
    while (books.size() < EVENTS) {
      books.add(replay.orders());
    }
    return books;
  }

  private static List<BookReplay.Order> all(OrderBook book) {
    List<BookReplay.Order> all = new ArrayList<>(book.outOfSight());
    book.bids().forEach(level -> all.addAll(level.queue()));
    book.asks().forEach(level -> all.addAll(level.queue()));
    all.sort(java.util.Comparator.comparingLong(BookReplay.Order::orderId));
    return all;
  }

  @Test
  void theBookIsThatOfAFullReplayWhereverTheCursorGoes() throws IOException {
    List<EventBatch> events = SimulatedDay.events(day, EVENTS);
    new WrittenLake(folder).take(day, events, INTERVAL);
    List<List<BookReplay.Order>> expected = replayed(events);
    DayReader reader = LakeReader.open(folder.toString(), new Configuration()).day(day);
    BookCursor cursor = reader.book(0);
    Random random = new Random(3);

    for (int i = 0; i < 300; i++) {
      long to = random.nextInt(EVENTS);
      cursor.moveTo(to);
      assertThat(all(cursor.book())).as("after event " + to).isEqualTo(expected.get((int) to));
      assertThat(all(reader.book(to).book())).isEqualTo(expected.get((int) to));
    }
    cursor.moveTo(0);
    assertThat(cursor.back()).isFalse();
    for (int index = 0; index < EVENTS; index++) {
      assertThat(cursor.eventIndex()).isEqualTo(index);
      assertThat(all(cursor.book())).isEqualTo(expected.get(index));
      assertThat(cursor.forward()).isEqualTo(index < EVENTS - 1);
    }
    for (int index = EVENTS - 1; index > EVENTS - 2 * INTERVAL; index--) {
      assertThat(all(cursor.book())).isEqualTo(expected.get(index));
      assertThat(cursor.back()).isTrue();
    }
  }

  @Test
  void everyLevelSumsUpToThePublishedSizeAndQueuesAreInOrder() throws IOException {
    List<EventBatch> events = SimulatedDay.events(day, EVENTS);
    new WrittenLake(folder).take(day, events, INTERVAL);
    BookCursor cursor =
        LakeReader.open(folder.toString(), new Configuration()).day(day).book(EVENTS - 1);
    EventBatch last = events.get(events.size() - 1);
    OrderBook book = cursor.book();

    assertThat(book.asks().get(0).priceTicks()).isEqualTo(last.askPrice[0][last.rows - 1]);
    assertThat(book.bids().get(0).size()).isEqualTo(last.bidSize[0][last.rows - 1]);
    for (OrderBook.Level level : book.bids()) {
      assertThat(level.residual()).isNotNegative();
      assertThat(level.size())
          .isEqualTo(
              level.residual() + level.queue().stream().mapToLong(BookReplay.Order::size).sum());
      assertThat(level.queue())
          .isSortedAccordingTo(java.util.Comparator.comparingLong(BookReplay.Order::orderId));
    }
  }

  @Test
  void aMissingRowOfDepthIsNamed() throws IOException {
    List<EventBatch> events = SimulatedDay.events(day, EVENTS);
    WrittenLake lake = new WrittenLake(folder);
    Map<String, List<Map<String, Object>>> tables = WrittenLake.tables(day, events, INTERVAL);
    tables.get("depth").remove(17);
    for (Table table : TableCatalog.perEvent(3)) {
      if (tables.containsKey(table.name())) {
        lake.add(table, day, tables.get(table.name()));
      }
    }
    lake.publish(day, EVENTS, INTERVAL, List.copyOf(tables.keySet()), Map.of());
    BookCursor cursor = LakeReader.open(folder.toString(), new Configuration()).day(day).book(17);

    assertThatIOException()
        .isThrownBy(cursor::book)
        .withMessageContainingAll("depth of SIM", "event 17", "booklake verify");
  }
}
