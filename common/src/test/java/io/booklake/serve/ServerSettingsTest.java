package io.booklake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {
  private static final String TOKEN = "0123456789abcdef";

  @Test
  void whereOthersCanComeInATokenIsNeeded() throws UnknownHostException {
    InetAddress anywhere = InetAddress.getByName("0.0.0.0");
    assertThatThrownBy(() -> new ServerSettings(anywhere, 0, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0.0.0 can be reached by other machines");
    assertThat(new ServerSettings(anywhere, 0, Optional.of(TOKEN)).token()).contains(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "0123456789abcde\n", "0123456789 abcdef", "0123456789abcdé"})
  void aTokenIsLongAndFitsAHeader(String token) {
    assertThatThrownBy(
            () -> new ServerSettings(InetAddress.getLoopbackAddress(), 0, Optional.of(token)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 or more");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortIsAPort(int port) {
    assertThatThrownBy(
            () -> new ServerSettings(InetAddress.getLoopbackAddress(), port, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + port);
  }

  @Test
  void theTokenIsNotTold() {
    InetAddress here = InetAddress.getLoopbackAddress();
    assertThat(new ServerSettings(here, 80, Optional.of(TOKEN)).toString())
        .isEqualTo("127.0.0.1:80 with a token");
    assertThat(new ServerSettings(here, 80, Optional.empty()).toString()).isEqualTo("127.0.0.1:80");
  }
}
