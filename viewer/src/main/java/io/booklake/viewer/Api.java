package io.booklake.viewer;

import io.booklake.model.ExchangeTime;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.NotPublishedException;
import io.booklake.read.VersionGoneException;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What can be asked of a lake. All of a ticker-day is read in one published state, which its {@code
 * pin} names: an answer to a request with a pin never changes and may be kept for ever, but for the
 * ticker-day's own, which also says what is rejected beside it.
 */
final class Api {
  private static final int MOST_DAYS = 1_000;
  static final long MOST_INDEX = 1L << 40;
  private static final String DAY = "/api/days/{date}/{ticker}/{levels}";

  private static final Parameter<LocalDate> DATE = Parameter.date("date", "Exchange date.");
  private static final Parameter<String> TICKER = Parameter.ticker("ticker", "Ticker symbol.");
  private static final Parameter<Long> LEVELS =
      Parameter.number("levels", 1, TickerDay.MAX_LEVELS, "Price levels a side in the source.");
  private static final Parameter<Long> ORDER =
      Parameter.number(
          "order", -999_999_999_999_999_999L, 999_999_999_999_999_999L, "Order number.");

  private static final Parameter<String> PIN =
      Parameter.text(
          "pin",
          "[0-9a-f]{24}",
          "The published state that is meant, as the ticker-day's own answer names it: with it all"
              + " but that answer may be kept for ever; 410 if another state is published by now.");
  private static final Parameter<Long> INDEX =
      Parameter.number("index", 0, MOST_INDEX, "Event index.").required();
  private static final Parameter<Long> TIME =
      Parameter.number(
              "time_ns", 0, ExchangeTime.NANOS_PER_DAY, "Nanoseconds after exchange midnight.")
          .required();
  private static final Parameter<Long> TYPE =
      Parameter.number("type", 1, 7, "Event type, as in messages.").required();
  private static final Parameter<String> DIRECTION =
      Parameter.word("direction", List.of("next", "previous"), "Which way to look.").or("next");

  private static final Parameter<String> SEARCH =
      Parameter.text(
          "search", "[A-Za-z0-9.+=^#$-]{1,16}", "Only tickers that begin like this, any case.");
  private static final Parameter<LocalDate> FROM =
      Parameter.date("from", "Only dates from this one on.");
  private static final Parameter<LocalDate> TO = Parameter.date("to", "Only dates up to this one.");
  private static final Parameter<Long> OFFSET =
      Parameter.number("offset", 0, MOST_INDEX, "Ticker-days to pass over.").or(0L);
  private static final Parameter<Long> DAY_LIMIT =
      Parameter.number("limit", 1, MOST_DAYS, "Most ticker-days.").or((long) MOST_DAYS);

  private final PublishedLake lake;
  private final int mostValues;

  /**
   * Of a lake.
   *
   * @param mostValues of an answer, rows times columns
   */
  Api(PublishedLake lake, int mostValues) {
    this.lake = lake;
    this.mostValues = mostValues;
  }

