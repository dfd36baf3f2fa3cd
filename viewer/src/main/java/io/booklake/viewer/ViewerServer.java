package io.booklake.viewer;

import io.booklake.read.LakeReader;
import io.booklake.serve.LakeServer;
import io.booklake.serve.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The viewer's server: a lake as JSON and CSV, and the page that shows it. */
final class ViewerServer implements LakeServer {
  private static final int MOST_HEADER_BYTES = 8 << 10;

  private static final int THREADS_BESIDES_READERS = 16;
  private static final long STOP_MILLIS = Duration.ofSeconds(5).toMillis();

  private final Server server;
  private final ServerConnector connector;
  private final ServerSettings settings;

  private ViewerServer(Server server, ServerConnector connector, ServerSettings settings) {
    this.server = server;
    this.connector = connector;
    this.settings = settings;
  }

  /**
   * Starts one.
   *
   * @throws IOException if it cannot listen, or has no page
   */
  static ViewerServer start(LakeReader reader, ServerSettings settings, Limits limits)
      throws IOException {
    PublishedLake lake = new PublishedLake(reader, limits.lakeAge());
    QueuedThreadPool threads = new QueuedThreadPool(limits.readers() + THREADS_BESIDES_READERS);
    threads.setName("booklake-viewer");
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, http());
    connector.setHost(settings.host().getHostAddress());
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.silence().toMillis());
    connector.addBean(new SlowClients(connector.getScheduler(), limits.requestTime()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new JsonErrors());

    Turns turns =
        new Turns(
            new RequestHandler(
                new Api(lake, limits.values()).endpoints(),
                PageFiles.load(),
                new Figures(lake),
                new Guard(settings),
                new PendingAnswers(limits.pendingBytes())));
    turns.setMaxRequestCount(limits.readers());
    turns.setMaxSuspendedRequestCount(limits.waiting());
    turns.setMaxSuspend(limits.patience());
    // How a server is must be seen when it is busy, too.
    turns.exclude(
        new UriTemplatePathSpec(RequestHandler.HEALTH),
        new UriTemplatePathSpec(RequestHandler.METRICS));
    server.setHandler(turns);
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the server did not start at " + settings, e);
    }
    return new ViewerServer(server, connector, settings);
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
    return new HttpConnectionFactory(configuration);
  }

  @Override
  public URI address() {
    String host = settings.host().getHostAddress();
    return URI.create(
        "http://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + connector.getLocalPort());
  }

  @Override
  public void await() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server at " + address() + " did not stop", e);
    }
  }
}
