package io.booklake.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.booklake.format.lobster.Pair;
import io.booklake.format.lobster.SourceFile;
import io.booklake.model.TickerDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs as the text of an option: a job that has looked through the landing zone hands on exactly
 * what it found.
 */
public final class PairList {
  /** The option's name. */
  public static final String OPTION = "pairs";

  private static final ObjectMapper JSON = new ObjectMapper();

  private PairList() {}

  /** The option's value. */
  public static String format(List<Pair> pairs) {
    ArrayNode all = JSON.createArrayNode();
    for (Pair pair : pairs) {
      ObjectNode node = all.addObject();
      node.put("tradeDate", pair.tickerDay().tradeDate().toString());
      node.put("ticker", pair.tickerDay().ticker());
      node.put("levels", pair.tickerDay().levels());
      node.put("startMillis", pair.startMillis());
      node.put("endMillis", pair.endMillis());
      add(node.putObject("message"), pair.message());
      add(node.putObject("orderbook"), pair.orderbook());
    }
    return all.toString();
  }

  private static void add(ObjectNode node, SourceFile file) {
    node.put("uri", file.uri());
    node.put("entry", file.entry());
    node.put("storedBytes", file.storedBytes());
    node.put("modifiedMillis", file.modifiedMillis());
  }

  static List<Pair> parse(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode node : read(text)) {
      TickerDay tickerDay =
          new TickerDay(
              LocalDate.parse(node.get("tradeDate").asText()),
              node.get("ticker").asText(),
              node.get("levels").asInt());
      pairs.add(
          new Pair(
              tickerDay,
              node.get("startMillis").asInt(),
              node.get("endMillis").asInt(),
              file(node.get("message")),
              file(node.get("orderbook"))));
    }
    return pairs;
  }

  static List<String> parseStrings(String text) {
    List<String> strings = new ArrayList<>();
    read(text).forEach(node -> strings.add(node.asText()));
    return strings;
  }

  private static SourceFile file(JsonNode node) {
    return new SourceFile(
        node.get("uri").asText(),
        node.get("entry").isNull() ? null : node.get("entry").asText(),
        node.get("storedBytes").asLong(),
        node.get("modifiedMillis").asLong());
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "an option of the lobster source is no JSON: " + e.getMessage(), e);
    }
  }
}