  /** All of it. */
  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "/api/days",
            "What is published, by date, ticker and levels.",
            List.of(),
            List.of(SEARCH, FROM, TO, OFFSET, DAY_LIMIT),
            List.of(Answer.JSON),
            (arguments, tag) -> days(arguments)),
        new Endpoint(
            DAY,
            "A ticker-day: its row of the ledger, its pin, what can be asked of it, and what was"
                + " rejected of the same ticker or date by now.",
            List.of(DATE, TICKER, LEVELS),
            List.of(PIN),
            List.of(Answer.JSON),
            (arguments, tag) -> published(arguments, day -> entry(day, tag))),
        ofDay(
            "/rows/{table}",
            "Rows of a table, of a range of events or of time.",
            List.of(RowsRequest.TABLE),
            RowsRequest.PARAMETERS,
            RowsRequest.MEDIA_TYPES,
            (day, arguments) -> RowsRequest.answer(day.reader(), arguments, mostValues)),
        ofDay(
            "/book",
            "The order-level book after an event.",
            List.of(),
            List.of(INDEX),
            List.of(Answer.JSON),
            (day, arguments) -> {
              byte[] book =
                  Json.of(json -> Json.book(json, day.reader().book(arguments.of(INDEX)).book()));
              return new Body(Answer.JSON, book);
            }),
        ofDay(
            "/at",
            "The first event at or after a time.",
            List.of(),
            List.of(TIME),
            List.of(Answer.JSON),
            (day, arguments) -> index(day.reader().firstIndexAt(arguments.of(TIME)))),
        ofDay(
            "/event",
            "The next or previous event of a type, seen from an event, which is itself left out.",
            List.of(),
            List.of(INDEX, TYPE, DIRECTION),
            List.of(Answer.JSON),
            (day, arguments) -> {
              byte type = arguments.of(TYPE).byteValue();
              long from = arguments.of(INDEX);
              return index(
                  arguments.of(DIRECTION).equals("next")
                      ? day.reader().next(type, from)
                      : day.reader().previous(type, from));
            }),
        ofDay(
            "/orders/{order}",
            "The life of an order, and its place in the queue from event to event.",
            List.of(ORDER),
            List.of(),
            List.of(Answer.JSON),
            (day, arguments) ->
                new Body(
                    Answer.JSON,
                    Json.of(OrderLife.read(day.reader(), arguments.of(ORDER))::write))));
  }

  private interface OfDay {
    Body answer(PinnedDay day, Arguments arguments) throws IOException;
  }

  private Endpoint ofDay(
      String path,
      String summary,
      List<Parameter<?>> pathParameters,
      List<Parameter<?>> queryParameters,
      List<String> mediaTypes,
      OfDay handler) {
    return new Endpoint(
        DAY + path,
        summary,
        Stream.concat(Stream.of(DATE, TICKER, LEVELS), pathParameters.stream()).toList(),
        Stream.concat(queryParameters.stream(), Stream.of(PIN)).toList(),
        mediaTypes,
        (arguments, tag) -> published(arguments, day -> pinned(handler, day, arguments, tag)));
  }

  private interface Published {
    Answer answer(PinnedDay day) throws IOException;
  }

  private Answer published(Arguments arguments, Published handler) throws IOException {
    TickerDay tickerDay =
        new TickerDay(arguments.of(DATE), arguments.of(TICKER), arguments.of(LEVELS).intValue());
    try {
      PinnedDay day = lake.day(tickerDay);
      if (arguments.find(PIN).filter(wanted -> !wanted.equals(day.pin())).isPresent()) {
        throw gone(tickerDay, null);
      }
      try {
        return handler.answer(day);
      } catch (VersionGoneException e) {
        lake.refresh();
        if (lake.day(tickerDay).pin().equals(day.pin())) {
          // Nothing else is published: what is missing was lost, and asking again is of no use.
          throw new RefusedException(HttpStatus.INTERNAL_SERVER_ERROR_500, e.getMessage(), e);
        }
        throw gone(tickerDay, e);
      }
    } catch (NotPublishedException | IndexOutOfBoundsException | NoSuchElementException e) {
      throw new RefusedException(HttpStatus.NOT_FOUND_404, e.getMessage(), e);
    }
  }

  private static Answer pinned(OfDay handler, PinnedDay day, Arguments arguments, String tag)
      throws IOException {
    // The address names the rest of what the answer depends on; gzip makes other bytes of it.
    String now = "W/\"" + day.pin() + "\"";
    Map<String, String> headers =
        Map.of(
            "ETag",
            now,
            "Cache-Control",
            arguments.find(PIN).isPresent()
                ? "private, max-age=31536000, immutable"
                : "private, no-cache");
    if (now.equals(tag)) {
      return new Answer(HttpStatus.NOT_MODIFIED_304, Answer.JSON, new byte[0], headers);
    }
    Body body = handler.answer(day, arguments);
    return new Answer(HttpStatus.OK_200, body.mediaType(), body.bytes(), headers);
  }

  private static RefusedException gone(TickerDay day, Throwable cause) {
    return new RefusedException(
        HttpStatus.GONE_410,
        day + " was published anew since: ask for it without a pin, and go on with its new pin",
        cause);
  }

  private Answer days(Arguments arguments) throws IOException {
    String search = arguments.find(SEARCH).orElse("").toUpperCase(Locale.ROOT);
    List<Map<String, Object>> found =
        ledger().stream()
            .filter(entry -> ((String) entry.get("ticker")).startsWith(search))
            .filter(entry -> isBetween(entry, arguments))
            .toList();
    List<Map<String, Object>> shown =
        found.stream()
            .skip(arguments.of(OFFSET))
            .limit(arguments.of(DAY_LIMIT))
            .map(Api::summary)
            .toList();
    return Answer.json(
        Json.of(json -> Json.value(json, inOrder("total", (long) found.size(), "days", shown))));
  }

  private List<Map<String, Object>> ledger() throws IOException {
    try {
      return lake.ledger();
    } catch (NotPublishedException e) {
      throw new RefusedException(HttpStatus.NOT_FOUND_404, e.getMessage(), e);
    }
  }

  private static boolean isBetween(Map<String, Object> entry, Arguments arguments) {
    LocalDate date = (LocalDate) entry.get("trade_date");
    return !arguments.find(FROM).filter(date::isBefore).isPresent()
        && !arguments.find(TO).filter(date::isAfter).isPresent();
  }

  private static Map<String, Object> summary(Map<String, Object> entry) {
    Map<String, Object> summary = new LinkedHashMap<>();
    for (String column :
        List.of(
            "trade_date",
            "ticker",
            "levels",
            "row_count",
            "first_time_ns",
            "last_time_ns",
            "proven_share",
            "known_share",
            "published_at")) {
      summary.put(column, entry.get(column));
    }
    summary.put("pin", PinnedDay.pin(entry));
    return summary;
  }

  private Answer entry(PinnedDay day, String tag) throws IOException {
    DayReader reader = day.reader();
    Map<String, Object> specs = new LinkedHashMap<>();
    reader.tables().stream()
        .filter(RowsRequest.TABLES::contains)
        .forEach(table -> specs.put(table, reader.specs(table)));
    List<Map<String, Object>> rejected =
        lake.quarantine().orElse(List.of()).stream()
            .filter(
                row ->
                    reader.tickerDay().ticker().equals(row.get("ticker"))
                        || reader.tickerDay().tradeDate().equals(row.get("trade_date")))
            .toList();
    byte[] body =
        Json.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("pin", day.pin());
              json.writeFieldName("tables");
              Json.value(json, specs);
              json.writeFieldName("ledger");
              Json.value(json, columnsInOrder(reader.ledgerEntry()));
              json.writeFieldName("quarantined");
              Json.value(json, rejected);
              json.writeEndObject();
            });
    // What is rejected changes while the pin stays: the answer's own bytes tell.
    String now = "W/\"" + PinnedDay.digest(body) + "\"";
    Map<String, String> headers = Map.of("ETag", now, "Cache-Control", "private, no-cache");
    return now.equals(tag)
        ? new Answer(HttpStatus.NOT_MODIFIED_304, Answer.JSON, new byte[0], headers)
        : new Answer(HttpStatus.OK_200, Answer.JSON, body, headers);
  }

  private static Map<String, Object> columnsInOrder(Map<String, Object> entry) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    TableCatalog.TICKER_DAYS
        .columnNames()
        .forEach(column -> ordered.put(column, entry.get(column)));
    return ordered;
  }

  private static Body index(OptionalLong found) throws IOException {
    return new Body(
        Answer.JSON,
        Json.of(
            json -> {
              json.writeStartObject();
              json.writeFieldName("index");
              Json.value(json, found.isPresent() ? found.getAsLong() : null);
              json.writeEndObject();
            }));
  }

  private static Map<String, Object> inOrder(
      String first, Object firstValue, String second, Object secondValue) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put(first, firstValue);
    ordered.put(second, secondValue);
    return ordered;
  }
}
