package io.booklake.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same Hub behind a proxy: what goes through it, and what each of the two gets to see. */
@Timeout(120)
class HubBehindProxyTest {
  private static final String DATASET = "owner/mixed";
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("me:s@cret".getBytes(UTF_8));

  /** Passwords of the proxy that reached a server behind it. */
  private final List<String> passwords = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private HubDouble server;
  private ProxyDouble proxy;

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @Test
  void everythingGoesThroughItAndStorageNeverSeesTheToken() throws Exception {
    start(null, new ProxyDouble(BASIC));
    downloadAll(Map.of("HTTP_PROXY", "http://me:s%40cret@" + proxy.address()));

    assertThat(proxy.heads()).hasSameSizeAs(server.seen());
    assertThat(proxy.heads()).allMatch(head -> head.split(" ", 3)[1].startsWith("http://"));
    assertThat(proxy.heads()).allMatch(head -> head.contains("Proxy-Authorization: " + BASIC));
    assertThat(server.seen()).anyMatch(seen -> seen.server().equals("storage"));
    assertThat(server.seen())
        .allMatch(seen -> (seen.authorization() == null) == seen.server().equals("storage"));
  }

  @Test
  void whatNoProxyNamesIsAskedDirectlyAndNotShownThePassword() throws Exception {
    start(null, new ProxyDouble(BASIC));
    downloadAll(
        Map.of(
            "HTTP_PROXY",
            "http://me:s%40cret@" + proxy.address(),
            "NO_PROXY",
            server.storage().getHost()));

    assertThat(proxy.heads())
        .isNotEmpty()
        .allMatch(head -> head.contains("\r\nHost: " + server.endpoint().getAuthority() + "\r\n"));
    assertThat(server.seen().stream().filter(seen -> seen.server().equals("hub")))
        .hasSameSizeAs(proxy.heads());
    assertThat(server.seen()).anyMatch(seen -> seen.server().equals("storage"));
    assertThat(passwords).isEmpty();
  }

  @Test
  void overTlsItOpensTunnelsAndSeesNothingOfTheToken() throws Exception {
    SSLContext before = SSLContext.getDefault();
    SSLContext tls = Tls.in(folder);
    SSLContext.setDefault(tls);
    try {
      start(tls, new ProxyDouble());
      downloadAll(Map.of("HTTPS_PROXY", "http://" + proxy.address()));
    } finally {
      SSLContext.setDefault(before);
    }

    String hub = "CONNECT " + server.endpoint().getAuthority();
    String storage = "CONNECT " + server.storage().getHost() + ":" + server.storage().getPort();
    assertThat(proxy.heads())
        .anyMatch(head -> head.startsWith(hub + " "))
        .anyMatch(head -> head.startsWith(storage + " "))
        .allMatch(head -> head.startsWith("CONNECT "))
        .noneMatch(head -> head.contains(HubFixture.TOKEN))
        .noneMatch(head -> head.contains("\r\nAuthorization"));
    assertThat(server.seen())
        .allMatch(seen -> (seen.authorization() == null) == seen.server().equals("storage"));
    assertThat(passwords).isEmpty();
  }

