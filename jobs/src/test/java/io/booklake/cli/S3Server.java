package io.booklake.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** S3Proxy in a process of its own: a server of the S3 protocol. */
final class S3Server implements AutoCloseable {
  private static final Pattern STARTED =
      Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

  private final String storage;
  private final Path folder;
  private final URI endpoint;
  private final String bucket;
  private Process process;

  /** Starts a server with an empty bucket, which it keeps in memory. */
  S3Server() throws IOException, InterruptedException {
    this("jclouds.provider=transient-nio2");
  }

  /** Starts a server with an empty bucket, which it keeps as a folder of this one. */
  S3Server(Path objects) throws IOException, InterruptedException {
    this("jclouds.provider=filesystem-nio2\njclouds.filesystem.basedir=" + objects);
  }

  private S3Server(String storage) throws IOException, InterruptedException {
    this.storage = storage;
    folder = Files.createTempDirectory("s3");
    endpoint = URI.create("http://127.0.0.1:" + start(0));
    // Hadoop keeps a file system for each bucket: two servers in one process need two names.
    bucket = "lakes-" + endpoint.getPort();
    makeBucket();
  }

  /** Its port, which is a free one where none is asked for. */
  private int start(int port) throws IOException {
    Path properties = folder.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=none
        jclouds.identity=unused
        jclouds.credential=unused
        %s
        """
            .formatted(port, storage));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "s3proxy.jar").toString(),
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .start();
    InputStream output = process.getInputStream();
    CompletableFuture<Integer> started = new CompletableFuture<>();
    Thread reader = new Thread(() -> drain(output, started), "s3proxy's output");
    reader.setDaemon(true);
    reader.start();
    return started.join();
  }

  /** Kills the server, whatever it is doing. */
  void cut() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again where it was, with what a folder kept. */
  void restore() throws IOException {
    start(endpoint.getPort());
  }

  /** Reads all output, so that the server never waits for somebody to read it. */
  private static void drain(InputStream output, CompletableFuture<Integer> port) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          port.complete(Integer.valueOf(started.group(1)));
        }
        if (!port.isDone()) {
          said.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    port.completeExceptionally(new IOException("no S3 server: " + said));
  }

  private void makeBucket() throws IOException, InterruptedException {
    int status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(endpoint.resolve("/" + bucket))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("no bucket " + bucket + ": " + status);
    }
  }

  /** Its bucket, with a slash behind. */
  String root() {
    return "s3a://" + bucket + "/";
  }

  String bucket() {
    return bucket;
  }

  /** What Hadoop needs to be told to meet this server. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("fs.s3a.endpoint", endpoint.toString());
    settings.put("fs.s3a.endpoint.region", "us-east-1");
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.access.key", "key");
    settings.put("fs.s3a.secret.key", "secret");
    return settings;
  }

  Configuration configuration() {
    Configuration configuration = new Configuration();
    settings().forEach(configuration::set);
    return configuration;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    Files.delete(folder.resolve("s3proxy.properties"));
    Files.delete(folder);
  }
}
