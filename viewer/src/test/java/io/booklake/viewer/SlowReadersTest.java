package io.booklake.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import io.booklake.read.SimulatedDay;
import io.booklake.read.WrittenLake;
import io.booklake.serve.ServerSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much and read little of it. */
class SlowReadersTest {
  private static final int READERS = 2;

  /** Answers of 7 MB: more than the system keeps of what was sent and not read. */
  private static final TickerDay DAY = SimulatedDay.of("SIM", 50);

  private static final int EVENTS = 10_000;
  private static final String ALL = "/api/days/2012-06-21/SIM/50/rows/depth?limit=" + EVENTS;

  @TempDir private static Path folder;

  private final List<SlowReader> slow = new ArrayList<>();

  @BeforeAll
  static void write() throws IOException {
    new WrittenLake(folder).take(DAY, SimulatedDay.events(DAY, EVENTS), EVENTS);
  }

  @AfterEach
  void close() throws IOException {
    for (SlowReader each : slow) {
      each.socket.close();
    }
  }

  /** Has read the first byte of its answer: the server is at it. */
  private static final class SlowReader {
    private final Socket socket = new Socket();
    private final InputStream in;

    SlowReader(ViewerServer server, String path) throws IOException {
      socket.setReceiveBufferSize(4_096);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort()));
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      in = new BufferedInputStream(socket.getInputStream());
      assertThat(in.read()).isEqualTo('H');
    }

    /** What else there is, as far as the server sends it. */
    String rest() {
      StringBuilder text = new StringBuilder();
      byte[] bytes = new byte[1 << 16];
      try {
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          text.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        return text.append(" and was cut off").toString();
      }
      return text.toString();
    }

    boolean isSentToTheEnd() {
      return rest().endsWith("]}}");
    }
  }

  private SlowReader readSlowly(ViewerServer server) throws IOException {
    return readSlowly(server, ALL);
  }

  private SlowReader readSlowly(ViewerServer server, String path) throws IOException {
    SlowReader reader = new SlowReader(server, path);
    slow.add(reader);
    return reader;
  }

  private static ViewerServer serve(int pendingBytes) throws IOException {
    return ViewerServer.start(
        LakeReader.open(folder.toString()),
        new ServerSettings(InetAddress.getLoopbackAddress(), 0, Optional.empty()),
        new Limits(
            READERS,
            8,
            Duration.ofSeconds(5),
            64,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            5_000_000,
            pendingBytes));
  }

  @Test
  void whoeverReadsSlowlyKeepsNobodyWaitingForATurn() throws Exception {
    try (ViewerServer server = serve(Integer.MAX_VALUE)) {
      for (int i = 0; i < 3 * READERS; i++) {
        readSlowly(server);
      }
      assertThat(readSlowly(server, "/api/days").rest()).startsWith("TTP/1.1 200");
      assertThat(slow.get(0).isSentToTheEnd()).isTrue();
    }
  }

  @Test
  void whereAnswersThatNobodyTakesNeedTooMuchMemoryTheOldestAreCutOff() throws Exception {
    int answer = answerBytes();
    try (ViewerServer server = serve(3 * answer)) {
      List<SlowReader> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(readSlowly(server));
      }
      assertThat(all.stream().map(each -> each.isSentToTheEnd()))
          .containsExactly(false, false, true, true, true);
      // What was taken needs no memory any more, and nobody has to go for it.
      SlowReader first = readSlowly(server);
      readSlowly(server);
      readSlowly(server);
      assertThat(first.isSentToTheEnd()).isTrue();
    }
  }

  @Test
  void anAnswerThatIsLongerThanAllMayBeIsSentAlone() throws Exception {
    try (ViewerServer server = serve(answerBytes() / 2)) {
      SlowReader first = readSlowly(server);
      assertThat(readSlowly(server).isSentToTheEnd()).isTrue();
      assertThat(first.isSentToTheEnd()).isFalse();
    }
  }

  private int answerBytes() throws IOException {
    try (ViewerServer server = serve(Integer.MAX_VALUE)) {
      int length = readSlowly(server).rest().length();
      assertThat(length).isGreaterThan(6 << 20);
      return length;
    }
  }
}
