package io.booklake.viewer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be asked, in words of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1). */
final class OpenApi {
  private OpenApi() {}

  static byte[] of(List<Endpoint> endpoints) throws IOException {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Endpoint each : endpoints) {
      paths.put(each.path(), Map.of("get", operation(each)));
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("openapi", "3.1.1");
    description.put(
        "info",
        Map.of(
            "title",
            "A lake of booklake",
            "version",
            "1",
            "description",
            "Prices of events are whole numbers of 1/10,000 USD, times nanoseconds after exchange"
                + " midnight; the columns are those of the data dictionary. Whole numbers may be"
                + " larger than a double can hold exactly."));
    description.put("paths", paths);
    description.put(
        "components",
        Map.of("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
    description.put("security", List.of(Map.of(), Map.of("token", List.of())));
    return Json.of(json -> Json.value(json, description));
  }

  private static Map<String, Object> operation(Endpoint endpoint) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    endpoint.pathParameters().forEach(each -> parameters.add(parameter(each, "path", true)));
    endpoint
        .queryParameters()
        .forEach(each -> parameters.add(parameter(each, "query", each.isRequired())));
    Map<String, Object> content = new LinkedHashMap<>();
    endpoint.mediaTypes().forEach(type -> content.put(type, Map.of()));
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put("200", Map.of("description", endpoint.summary(), "content", content));
    responses.put("4XX", Map.of("description", "Why not, in the field error."));
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", endpoint.summary());
    operation.put("parameters", parameters);
    operation.put("responses", responses);
    return operation;
  }

  private static Map<String, Object> parameter(
      Parameter<?> parameter, String place, boolean isRequired) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", parameter.name());
    description.put("in", place);
    description.put("required", isRequired);
    description.put("description", parameter.description());
    description.put("schema", parameter.schema());
    return description;
  }
}
