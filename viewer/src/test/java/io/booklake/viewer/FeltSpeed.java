package io.booklake.viewer;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import io.booklake.serve.ServerSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * How fast the page feels, in Chromium and measured inside the page: from the key to the frame that
 * shows the event. {@code benchmarks/viewer} runs it; it asserts nothing.
 */
final class FeltSpeed {
  private static final int OPENINGS = 5;
  private static final int STEPS = 300;
  private static final int JUMPS = 200;
  private static final int PLAYED_MILLIS = 60_000;
  private static final int LONG_FRAME_MILLIS = 100;
  private static final double SHORTEST_TOLD_MILLIS = 16;
  private static final long SEED = 1;

  /**
   * The page changes the index while a frame is made, and a message channel's turn comes after it
   * was drawn. Event Timing has the browser's own figure of a key, rounded to 8 ms and only from 16
   * ms on (W3C, Event Timing API).
   */
  private static final String WATCH =
      """
      window.felt = { input: 0, shown: [], frames: [], keys: [] };
      performance.setResourceTimingBufferSize(1_000_000);
      addEventListener("keydown", (event) => { felt.input = event.timeStamp; }, true);
      new MutationObserver(() => {
        const drawn = new MessageChannel();
        drawn.port1.onmessage = () => felt.shown.push(performance.now() - felt.input);
        drawn.port2.postMessage(0);
      }).observe(document, { subtree: true, attributeFilter: ["data-index"] });
      new PerformanceObserver((list) => {
        felt.keys.push(...list.getEntriesByName("keydown").map((each) => each.duration));
      }).observe({ type: "event", durationThreshold: 16 });
      let last = 0;
      const frame = (now) => { felt.frames.push(now - last); last = now; requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
      """;

  private static final String TRANSFERRED =
      "performance.getEntriesByType('resource').reduce((sum, each) => sum + each.transferSize, 0)";

  private final Browser browser;
  private final String address;
  private final long events;

  private FeltSpeed(Browser browser, String address, long events) {
    this.browser = browser;
    this.address = address;
    this.events = events;
  }

  /** {@code LAKE}, which holds a ticker-day; the first is taken. */
  public static void main(String[] arguments) throws Exception {
    LakeReader lake = LakeReader.open(arguments[0], new Configuration());
    TickerDay day = lake.tickerDays().first();
    ServerSettings settings =
        new ServerSettings(InetAddress.getLoopbackAddress(), 0, Optional.empty());
    try (ViewerServer server = ViewerServer.start(lake, settings, Limits.DEFAULT);
        Chromium chromium = Chromium.start()) {
      String address =
          server.address() + "/?day=" + day.tradeDate() + "/" + day.ticker() + "/" + day.levels();
      print("| " + day + " | p50 ms | p99 ms | longest ms | bytes each |");
      print("|---|---|---|---|---|");
      new FeltSpeed(chromium.browser(), address, lake.day(day).events()).measure();
    }
  }

  private void measure() {
    List<Double> openings = new ArrayList<>();
    for (int i = 0; i < OPENINGS; i++) {
      Page page = open();
      openings.addAll(shown(page));
      page.context().close();
    }
    row("first useful paint", openings, "");
    Page page = open();
    step(page);
    jump(page);
    play(page);
  }

  private Page open() {
    Page page =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1_400, 1_000)).newPage();
    page.addInitScript(WATCH);
    page.navigate(address + "&index=" + events / 2);
    waitFor(page, events / 2);
    return page;
  }

  private void step(Page page) {
    // The opening's own.
    shown(page);
    page.evaluate("felt.keys = []");
    double before = number(page, TRANSFERRED);
    for (int i = 1; i <= STEPS; i++) {
      page.keyboard().press("ArrowRight");
      waitFor(page, events / 2 + i);
    }
    double bytes = (number(page, TRANSFERRED) - before) / STEPS;
    row("a step by key", shown(page), String.format(Locale.ROOT, "%,.0f", bytes));
    page.waitForTimeout(1_000);
    List<Double> keys = new ArrayList<>(numbers(page, "felt.keys"));
    // The browser does not tell of those that took less.
    keys.addAll(Collections.nCopies(STEPS - keys.size(), SHORTEST_TOLD_MILLIS));
    row("the same by the browser's Event Timing, in steps of 8 ms", keys, "");
  }

  private void jump(Page page) {
    Random random = new Random(SEED);
    double before = number(page, TRANSFERRED);
    for (int i = 0; i < JUMPS; i++) {
      long to = (long) (random.nextDouble() * events);
      page.locator("#index").fill(Long.toString(to));
      page.locator("#index").press("Enter");
      waitFor(page, to);
    }
    double bytes = (number(page, TRANSFERRED) - before) / JUMPS;
    row("a jump to any event", shown(page), String.format(Locale.ROOT, "%,.0f", bytes));
  }

  private void play(Page page) {
    page.locator("#speed").fill("20");
    double from = number(page, "Number(document.documentElement.dataset.index)");
    page.locator("#play").click();
    page.evaluate("felt.frames = []");
    page.waitForTimeout(PLAYED_MILLIS);
    List<Double> frames = numbers(page, "felt.frames");
    page.locator("#play").click();
    double to = number(page, "Number(document.documentElement.dataset.index)");
    long slow = frames.stream().filter(each -> each > LONG_FRAME_MILLIS).count();
    row(
        String.format(
            Locale.ROOT,
            "a frame while playing 20 steps a second for a minute: %.0f steps, %d of %,d frames over"
                + " %d ms",
            to - from,
            slow,
            frames.size(),
            LONG_FRAME_MILLIS),
        frames,
        "");
  }

  private static void waitFor(Page page, long index) {
    String expected = Long.toString(index);
    page.waitForCondition(
        () -> expected.equals(page.evaluate("document.documentElement.dataset.index")));
  }

  /** What was shown since they were asked last. */
  private static List<Double> shown(Page page) {
    page.waitForCondition(() -> number(page, "felt.shown.length") > 0);
    List<Double> shown = numbers(page, "felt.shown");
    page.evaluate("felt.shown = []");
    return shown;
  }

  private static List<Double> numbers(Page page, String expression) {
    String joined = (String) page.evaluate(expression + ".join(' ')");
    return Arrays.stream(joined.split(" "))
        .filter(each -> !each.isEmpty())
        .map(Double::valueOf)
        .toList();
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  private static void row(String what, List<Double> millis, String bytes) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    print(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.0f | %s |",
            what,
            sorted[sorted.length / 2],
            sorted[(int) (0.99 * (sorted.length - 1))],
            sorted[sorted.length - 1],
            bytes));
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
