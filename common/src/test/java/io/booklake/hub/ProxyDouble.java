package io.booklake.hub;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that runs here: it opens tunnels for CONNECT and passes on what names a whole address,
 * one request a connection. It keeps the head of each request, as it came.
 */
public final class ProxyDouble implements AutoCloseable {
  private static final String REFUSAL =
      """
      HTTP/1.1 407 Who are you
      Proxy-Authenticate: Basic realm="test"
      Content-Length: 0
      Connection: close

      """;

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket server;
  private final Optional<String> expected;

  /** Starts it on a port that is free, for everybody. */
  public ProxyDouble() throws IOException {
    this(Optional.empty());
  }

  /** The same for who shows it this by Proxy-Authorization. */
  public ProxyDouble(String expected) throws IOException {
    this(Optional.of(expected));
  }

  private ProxyDouble(Optional<String> expected) throws IOException {
    this.expected = expected;
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Host and port. */
  public String address() {
    return "localhost:" + server.getLocalPort();
  }

  /** The heads of all requests: request line and headers. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      heads.add(head);
      OutputStream out = client.getOutputStream();
      if (expected.isPresent()
          && head.lines().noneMatch(("Proxy-Authorization: " + expected.get())::equals)) {
        out.write(ascii(REFUSAL.replace("\n", "\r\n")));
        return;
      }
      String target = head.split(" ", 3)[1];
      boolean isTunnel = head.startsWith("CONNECT ");
      URI uri = URI.create(isTunnel ? "https://" + target : target);
      try (Socket origin = new Socket(uri.getHost(), uri.getPort())) {
        open.add(origin);
        if (isTunnel) {
          out.write(ascii("HTTP/1.1 200 Connected\r\n\r\n"));
        } else {
          origin.getOutputStream().write(ascii(forOrigin(head, uri)));
        }
        threads.execute(() -> pump(in, origin));
        origin.getInputStream().transferTo(out);
      }
    } catch (IOException e) {
      // One of both has gone, as the client sees.
    }
  }

  private static void pump(InputStream in, Socket origin) {
    try {
      in.transferTo(origin.getOutputStream());
      origin.shutdownOutput();
    } catch (IOException e) {
      // The other direction ends as well.
    }
  }

  /** Up to the empty line. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String forOrigin(String head, URI uri) {
    String root = "http://" + uri.getRawAuthority();
    StringBuilder passedOn = new StringBuilder();
    head.strip()
        .replace(" " + root, " ")
        .lines()
        .filter(line -> !line.startsWith("Proxy-") && !line.startsWith("Connection:"))
        .forEach(line -> passedOn.append(line).append("\r\n"));
    return passedOn.append("Connection: close\r\n\r\n").toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Closeable each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
