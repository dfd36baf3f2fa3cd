package io.booklake.viewer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty refuses itself, such as a path with dots that are encoded, is refused like the rest.
 */
final class JsonErrors extends ErrorHandler {
  private static final String NO_QUESTION =
      "found no request of HTTP/1.1, or a path with '..', '//' or an encoded '/' or '%', expected"
          + " one that /api/openapi.json describes";

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    RequestHandler.OF_EVERY_ANSWER.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answer.JSON);
    response.write(true, ByteBuffer.wrap(body(response.getStatus())), callback);
    return true;
  }

  /** Not the reason: it repeats what the client sent. */
  private static byte[] body(int status) throws IOException {
    return Json.field(
        "error",
        status == HttpStatus.BAD_REQUEST_400 ? NO_QUESTION : HttpStatus.getMessage(status));
  }
}
