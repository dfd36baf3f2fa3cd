package io.booklake.viewer;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/**
 * Something that can be asked for.
 *
 * @param path with the names of its parameters in braces
 * @param summary one sentence
 * @param pathParameters in the order of the path
 * @param queryParameters in the order of the description
 * @param mediaTypes of its answers
 * @param handler makes the answer
 */
record Endpoint(
    String path,
    String summary,
    List<Parameter<?>> pathParameters,
    List<Parameter<?>> queryParameters,
    List<String> mediaTypes,
    Handler handler) {

  /** Makes an answer. */
  interface Handler {
    /**
     * Answers.
     *
     * @param tag the ETag that the client has; null if it has none
     */
    Answer answer(Arguments arguments, String tag) throws IOException;
  }

  /** Checks that path and parameters speak of the same. */
  Endpoint {
    pathParameters = List.copyOf(pathParameters);
    queryParameters = List.copyOf(queryParameters);
    mediaTypes = List.copyOf(mediaTypes);
    List<String> named = List.of(new UriTemplatePathSpec(path).getVariables());
    if (!named.equals(pathParameters.stream().map(Parameter::name).toList())) {
      throw new IllegalArgumentException(path + " has other parameters than " + pathParameters);
    }
  }
}