  @Test
  void oneThatDoesNotKnowTheUserIsNotTriedAgainAndTheCureIsSaid() throws Exception {
    start(null, new ProxyDouble(BASIC));
    HubFixture client = client(Map.of("HTTP_PROXY", "http://me:wrong@" + proxy.address()));

    HubException refused = catchThrowableOfType(HubException.class, () -> client.resolve(DATASET));

    assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
    assertThat(refused)
        .hasMessageContainingAll(proxy.address(), "password", "tunneling.disabledSchemes")
        .hasMessageNotContaining("wrong");
    assertThat(client.waits).isEmpty();
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aDownloadThatItRefusesSaysTheCureToo() throws Exception {
    start(null, new ProxyDouble(BASIC));
    HubFixture known = client(Map.of("HTTP_PROXY", "http://me:s%40cret@" + proxy.address()));
    Snapshot snapshot = known.resolve(DATASET);
    RepositoryFile file = known.hub.list(snapshot).get(0);
    HubFixture unknown = client(Map.of("HTTP_PROXY", "http://me:wrong@" + proxy.address()));

    HubException refused =
        catchThrowableOfType(
            HubException.class,
            () -> new Downloads(unknown.hub).download(snapshot, file, bytes -> {}));

    assertThat(refused).hasMessageContainingAll(proxy.address(), "a name and a password");
  }

  @Test
  void oneThatCannotBeReachedIsSaidWithItsVariable() throws Exception {
    start(null, new ProxyDouble(BASIC));
    String gone = proxy.address();
    proxy.close();

    for (String address : List.of(gone, "no-such-host.invalid:3128")) {
      HubFixture client = client(Map.of("HTTP_PROXY", "http://me:s%40cret@" + address));
      HubException refused =
          catchThrowableOfType(HubException.class, () -> client.resolve(DATASET));
      assertThat(refused.kind()).isEqualTo(HubException.Kind.UNREACHABLE);
      assertThat(refused)
          .hasMessageContainingAll("HTTPS_PROXY", "NO_PROXY")
          .hasMessageNotContaining("s@cret");
    }
    assertThat(server.seen()).isEmpty();
  }

  /**
   * The JDK sends no password to a proxy that is to open a tunnel unless the JVM is told so. The
   * property is read once, so each case has a JVM of its own.
   */
  @Test
  void forATunnelThePasswordIsSentWhereTheJvmIsToldToAndElseTheCureIsSaid() throws Exception {
    SSLContext tls = Tls.in(folder);
    start(tls, new ProxyDouble(BASIC));

    assertThat(childSays()).contains("tunneling.disabledSchemes").doesNotContain("s@cret", BASIC);
    assertThat(proxy.heads()).isNotEmpty().noneMatch(head -> head.contains(BASIC));
    assertThat(server.seen()).isEmpty();

    assertThat(childSays("-Djdk.http.auth.tunneling.disabledSchemes=")).contains("README.md");
    assertThat(proxy.heads()).anyMatch(head -> head.contains(BASIC));
    assertThat(proxy.heads()).noneMatch(head -> head.contains("\r\nAuthorization"));
    assertThat(passwords).isEmpty();
  }

  private void start(SSLContext tls, ProxyDouble before) throws Exception {
    proxy = before;
    server = tls == null ? new HubDouble() : new HubDouble(tls);
    server.dataset(DATASET).putAll(Samples.mixed());
    server.intercept(
        (seen, exchange) -> {
          String shown = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (shown != null) {
            passwords.add(shown);
          }
          return false;
        });
  }

  private HubFixture client(Map<String, String> environment) {
    return new HubFixture(
        server, folder.resolve("cache"), Duration.ofSeconds(30), Proxies.of(environment::get));
  }

  private void downloadAll(Map<String, String> environment) throws Exception {
    HubFixture client = client(environment);
    Snapshot snapshot = client.resolve(DATASET);
    for (RepositoryFile file : client.hub.list(snapshot)) {
      assertThat(new Downloads(client.hub).download(snapshot, file, bytes -> {}))
          .hasBinaryContent(Samples.mixed().get(file.path()));
    }
  }

  /** What a process of its own prints, which lists the dataset by {@code hf://} over TLS. */
  private String childSays(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-Djavax.net.ssl.trustStore=" + folder.resolve("tls.p12"));
    command.add("-Djavax.net.ssl.trustStorePassword=" + Tls.PASSWORD);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(HubBehindProxyTest.class.getName(), server.endpoint().toString(), DATASET));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.toUpperCase(ROOT).endsWith("_PROXY"));
    builder.environment().put("HTTPS_PROXY", "http://me:s%40cret@" + proxy.address());
    Process child = builder.start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);
    child.waitFor();
    return said;
  }

  /** The child: {@code ENDPOINT DATASET}. */
  public static void main(String[] arguments) {
    Configuration configuration = new Configuration();
    configuration.set("fs.hf.endpoint", arguments[0]);
    configuration.set("fs.hf.token", HubFixture.TOKEN);
    URI root = URI.create("hf://datasets/" + arguments[1]);
    try (FileSystem files = FileSystem.newInstance(root, configuration)) {
      for (FileStatus file : files.listStatus(new org.apache.hadoop.fs.Path(root))) {
        System.out.println(file.getPath().getName());
      }
    } catch (IOException e) {
      System.out.println(e);
    }
  }
}
