package io.booklake.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final URI HUB = URI.create("https://hub.example.com/api");
  private static final URI PLAIN = URI.create("http://hub.example.com/api");

  @Test
  void eachSchemeHasItsVariableAndBothShareAllProxy() {
    assertThat(named(Map.of("HTTPS_PROXY", "http://a:1", "HTTP_PROXY", "http://b:2"), HUB))
        .isEqualTo("a:1");
    assertThat(named(Map.of("HTTPS_PROXY", "http://a:1", "HTTP_PROXY", "http://b:2"), PLAIN))
        .isEqualTo("b:2");
    assertThat(named(Map.of("HTTP_PROXY", "b:2", "ALL_PROXY", "c:3"), HUB)).isEqualTo("c:3");
    assertThat(named(Map.of("HTTP_PROXY", "b:2"), HUB)).isEqualTo("none");
  }

  @Test
  void smallLettersGoFirstEvenWhereTheyNameNone() {
    assertThat(named(Map.of("https_proxy", "http://small:1", "HTTPS_PROXY", "http://big:2"), HUB))
        .isEqualTo("small:1");
    assertThat(named(Map.of("https_proxy", "", "HTTPS_PROXY", "http://big:2"), HUB))
        .isEqualTo("none");
    assertThat(named(Map.of("https_proxy", "", "ALL_PROXY", "http://all:3"), HUB))
        .isEqualTo("all:3");
    assertThat(
            named(Map.of("https_proxy", "a", "no_proxy", "", "NO_PROXY", "hub.example.com"), HUB))
        .isEqualTo("a:80");
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "hub.example.com, true",
    "HUB.Example.COM, true",
    "example.com, true",
    ".example.com, true",
    "*.example.com, true",
    "'other.org, example.com', true",
    "hub.example.com:443, true",
    ".example.com:443, true",
    "hub.example.com:80, false",
    "ample.com, false",
    ".hub.example.com, false",
    "*.hub.example.com, false",
    "example, false",
    "localhost, false",
    "' , ', false"
  })
  void noProxyNamesHostsDomainsAndPorts(String noProxy, boolean direct) {
    Proxies proxies = of(Map.of("HTTPS_PROXY", "http://a:1", "NO_PROXY", noProxy));
    assertThat(proxies.before(HUB).isEmpty()).isEqualTo(direct);
    assertThat(proxies.selector().select(HUB).contains(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:8080/x",
    "127.0.0.1:8080, http://127.0.0.1:8080/x",
    "localhost, http://localhost/x",
    "localhost:80, http://localhost/x",
    "::1, http://[::1]:8080/x",
    "[::1], http://[::1]:8080/x",
    "[::1]:8080, http://[::1]:8080/x"
  })
  void thisMachineIsAskedThroughTheProxyUnlessNoProxyNamesIt(String noProxy, URI uri) {
    assertThat(named(Map.of("HTTP_PROXY", "a:1"), uri)).isEqualTo("a:1");
    assertThat(named(Map.of("HTTP_PROXY", "a:1", "NO_PROXY", noProxy), uri)).isEqualTo("none");
  }

  @Test
  void aUserAndHisPasswordAreShownDecodedAndNeverPrinted() throws Exception {
    HubSettings settings =
        HubSettings.of(
            Map.of("HTTPS_PROXY", "http://m%C3%A9:s%40c+ret%3A%2F@proxy.example:3128/")::get,
            Path.of("/home/me"));
    HttpProxy proxy = settings.proxies().before(HUB).orElseThrow();

    String shown = proxy.authorization().orElseThrow();
    assertThat(shown).startsWith("Basic ");
    assertThat(new String(Base64.getDecoder().decode(shown.substring("Basic ".length())), UTF_8))
        .isEqualTo("mé:s@c+ret:/");
    assertThat(proxy).hasToString("proxy.example:3128");
    assertThat(settings.toString()).doesNotContain("ret", shown);
    assertThat(of(Map.of("https_proxy", "me@a:1")).before(HUB).orElseThrow().authorization())
        .contains("Basic " + Base64.getEncoder().encodeToString("me:".getBytes(UTF_8)));
    assertThat(of(Map.of("https_proxy", "a:1")).before(HUB).orElseThrow().authorization())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:secret@proxy:3128",
        "socks5://me:secret@proxy:1080",
        "http://me:secret word@proxy:3128",
        "http://me:secret#1@proxy:3128",
        "http://me:1#secret@proxy:3128",
        "http://me:1/secret@proxy:3128",
        "http://me:1?secret@proxy:3128",
        "http://me:secret@proxy:70000",
        "http://me:secret@:3128",
        "http://"
      })
  void anAddressThatIsNoneIsRefusedByItsVariableAndNotRepeated(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("https_proxy", value)))
        .withMessageStartingWith("https_proxy ")
        .withMessageContaining("http://USER:PASSWORD@HOST:PORT")
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void whereTheEnvironmentNamesNoneTheJvmsOwnSettingsApply() {
    InetSocketAddress address = InetSocketAddress.createUnresolved("proxy.example", 7);
    ProxySelector before = ProxySelector.getDefault();
    try {
      ProxySelector.setDefault(ProxySelector.of(address));
      assertThat(of(Map.of("HTTP_PROXY", "a:1")).selector().select(HUB))
          .containsExactly(new Proxy(Proxy.Type.HTTP, address));
      ProxySelector.setDefault(null);
      assertThat(of(Map.of()).selector().select(HUB)).isEqualTo(List.of(Proxy.NO_PROXY));
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static String named(Map<String, String> environment, URI uri) {
    return of(environment).before(uri).map(HttpProxy::toString).orElse("none");
  }

  private static Proxies of(Map<String, String> environment) {
    return Proxies.of(environment::get);
  }
}
