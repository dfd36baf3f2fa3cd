package io.booklake.viewer;

import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A part of a request: what is accepted, and the same in words of OpenAPI, so that the two cannot
 * differ.
 *
 * @param name in the path or the query
 * @param description one sentence
 * @param schema of OpenAPI
 * @param fallback what it is where the query does not name it; empty if it need not be there at all
 * @param isRequired whether a request without it is refused
 * @param parser throws {@link RefusedException} for what is not accepted
 */
record Parameter<T>(
    String name,
    String description,
    Map<String, Object> schema,
    Optional<T> fallback,
    boolean isRequired,
    Function<String, T> parser) {
  /** As JSON writes it: with zeros in front, one thing would have many addresses. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

  private static final int MOST_SHOWN = 60;

  /** A value out of a request. */
  T parse(String text) {
    return parser.apply(text);
  }

  /** The same, which a request must have. */
  Parameter<T> required() {
    return new Parameter<>(name, description, schema, Optional.empty(), true, parser);
  }

  /** The same with a value for requests that do not name it. */
  Parameter<T> or(T value) {
    Map<String, Object> with = new LinkedHashMap<>(schema);
    with.put("default", value);
    return new Parameter<>(name, description, with, Optional.of(value), false, parser);
  }

  private static <T> Parameter<T> optional(
      String name, String description, Map<String, Object> schema, Function<String, T> parser) {
    return new Parameter<>(name, description, schema, Optional.empty(), false, parser);
  }

  /** A whole number from {@code least} to {@code most}. */
  static Parameter<Long> number(String name, long least, long most, String description) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("format", "int64");
    schema.put("minimum", least);
    schema.put("maximum", most);
    return optional(
        name,
        description,
        schema,
        text -> {
          if (WHOLE_NUMBER.matcher(text).matches()) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
              return value;
            }
          }
          throw refused(
              name, text, "a whole number from " + least + " to " + most + ", no zeros in front");
        });
  }

  /** One of some words. */
  static Parameter<String> word(String name, List<String> words, String description) {
    return optional(
        name,
        description,
        Map.of("type", "string", "enum", words),
        text -> {
          if (!words.contains(text)) {
            throw refused(name, text, "one of " + String.join(", ", words));
          }
          return text;
        });
  }

  /** Text of a form. */
  static Parameter<String> text(String name, String pattern, String description) {
    Pattern form = Pattern.compile(pattern);
    return optional(
        name,
        description,
        Map.of("type", "string", "pattern", "^" + pattern + "$"),
        text -> {
          if (!form.matcher(text).matches()) {
            throw refused(name, text, "text like " + pattern);
          }
          return text;
        });
  }

  /** An exchange date. */
  static Parameter<LocalDate> date(String name, String description) {
    return optional(
        name,
        description,
        Map.of("type", "string", "format", "date"),
        text -> {
          try {
            return LocalDate.parse(text);
          } catch (DateTimeParseException e) {
            throw refused(name, text, "a date like 2012-06-21", e);
          }
        });
  }

  /** A ticker symbol. */
  static Parameter<String> ticker(String name, String description) {
    return optional(
        name,
        description,
        Map.of("type", "string", "maxLength", 16),
        text -> {
          if (!TickerDay.isTicker(text)) {
            throw refused(name, text, "1 to 16 of A-Z 0-9 . + = ^ # $ -");
          }
          return text;
        });
  }

  private static RefusedException refused(String name, String text, String expected) {
    return refused(name, text, expected, null);
  }

  private static RefusedException refused(
      String name, String text, String expected, Throwable cause) {
    return new RefusedException(
        HttpStatus.BAD_REQUEST_400,
        name + ": found '" + shown(text) + "', expected " + expected,
        cause);
  }

  /** What a client sent, fit to be sent back: printable and short. */
  static String shown(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= MOST_SHOWN
        ? printable
        : printable.substring(0, MOST_SHOWN) + "...";
  }
}
