package io.booklake.viewer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The values of a request, all of them checked. */
final class Arguments {
  private final Map<String, Object> values = new HashMap<>();

  /**
   * Checks what a request says.
   *
   * @param path parts of the path by name
   * @param query by name; may have several values each
   * @throws RefusedException if anything is missing, unknown, there twice or not as expected
   */
  Arguments(Endpoint endpoint, Map<String, String> path, Map<String, List<String>> query) {
    Map<String, Parameter<?>> known = new HashMap<>();
    endpoint
        .pathParameters()
        .forEach(each -> values.put(each.name(), each.parse(path.get(each.name()))));
    endpoint.queryParameters().forEach(each -> known.put(each.name(), each));
    query.forEach(
        (name, found) -> {
          Parameter<?> parameter = known.get(name);
          if (parameter == null) {
            throw new RefusedException(
                HttpStatus.BAD_REQUEST_400,
                "found the parameter '"
                    + Parameter.shown(name)
                    + "', expected "
                    + (known.isEmpty()
                        ? "none"
                        : "some of "
                            + String.join(
                                ", ",
                                endpoint.queryParameters().stream()
                                    .map(Parameter::name)
                                    .toList())));
          }
          if (found.size() > 1) {
            throw new RefusedException(
                HttpStatus.BAD_REQUEST_400, name + ": found it twice, expected it once");
          }
          values.put(name, parameter.parse(found.get(0)));
        });
    for (Parameter<?> each : endpoint.queryParameters()) {
      each.fallback().ifPresent(value -> values.putIfAbsent(each.name(), value));
      if (each.isRequired() && !values.containsKey(each.name())) {
        throw new RefusedException(
            HttpStatus.BAD_REQUEST_400,
            "the parameter " + each.name() + " is required: " + each.description());
      }
    }
  }

  /** A value that every request has. */
  <T> T of(Parameter<T> parameter) {
    return find(parameter).orElseThrow();
  }

  /** A value that a request may have. */
  @SuppressWarnings("unchecked")
  <T> Optional<T> find(Parameter<T> parameter) {
    return Optional.ofNullable((T) values.get(parameter.name()));
  }
}
