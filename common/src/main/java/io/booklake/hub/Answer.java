package io.booklake.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * What a server answered. Must be closed.
 *
 * @param uri where it came from, behind all redirects
 * @param status HTTP's
 * @param headers HTTP's
 * @param body unread
 */
record Answer(URI uri, int status, HttpHeaders headers, InputStream body) implements Closeable {
  static final int OK = 200;
  static final int PARTIAL = 206;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int PROXY_UNAUTHORIZED = 407;
  static final int TIMEOUT = 408;
  static final int CONFLICT = 409;
  static final int PRECONDITION_FAILED = 412;
  static final int UNSATISFIABLE = 416;
  static final int TOO_MANY = 429;
  static final int SERVER_ERROR = 500;

  /** Thousand files of a listing have some 300 KB; what is far larger is none of the Hub's. */
  static final int LONGEST_JSON = 32 << 20;

  /** What is left of a small body is read, so that its connection can be used again. */
  private static final int WORTH_DRAINING = 64 << 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean isOk() {
    return status / 100 == 2;
  }

  /** True for what may be gone in a second. */
  boolean isTransient() {
    return status == TIMEOUT || status == TOO_MANY || status >= SERVER_ERROR;
  }

  /** A header; empty where there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /**
   * The body as JSON.
   *
   * @throws HubException if it is none, or endless
   */
  JsonNode json() throws IOException {
    byte[] bytes = body.readNBytes(LONGEST_JSON + 1);
    if (bytes.length > LONGEST_JSON) {
      throw new HubException(
          HubException.Kind.UNSAFE, uri.getHost() + " answered more than any listing has");
    }
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "expected JSON from " + Printable.of(uri) + ", found something else. A proxy?",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    try (body) {
      if (!isOk()) {
        drain();
      }
    }
  }

  private void drain() throws IOException {
    try {
      body.readNBytes(WORTH_DRAINING);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      // What it would have said is known: its connection is not used again, and that is all.
      return;
    }
  }
}
