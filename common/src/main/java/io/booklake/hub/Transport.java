package io.booklake.hub;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Requests with their tries, limits and redirects. Redirects are followed here and not by the JDK,
 * whose client forwards the token to any host; HTTP/1.1, since parallel downloads on one HTTP/2
 * connection would share its window.
 */
final class Transport {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The answer to an upload comes when all of it is there. */
  private static final Duration UPLOAD = Duration.ofHours(1);

  private static final int MOST_REDIRECTS = 10;

  /** What some servers leave unescaped in a Location. */
  private static final Pattern ILLEGAL_IN_URI = Pattern.compile("[\\s\"<>\\\\^`{|}]");

  private final HubSettings settings;
  private final Timing timing;
  private final Backoff backoff;

  /**
   * Does what an answer gives to do in the thread that waits for all connections, without waking
   * another for each step: that takes a quarter of the work on small files.
   */
  private final HttpClient client;

  /** For much at once: decryption and files to send would hold up that one thread. */
  private HttpClient heavy;

  Transport(HubSettings settings, Timing timing) {
    this.settings = settings;
    this.timing = timing;
    this.backoff = new Backoff(timing.pause());
    this.client = builder().executor(Runnable::run).build();
  }

  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .proxy(settings.proxies().selector())
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT);
  }

  private synchronized HttpClient heavy() {
    if (heavy == null) {
      heavy = builder().build();
    }
    return heavy;
  }

  Backoff backoff() {
    return backoff;
  }

  /**
   * Asks until there is an answer that another try would not change.
   *
   * @throws HubException if there is none after all tries, or the answers are not a Hub's
   */
  Answer send(Request request) throws IOException {
    if (settings.offline()) {
      throw new HubException(
          HubException.Kind.OFFLINE,
          "not asked: "
              + Printable.of(request.uri())
              + ", since HF_HUB_OFFLINE is set and the cache does not hold it. Unset it, or download it first.");
    }
    for (int failures = 1; ; failures++) {
      backoff.awaitLimit();
      boolean last = failures > Backoff.RETRIES || !request.repeatable();
      try {
        Answer answer = follow(request);
        if (!answer.isTransient()) {
          return answer;
        }
        Duration limit = backoff.noteLimit(answer.headers());
        if (last || limit.compareTo(Backoff.LONGEST_LIMIT) > 0) {
          return answer;
        }
        answer.close();
        if (!limit.isZero()) {
          continue;
        }
      } catch (HubException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (last) {
          throw unreachable(request, e);
        }
      }
      backoff.awaitRetry(failures);
    }
  }

  private static HubException unreachable(Request request, IOException cause) {
    return new HubException(
        HubException.Kind.UNREACHABLE,
        "no whole answer from "
            + request.uri().getHost()
            + ": "
            + Printable.of(cause.toString())
            + ". Check the network, the proxy (HTTPS_PROXY, NO_PROXY), HF_ENDPOINT; then run it again, it continues.",
        cause);
  }

  private Answer follow(Request request) throws IOException {
    Set<URI> visited = new HashSet<>();
    URI uri = request.uri();
    // Another server that sends back to the Hub does not speak for this user.
    boolean trusted = isEndpoint(uri);
    while (true) {
      if (!visited.add(uri) || visited.size() > MOST_REDIRECTS) {
        throw new HubException(
            HubException.Kind.UNSAFE, Printable.of(request.uri()) + " redirects in circles");
      }
      Answer answer = once(request, uri, trusted);
      if (!isRedirect(answer, request)) {
        return answer;
      }
      answer.close();
      URI next = target(uri, answer.header("Location"));
      if (!trusted && isEndpoint(next) && !request.isRead()) {
        throw new HubException(
            HubException.Kind.UNSAFE, uri.getHost() + " redirects what is for it to the Hub");
      }
      trusted &= isEndpoint(next);
      uri = next;
    }
  }

  /** A read may go anywhere; anything else only where the server says that method and body stay. */
  private static boolean isRedirect(Answer answer, Request request) {
    return switch (answer.status()) {
      case 301, 302, 303 -> request.isRead();
      case 307, 308 -> true;
      default -> false;
    };
  }

  private static URI target(URI from, String location) throws HubException {
    URI target;
    try {
      target = from.resolve(escaped(location));
    } catch (IllegalArgumentException e) {
      throw new HubException(
          HubException.Kind.UNSAFE,
          from.getHost() + " redirects to no address: " + Printable.of(location),
          e);
    }
    boolean web = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
    boolean downgraded = "https".equals(from.getScheme()) && "http".equals(target.getScheme());
    if (!web || downgraded || target.getHost() == null) {
      throw new HubException(
          HubException.Kind.UNSAFE,
          from.getHost() + " redirects to where no Hub does: " + Printable.of(target.toString()));
    }
    return target;
  }

  private static String escaped(String location) {
    return ILLEGAL_IN_URI
        .matcher(location)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(String.format("%%%02X", (int) found.group().charAt(0))));
  }

  private Answer once(Request request, URI uri, boolean trusted) throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .timeout(request.method().equals("PUT") ? UPLOAD : timing.answer())
            .method(request.method(), request.body().open())
            .setHeader("User-Agent", "booklake")
            // A packed body would have another length than the file.
            .setHeader("Accept-Encoding", "identity");
    request.headers().forEach(builder::setHeader);
    if (trusted) {
      settings
          .token()
          .ifPresent(token -> builder.setHeader("Authorization", token.authorization()));
    }
    // The JDK's client leaves it out where the request itself does not go to the proxy.
    Optional<HttpProxy> proxy = settings.proxies().before(uri);
    proxy
        .flatMap(HttpProxy::authorization)
        .ifPresent(shown -> builder.setHeader("Proxy-Authorization", shown));
    Body body = new Body(request.target());
    try {
      HttpResponse<InputStream> response =
          (request.heavy() ? heavy() : client).send(builder.build(), body);
      if (response.statusCode() == Answer.PROXY_UNAUTHORIZED) {
        throw unknownToProxy(response, proxy);
      }
      InputStream content = request.resumable() ? response.body() : whole(response.body());
      return new Answer(uri, response.statusCode(), response.headers(), content);
    } catch (HubException e) {
      throw e;
    } catch (IOException e) {
      if (isOfCertificate(e)) {
        throw untrusted(uri, e);
      }
      InputStream came = body.end(e);
      if (!request.resumable() || came == null) {
        throw e;
      }
      // The client fails as a whole where a body breaks off that it awaits: what came is an answer.
      return new Answer(uri, body.head.statusCode(), body.head.headers(), came);
    } catch (IllegalArgumentException e) {
      // The JDK's client, of headers and addresses that it cannot read.
      throw new HubException(
          HubException.Kind.UNSAFE,
          uri.getHost() + " answers as no Hub does: " + Printable.of(e.toString()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while asking " + uri.getHost());
      body.end(interrupted);
      throw interrupted;
    }
  }

  /** Another try would be refused as well. */
  private static HubException unknownToProxy(
      HttpResponse<InputStream> response, Optional<HttpProxy> proxy) throws IOException {
    // Where a tunnel is refused, the JDK's client gives no body.
    if (response.body() != null) {
      response.body().close();
    }
    return new HubException(
        HubException.Kind.UNREACHABLE,
        "the proxy"
            + proxy.map(named -> " " + named).orElse("")
            + " asks for a name and a password, or refuses those it was sent. Put them into the variable"
            + " that names it, as http://USER:PASSWORD@HOST:PORT. Where bin/booklake does not start the"
            + " JVM, give it -Djdk.http.auth.tunneling.disabledSchemes= as well: the JDK does not send"
            + " them for https otherwise.");
  }

  /** Read here, so that one that breaks off is asked for again. */
  private static InputStream whole(InputStream body) throws IOException {
    try (body) {
      return new ByteArrayInputStream(body.readNBytes(Answer.LONGEST_JSON + 1));
    }
  }

  private static boolean isOfCertificate(IOException failure) {
    Throwable cause = failure instanceof SSLException ? failure : null;
    while (cause != null && !(cause instanceof CertificateException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Another try would meet the same certificate. */
  private static HubException untrusted(URI uri, IOException cause) {
    return new HubException(
        HubException.Kind.UNREACHABLE,
        "the certificate of "
            + uri.getHost()
            + " is not trusted: "
            + Printable.of(String.valueOf(cause.getMessage()))
            + ". If its name and dates are right, as where a proxy opens TLS, import it by keytool into"
            + " a copy of the JDK's cacerts, and run with"
            + " BOOKLAKE_JAVA_OPTS=-Djavax.net.ssl.trustStore=THAT_COPY.",
        cause);
  }

  /** The body of one answer. */
  private final class Body implements BodyHandler<InputStream> {
    private ByteBuffer target;
    private volatile ResponseInfo head;

    /** Null while there is none, and where the body is read as it comes. */
    private volatile AwaitedBody awaited;

    private StreamedBody streamed;
    private boolean ended;

    Body(ByteBuffer target) {
      this.target = target;
    }

    @Override
    public synchronized BodySubscriber<InputStream> apply(ResponseInfo info) {
      head = info;
      long length = info.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
      awaited = awaited(info.statusCode(), length);
      target = null;
      if (awaited != null) {
        return awaited;
      }
      streamed = new StreamedBody(timing.silence());
      if (ended) {
        streamed.close();
      }
      return streamed;
    }

    /** Lets nothing come any more; returns what came of a body that is awaited, else null. */
    synchronized InputStream end(IOException cause) {
      ended = true;
      target = null;
      if (streamed != null) {
        streamed.close();
      }
      return awaited == null ? null : awaited.brokenOff(cause);
    }

    private AwaitedBody awaited(int status, long length) {
      if (target != null && status == Answer.PARTIAL && length == target.remaining()) {
        return AwaitedBody.into(target, timing.silence());
      }
      return 0 <= length && length <= AwaitedBody.SMALL_BYTES
          ? AwaitedBody.small((int) length, timing.silence())
          : null;
    }
  }

  /** The Hub itself: the only place the token goes to. */
  boolean isEndpoint(URI uri) {
    URI endpoint = settings.endpoint();
    return endpoint.getScheme().equals(uri.getScheme())
        && endpoint.getHost().equalsIgnoreCase(uri.getHost())
        && port(endpoint) == port(uri);
  }

  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }
}
