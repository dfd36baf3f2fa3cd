package io.booklake.viewer;

import io.booklake.model.ExchangeTime;
import io.booklake.model.TickerDay;
import io.booklake.read.ArrowStream;
import io.booklake.read.DayReader;
import io.booklake.read.ParquetStream;
import io.booklake.read.RowPage;
import io.booklake.read.RowQuery;
import io.booklake.table.TableCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/** Rows of a table, of a range of events or of time: what a request may say of them. */
final class RowsRequest {
  /** Most rows of one answer. */
  static final int MOST_ROWS = 50_000;

  private static final int DEFAULT_ROWS = 10_000;
  private static final String CSV = "text/csv";
  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final String PARQUET = "application/vnd.apache.parquet";
  private static final Set<String> KEYS = Set.of("trade_date", "ticker", "levels");

  static final List<String> MEDIA_TYPES = List.of(Answer.JSON, CSV, ARROW, PARQUET);

  private static final String ORDERS = "orders";

  /** What rows can be asked of. */
  static final List<String> TABLES =
      List.of(
          "messages",
          "depth",
          "trades",
          "mbo",
          "book_snapshots",
          ORDERS,
          "candles",
          "volume_profile",
          "depth_metrics");

  static final Parameter<String> TABLE =
      Parameter.word(
          "table",
          TABLES,
          "Table of the lake, see the data dictionary; of orders those that are there at any event"
              + " of the range.");

  private static final Parameter<Long> FIRST =
      Parameter.number("first", 0, Api.MOST_INDEX, "First event index of the range.");
  private static final Parameter<Long> LAST =
      Parameter.number(
          "last",
          0,
          Api.MOST_INDEX,
          "Last event index, inclusive; beyond the day there is nothing.");
  private static final Parameter<Long> FIRST_TIME =
      Parameter.number(
          "first_time_ns",
          0,
          ExchangeTime.NANOS_PER_DAY,
          "Instead of first: nanoseconds after exchange midnight.");
  private static final Parameter<Long> LAST_TIME =
      Parameter.number(
          "last_time_ns",
          0,
          ExchangeTime.NANOS_PER_DAY,
          "Instead of last: nanoseconds after exchange midnight, inclusive.");
  private static final Parameter<String> SPEC =
      Parameter.text(
          "spec",
          "[a-z]{1,16}(:[0-9]{1,12}[a-z]{0,4})?(@[0-9]{1,12}([.][0-9]{1,4})?)?",
          "Bar, window or grid, such as time:1m; session@0.05 where a window is held with several"
              + " widths of price bins.");
  private static final Parameter<String> COLUMNS =
      Parameter.text(
          "columns",
          "[a-z0-9_]{1,40}(,[a-z0-9_]{1,40}){0,999}",
          "Names between commas; those that order the rows come along. All where it is not named.");
  private static final Parameter<Long> LIMIT =
      Parameter.number(
              "limit",
              1,
              MOST_ROWS,
              "Most rows; an answer that goes on elsewhere says where: next.")
          .or((long) DEFAULT_ROWS);
  private static final Parameter<String> FORMAT =
      Parameter.word("format", List.of("json", "csv", "arrow", "parquet"), "Of the answer.")
          .or("json");
  static final List<Parameter<?>> PARAMETERS =
      List.of(FIRST, LAST, FIRST_TIME, LAST_TIME, SPEC, COLUMNS, LIMIT, FORMAT);

  private RowsRequest() {}

