package io.booklake.source;

import io.booklake.model.TickerDay;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/** A filter on the columns of a ticker-day's key, decided once per pair instead of once per row. */
final class KeyFilter {
  private static final Set<String> KEY = Set.of("trade_date", "ticker", "levels");
  private static final Set<String> COMPARISONS = Set.of("=", "<=>", "<>", "<", "<=", ">", ">=");

  private final Predicate predicate;

  private KeyFilter(Predicate predicate) {
    this.predicate = predicate;
  }

  /** Empty where the filter looks at any other column or uses a function that is not known here. */
  static Optional<KeyFilter> of(Predicate predicate) {
    return isKnown(predicate) ? Optional.of(new KeyFilter(predicate)) : Optional.empty();
  }

  boolean accepts(TickerDay tickerDay) {
    return test(predicate, tickerDay);
  }

  private static boolean isKnown(Predicate predicate) {
    Expression[] children = predicate.children();
    return switch (predicate.name()) {
      case "AND", "OR", "NOT" ->
          Arrays.stream(children)
              .allMatch(child -> child instanceof Predicate nested && isKnown(nested));
      case "IS_NOT_NULL", "IS_NULL" -> isKey(children[0]);
      case "IN" ->
          isKey(children[0]) && Arrays.stream(children).skip(1).allMatch(KeyFilter::isLiteral);
      case "ALWAYS_TRUE", "ALWAYS_FALSE" -> true;
      default ->
          COMPARISONS.contains(predicate.name()) && isKey(children[0]) && isLiteral(children[1]);
    };
  }

  private static boolean isKey(Expression expression) {
    return expression instanceof NamedReference reference
        && reference.fieldNames().length == 1
        && KEY.contains(reference.fieldNames()[0]);
  }

  private static boolean isLiteral(Expression expression) {
    return expression instanceof LiteralValue<?> literal && literal.value() != null;
  }

  private static boolean test(Predicate predicate, TickerDay tickerDay) {
    List<Expression> children = List.of(predicate.children());
    return switch (predicate.name()) {
      case "AND" -> children.stream().allMatch(child -> test((Predicate) child, tickerDay));
      case "OR" -> children.stream().anyMatch(child -> test((Predicate) child, tickerDay));
      case "NOT" -> !test((Predicate) children.get(0), tickerDay);
      case "IS_NOT_NULL", "ALWAYS_TRUE" -> true;
      case "IS_NULL", "ALWAYS_FALSE" -> false;
      case "IN" ->
          children.stream()
              .skip(1)
              .anyMatch(value -> compare(children.get(0), value, tickerDay) == 0);
      default -> {
        int order = compare(children.get(0), children.get(1), tickerDay);
        yield switch (predicate.name()) {
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          case ">=" -> order >= 0;
          case "<>" -> order != 0;
          default -> order == 0;
        };
      }
    };
  }

  private static int compare(Expression column, Expression literal, TickerDay tickerDay) {
    Object value = ((LiteralValue<?>) literal).value();
    return switch (((NamedReference) column).fieldNames()[0]) {
      case "trade_date" ->
          Long.compare(tickerDay.tradeDate().toEpochDay(), ((Number) value).longValue());
      case "levels" -> Long.compare(tickerDay.levels(), ((Number) value).longValue());
      default -> tickerDay.ticker().compareTo(value.toString());
    };
  }
}
