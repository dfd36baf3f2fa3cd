package io.booklake.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What is asked of a server.
 *
 * @param method HTTP's
 * @param uri first place to ask
 * @param headers beside those that every request has
 * @param body made anew for every try
 * @param repeatable whether doing it twice is the same as doing it once
 * @param heavy whether much is sent or comes back
 * @param resumable whether an answer that breaks off is worth having: its rest is asked for then
 * @param target where a part of a content goes that is as long as its rest; null: bodies are read
 *     from a stream
 */
record Request(
    String method,
    URI uri,
    Map<String, String> headers,
    Body body,
    boolean repeatable,
    boolean heavy,
    boolean resumable,
    ByteBuffer target) {

  /** A request's body. */
  @FunctionalInterface
  interface Body {
    BodyPublisher open() throws IOException;
  }

  static Request get(URI uri) {
    return new Request("GET", uri, Map.of(), BodyPublishers::noBody, true, false, false, null);
  }

  /** For what a file holds, or some of it. */
  static Request content(URI uri, Map<String, String> headers, boolean heavy, ByteBuffer target) {
    return new Request("GET", uri, headers, BodyPublishers::noBody, true, heavy, true, target);
  }

  static Request post(URI uri, String contentType, byte[] body, boolean repeatable) {
    return new Request(
        "POST",
        uri,
        Map.of("Content-Type", contentType),
        () -> BodyPublishers.ofByteArray(body),
        repeatable,
        false,
        false,
        null);
  }

  boolean isRead() {
    return method.equals("GET");
  }
}