  /**
   * The answer.
   *
   * @param mostValues rows times columns
   */
  static Body answer(DayReader day, Arguments arguments, int mostValues) throws IOException {
    RowQuery query = query(day, arguments);
    int most = Math.min(MOST_ROWS, Math.max(1, mostValues / query.columns().size()));
    int limit = Math.min(arguments.of(LIMIT).intValue(), most);
    String format = arguments.of(FORMAT);
    RowPage page;
    if (query.table().equals(ORDERS)) {
      page = new RowPage(day.first(query, limit + 1), OptionalLong.empty());
      if (page.rows().rows > limit) {
        throw tooMany(limit, most, "orders, which are not sorted by events, have no pages");
      }
    } else {
      page = page(day, query, limit);
      if (!format.equals("json") && page.next().isPresent()) {
        throw tooMany(limit, most, format + " has no place to say so");
      }
    }
    if (format.equals("csv")) {
      return new Body(CSV, Csv.of(page.rows()));
    }
    if (format.equals("arrow")) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      ArrowStream.write(page.rows(), stream);
      return new Body(ARROW, stream.toByteArray());
    }
    if (format.equals("parquet")) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ParquetStream.write(page.rows(), file);
      return new Body(PARQUET, file.toByteArray());
    }
    return new Body(
        Answer.JSON,
        Json.of(
            json -> {
              json.writeStartObject();
              json.writeNumberField("rows", page.rows().rows);
              json.writeFieldName("next");
              Json.value(json, page.next().isPresent() ? page.next().getAsLong() : null);
              json.writeFieldName("columns");
              Json.columns(json, page.rows());
              json.writeEndObject();
            }));
  }

  private static RefusedException tooMany(int limit, int most, String why) {
    return new RefusedException(
        HttpStatus.BAD_REQUEST_400,
        "the range has more than "
            + limit
            + " rows, and "
            + why
            + ": ask for a shorter one, or a higher limit up to "
            + most
            + " for so many columns");
  }

  private static RowPage page(DayReader day, RowQuery query, int limit) throws IOException {
    try {
      return day.page(query, limit);
    } catch (IllegalArgumentException e) {
      // One event may have more rows than a page, one window several widths of price bins.
      throw new RefusedException(HttpStatus.BAD_REQUEST_400, e.getMessage(), e);
    }
  }

  private static RowQuery query(DayReader day, Arguments arguments) throws IOException {
    String table = arguments.of(TABLE);
    RowQuery query = RowQuery.of(table).columns(columns(day.tickerDay(), arguments));
    Optional<String> spec = arguments.find(SPEC);
    if (spec.isPresent() != DayReader.hasSpecs(table)) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST_400,
          table
              + (spec.isPresent() ? " has no spec" : ": name a spec, one of " + day.specs(table)));
    }
    if (spec.isPresent()) {
      query = query.spec(spec.get());
    }
    if (Stream.of(FIRST, LAST, FIRST_TIME, LAST_TIME)
        .noneMatch(each -> arguments.find(each).isPresent())) {
      return query;
    }
    inOrder(arguments, FIRST, LAST);
    inOrder(arguments, FIRST_TIME, LAST_TIME);
    // What lies behind the last event is no error, and nothing.
    OptionalLong first = edge(arguments, FIRST, FIRST_TIME, 0, day::firstIndexAt);
    OptionalLong last = edge(arguments, LAST, LAST_TIME, Long.MAX_VALUE, day::lastIndexAt);
    boolean hasEvents =
        first.isPresent() && last.isPresent() && first.getAsLong() <= last.getAsLong();
    return hasEvents
        ? query.between(first.getAsLong(), last.getAsLong())
        : query.between(day.events(), day.events());
  }

  private static void inOrder(Arguments arguments, Parameter<Long> first, Parameter<Long> last) {
    Optional<Long> begin = arguments.find(first);
    Optional<Long> end = arguments.find(last);
    if (begin.isPresent() && end.isPresent() && end.get() < begin.get()) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST_400,
          last.name()
              + ": found "
              + end.get()
              + ", which is before "
              + first.name()
              + ": "
              + begin.get());
    }
  }

  private interface Clock {
    OptionalLong index(long timeNanos) throws IOException;
  }

  private static OptionalLong edge(
      Arguments arguments, Parameter<Long> index, Parameter<Long> time, long otherwise, Clock clock)
      throws IOException {
    if (arguments.find(time).isEmpty()) {
      return OptionalLong.of(arguments.find(index).orElse(otherwise));
    }
    if (arguments.find(index).isPresent()) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST_400,
          "found both " + index.name() + " and " + time.name() + ", expected one of them");
    }
    return clock.index(arguments.of(time));
  }

  /** All but what the address says already, and levels that the source does not have. */
  private static String[] columns(TickerDay day, Arguments arguments) {
    String table = arguments.of(TABLE);
    if (arguments.find(COLUMNS).isPresent()) {
      return arguments.of(COLUMNS).split(",");
    }
    List<String> names =
        TableCatalog.all().stream()
            .filter(each -> each.name().equals(table))
            .findFirst()
            .orElseThrow()
            .columnNames();
    Stream<String> shared = names.stream().filter(name -> !KEYS.contains(name));
    if (!table.equals("depth")) {
      return shared.toArray(String[]::new);
    }
    return Stream.concat(
            shared.filter(name -> !name.endsWith("_1")),
            IntStream.rangeClosed(1, day.levels())
                .boxed()
                .flatMap(
                    level ->
                        Stream.of("ask_price_", "ask_size_", "bid_price_", "bid_size_")
                            .map(name -> name + level)))
        .toArray(String[]::new);
  }
}
