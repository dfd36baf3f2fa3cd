package io.booklake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a command prints where its format is JSON: an object a line. */
final class JsonLines {
  private JsonLines() {}

  static List<JsonNode> of(String output) {
    return output.lines().map(JsonLines::object).toList();
  }

  private static JsonNode object(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By a field that no two of them share. */
  static Map<String, JsonNode> by(String field, String output) {
    return of(output).stream()
        .collect(Collectors.toMap(row -> row.get(field).asText(), row -> row));
  }

  static int sum(Map<String, JsonNode> rows, String field) {
    return rows.values().stream().mapToInt(row -> row.get(field).asInt()).sum();
  }
}
