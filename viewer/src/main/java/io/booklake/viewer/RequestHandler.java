package io.booklake.viewer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its answer. */
final class RequestHandler extends Handler.Abstract {
  static final String HEALTH = "/health";
  static final String METRICS = "/metrics";
  private static final String DESCRIPTION = "/api/openapi.json";
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final int LEAST_BYTES_TO_PACK = 1_024;

  /** The page loads nothing from elsewhere and is shown in no other page. */
  static final Map<String, String> OF_EVERY_ANSWER =
      Map.of(
          "Content-Security-Policy",
              "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
                  + " object-src 'none'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Vary", "Accept-Encoding, Authorization");

  private record Route(UriTemplatePathSpec spec, Endpoint endpoint) {}

  private final List<Route> routes = new ArrayList<>();
  private final PageFiles page;
  private final Figures figures;
  private final Guard guard;
  private final PendingAnswers pending;

  RequestHandler(
      List<Endpoint> endpoints,
      PageFiles page,
      Figures figures,
      Guard guard,
      PendingAnswers pending)
      throws IOException {
    this.page = page;
    this.figures = figures;
    this.guard = guard;
    this.pending = pending;
    byte[] description = OpenApi.of(endpoints);
    endpoints.forEach(this::route);
    route(DESCRIPTION, (arguments, tag) -> Answer.json(description));
    route(METRICS, (arguments, tag) -> figures.answer());
  }

  private void route(String path, Endpoint.Handler handler) {
    route(new Endpoint(path, path, List.of(), List.of(), List.of(), handler));
  }

  private void route(Endpoint endpoint) {
    routes.add(new Route(new UriTemplatePathSpec(endpoint.path()), endpoint));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String name = "none";
    Answer answer;
    try {
      guard.check(request);
      String path = Request.getPathInContext(request);
      Optional<Answer> file = page.at(path);
      if (path.equals(HEALTH)) {
        name = HEALTH;
        answer = Answer.json(Json.field("status", "up"));
      } else if (file.isPresent()) {
        name = "page";
        answer = file.get();
      } else {
        guard.checkToken(request);
        Route route = route(path);
        name = route.endpoint.path();
        answer = answer(route, path, request);
      }
    } catch (RefusedException e) {
      if (e.status() >= HttpStatus.INTERNAL_SERVER_ERROR_500) {
        LOG.error("no answer to {}", name, e);
      }
      answer = refusal(e.status(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.error("no answer to {}", name, e);
      answer = refusal(HttpStatus.INTERNAL_SERVER_ERROR_500, "the server failed; its log says why");
    }
    send(request, response, callback, name, answer);
    return true;
  }

  private Route route(String path) {
    return routes.stream()
        .filter(each -> each.spec.matches(path))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND_404, "nothing is here: see " + DESCRIPTION));
  }

  private static Answer answer(Route route, String path, Request request) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>(route.spec.getPathParams(path));
    parts.replaceAll((part, encoded) -> decoded(encoded));
    Arguments arguments = new Arguments(route.endpoint, parts, query(request));
    return route
        .endpoint
        .handler()
        .answer(arguments, request.getHeaders().get(HttpHeader.IF_NONE_MATCH));
  }

  /**
   * Jetty leaves some bytes of a path encoded, such as those of ^ and #. Bytes that are no UTF-8
   * become a character that no parameter accepts.
   */
  private static String decoded(String part) {
    try {
      // To URLDecoder, which is made for forms, a plus is a space.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST_400, "found a path that is not percent-encoded", e);
    }
  }

  private static Map<String, List<String>> query(Request request) {
    Fields fields = new Fields();
    String text = request.getHttpURI().getQuery();
    try {
      if (text != null) {
        UrlEncoded.decodeUtf8To(text, fields);
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST_400, "found a query that is not percent-encoded UTF-8", e);
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    fields.forEach(field -> query.put(field.getName(), field.getValues()));
    return query;
  }

  private static Answer refusal(int status, String message) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    if (status == HttpStatus.UNAUTHORIZED_401) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    if (status == HttpStatus.METHOD_NOT_ALLOWED_405) {
      headers.put("Allow", "GET, HEAD");
    }
    return new Answer(status, Answer.JSON, Json.field("error", message), headers);
  }

  private void send(
      Request request, Response response, Callback callback, String name, Answer answer)
      throws IOException {
    HttpFields.Mutable headers = response.getHeaders();
    OF_EVERY_ANSWER.forEach(headers::put);
    answer.headers().forEach(headers::put);
    byte[] body = answer.body();
    response.setStatus(answer.status());
    if (answer.status() != HttpStatus.NOT_MODIFIED_304) {
      headers.put(HttpHeader.CONTENT_TYPE, answer.mediaType());
      if (body.length >= LEAST_BYTES_TO_PACK && takesGzip(request)) {
        body = packed(body);
        headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
      }
      headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    boolean isHead = HttpMethod.HEAD.is(request.getMethod());
    figures.add(
        name,
        answer.status(),
        isHead ? 0 : body.length,
        System.nanoTime() - request.getBeginNanoTime());
    if (isHead) {
      response.write(true, null, callback);
    } else {
      pending.send(request, response, body, callback);
    }
  }

  private static boolean takesGzip(Request request) {
    HttpField accepted = request.getHeaders().getField(HttpHeader.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip");
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new FastGzip(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }

  /** On one machine the time to pack counts for more than the bytes. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
