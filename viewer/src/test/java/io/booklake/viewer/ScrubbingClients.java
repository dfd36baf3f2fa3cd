package io.booklake.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many readers of one ticker-day who all drag through it: what their pages ask a server for. {@code
 * benchmarks/viewer} runs it against the real command; it asserts nothing.
 *
 * <p>Every client wants a new run of events twice a second, most often the next one, whether or not
 * the last has come: what is late is late from when it was wanted.
 */
final class ScrubbingClients {
  /** Events of a run, as in the page's {@code chunks.ts}. */
  private static final int RUN = 250;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final double JUMPS = 0.2;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MEMORY =
      Pattern.compile("^process_resident_memory_bytes ([0-9.E]+)$", Pattern.MULTILINE);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final String day;
  private final String pin;
  private final long events;
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();

  private ScrubbingClients(String address) throws IOException, InterruptedException {
    this.address = address;
    JsonNode first = JSON.readTree(get("/api/days").body()).get("days").get(0);
    day =
        String.join(
            "/",
            "/api/days",
            first.get("trade_date").textValue(),
            first.get("ticker").textValue(),
            first.get("levels").asText());
    pin = first.get("pin").textValue();
    events = first.get("row_count").longValue();
  }

  /** {@code ADDRESS CLIENTS SECONDS}. */
  public static void main(String[] arguments) throws Exception {
    new ScrubbingClients(arguments[0])
        .run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
  }

  private void run(int clients, int seconds) throws IOException, InterruptedException {
    double before = memory();
    List<Thread> threads = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      Random random = new Random(client);
      Thread thread = new Thread(() -> scrub(random, seconds), "client-" + client);
      thread.start();
      threads.add(thread);
    }
    TimeUnit.SECONDS.sleep(seconds / 2);
    double halfway = memory();
    for (Thread thread : threads) {
      thread.join();
    }
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%d clients, %d s: %,d runs of %d events, %,d requests, %,d errors, %,d bytes a run;"
            + " p50 %.0f ms, p99 %.0f ms, longest %.0f ms; resident memory %.0f MiB before, %.0f"
            + " MiB halfway, %.0f MiB at the end%n",
        clients,
        seconds,
        sorted.length,
        RUN,
        requests.get(),
        errors.get(),
        bytes.get() / sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) (0.99 * (sorted.length - 1))],
        sorted[sorted.length - 1],
        before,
        halfway,
        memory());
  }

  private void scrub(Random random, int seconds) {
    try {
      long wanted = System.nanoTime() + (long) (random.nextDouble() * PAUSE_NANOS);
      long end = wanted + TimeUnit.SECONDS.toNanos(seconds);
      long run = random.nextInt((int) (events / RUN));
      while (wanted < end) {
        TimeUnit.NANOSECONDS.sleep(wanted - System.nanoTime());
        ask(run * RUN);
        millis.add((System.nanoTime() - wanted) / 1e6);
        run =
            random.nextDouble() < JUMPS
                ? random.nextInt((int) (events / RUN))
                : (run + 1) % (events / RUN);
        wanted += PAUSE_NANOS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the page asks for a run. */
  private void ask(long first) {
    long last = first + RUN - 1;
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/rows/messages?columns=time_ns,event_type,order_id,size,price,direction&first="
                + first
                + "&last="
                + last,
            "/rows/depth?first=" + first + "&last=" + last,
            "/book?index=" + first,
            "/rows/mbo?columns=order_id,side,price,remaining_size,origin&limit=50000&first="
                + (first + 1)
                + "&last="
                + last)) {
      answers.add(
          http.sendAsync(
                  request(day + path + "&pin=" + pin), HttpResponse.BodyHandlers.ofByteArray())
              .handle(
                  (answer, failure) -> {
                    requests.incrementAndGet();
                    if (failure != null || answer.statusCode() != 200) {
                      errors.incrementAndGet();
                    } else {
                      bytes.addAndGet(answer.body().length);
                    }
                    return null;
                  }));
    }
    answers.forEach(CompletableFuture::join);
  }

  /** Of the server's process, in MiB. */
  private double memory() throws IOException, InterruptedException {
    Matcher found = MEMORY.matcher(get("/metrics").body());
    if (!found.find()) {
      throw new IOException("the server's metrics do not tell its resident memory");
    }
    return Double.parseDouble(found.group(1)) / (1 << 20);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    // As text: not packed.
    return http.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Accept-Encoding", "gzip")
        .build();
  }
}
