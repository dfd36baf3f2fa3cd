package io.booklake.viewer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.booklake.format.lobster.EventBatch;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.OrderBook;
import io.booklake.read.RowQuery;
import io.booklake.read.SimulatedDay;
import io.booklake.read.WrittenLake;
import io.booklake.serve.ServerSettings;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page where answers come late, fail or change, and on what a short simulated day never has.
 */
class HandWrittenLakePageIT {
  private static final int EVENTS = 600;

  /** Events between snapshots: no run of the page but the first begins at one. */
  private static final int INTERVAL = 70;

  private static final TickerDay FIRST = SimulatedDay.of("AAA", 2);
  private static final TickerDay SECOND = SimulatedDay.of("BRK^A", 2);
  private static final String TOKEN = "a-token-for-the-tests";
  private static final List<String> TABLES =
      List.of("messages", "depth", "mbo", "book_snapshots", "orders", "trades", "candles");
  private static final Limits EAGER =
      new Limits(
          4,
          64,
          Duration.ofSeconds(10),
          64,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ZERO,
          1_000_000,
          64 << 20);

  /** Keeps in the page which answers it has read. */
  private static final String ANSWERS_READ =
      """
      window.answersRead = [];
      const json = Response.prototype.json;
      Response.prototype.json = async function () {
        const answer = await json.call(this);
        window.answersRead.push(this.url);
        return answer;
      };
      """;

  /** Of a side, just above the line on which they stand. */
  private static final String BARS_OF_SIZES =
      """
      side => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue(`--${side}`).trim();
        const wanted = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
        const canvas = document.querySelector('#queues .plot canvas');
        const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        // At their edges colours are blended.
        const is = (x, y) => wanted.every((value, i) => Math.abs(data[4 * (y * width + x) + i] - value) < 16) && data[4 * (y * width + x) + 3] > 64;
        let line = height - 1;
        while (line > 0 && !Array.from({ length: width }, (_, x) => is(x, line)).includes(true)) {
          line--;
        }
        const row = Array.from({ length: width }, (_, x) => is(x, line - 5 * devicePixelRatio));
        return row.filter((here, x) => here && !row[x - 1]).length;
      }
      """;

  /** Whether the chart of rates shows new orders. */
  private static final String HAS_RATES =
      """
      () => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue('--bid').trim();
        const wanted = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
        const canvas = document.querySelectorAll('#queues .plot canvas')[1];
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] > 64 && wanted.every((value, i) => Math.abs(data[at + i] - value) < 16)) {
            return true;
          }
        }
        return false;
      }
      """;

  /** What has the focus, if the bar hides it; empty otherwise. */
  private static final String HIDDEN_BY_THE_BAR =
      """
      () => {
        const { activeElement } = document;
        const bar = document.querySelector('nav').getBoundingClientRect();
        const isHidden = activeElement.getBoundingClientRect().bottom <= bar.bottom;
        return isHidden ? activeElement.outerHTML : '';
      }
      """;

  private static Chromium chromium;

  @TempDir private Path folder;
  private final List<String> complaints = new ArrayList<>();
  private WrittenLake lake;
  private ViewerServer server;
  private Page page;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    lake = new WrittenLake(folder);
    take(FIRST, EVENTS, 1_000);
    take(SECOND, EVENTS, 2_000);
    server = serve(Optional.empty());
    page = chromium.browser().newPage();
    page.setViewportSize(1_400, 4_000);
    page.onPageError(complaints::add);
    page.addInitScript(ANSWERS_READ);
  }

  @AfterEach
  void noErrorWasForgotten() {
    page.close();
    server.close();
    assertThat(complaints).isEmpty();
  }

  private ViewerServer serve(Optional<String> token) throws IOException {
    return ViewerServer.start(
        LakeReader.open(folder.toString()),
        new ServerSettings(InetAddress.getLoopbackAddress(), 0, token),
        EAGER);
  }

  /** Bars of a volume that tells whose they are, two of them empty. */
  private void take(TickerDay day, int events, long volume) throws IOException {
    lake.take(day, SimulatedDay.events(day, events), INTERVAL);
    lake.add(TableCatalog.TRADES, day, List.of());
    List<Map<String, Object>> bars = new ArrayList<>();
    bars.add(bar(day, "time:1m", 0, 0L, 99L, volume));
    bars.add(bar(day, "time:1m", 1, null, null, 0));
    bars.add(bar(day, "time:1m", 2, null, null, 0));
    bars.add(bar(day, "time:1m", 3, 100L, events - 1L, volume + 3));
    for (long i = 0; i < events / 100; i++) {
      bars.add(bar(day, "events:100", i, 100 * i, 100 * i + 99, volume + 10 + i));
    }
    lake.add(TableCatalog.CANDLES, day, bars);
    lake.publish(day, events, INTERVAL, TABLES, Map.of("candles", "time:1m,events:100"));
  }

  private static Map<String, Object> bar(
      TickerDay day, String spec, long number, Long first, Long last, long volume) {
    Map<String, Object> bar = new HashMap<>();
    bar.put("ticker", day.ticker());
    bar.put("levels", day.levels());
    bar.put("bar_spec", spec);
    bar.put("bar_index", number);
    if (first != null) {
      bar.put("start_index", first);
      bar.put("end_index", last);
      bar.put("open", 1.25);
      bar.put("mid_open", 1.75);
    }
    bar.put("start_time_ns", (34_200 + 60 * number) * 1_000_000_000L);
    bar.put("volume", volume);
    return bar;
  }

  private void open(String ticker, long index) {
    page.navigate(server.address() + "/?day=2012-06-21/" + ticker + "/2&index=" + index);
    at(index);
  }

  private void at(long index) {
    assertThat(page.locator("html")).hasAttribute("data-index", Long.toString(index));
  }

  private void goTo(long index) {
    page.locator("#index").fill(Long.toString(index));
    page.locator("#index").press("Enter");
    at(index);
  }

  private void assertBar(String text) {
    assertThat(page.locator("#bar-readout")).containsText(text);
  }

  @Test
  void aTickerWithSignsOfAddressesIsOpenedFromTheListAndFromTheAddress() {
    open("AAA", 5);
    page.locator("#day").selectOption("2012-06-21/BRK%5EA/2");
    assertThat(page.locator("#day-summary")).containsText("BRK^A 2012-06-21");
    page.waitForCondition(() -> page.url().contains("day=2012-06-21/BRK%5EA/2"));
    page.reload();
    assertThat(page.locator("#day-summary")).containsText("BRK^A 2012-06-21");
    assertThat(page.locator("#day")).hasValue("2012-06-21/BRK%5EA/2");
    assertBar("volume 2,000");
  }

  @Test
  void barsThatComeLateAreNotShownUnderAnotherTickerDaysName() {
    open("AAA", 5);
    assertBar("volume 1,000");
    List<Route> held = hold("**/BRK%5EA/2/rows/candles?*");
    page.locator("#day").selectOption("2012-06-21/BRK%5EA/2");
    assertThat(page.locator("#day-summary")).containsText("BRK^A");
    page.waitForCondition(() -> !held.isEmpty());
    assertThat(page.locator("#bar-readout")).not().containsText("1,000");
    page.locator("#day").selectOption("2012-06-21/AAA/2");
    assertBar("volume 1,000");
    release(held);
    assertThat(page.locator("#day-summary")).containsText("AAA");
    assertBar("volume 1,000");
  }

  @Test
  void aTickerDayThatComesLateIsNotOpenedOverTheOneThatWasChosenAfterIt() {
    open("AAA", 5);
    List<Route> held = hold("**/api/days/2012-06-21/BRK%5EA/2");
    page.locator("#day").selectOption("2012-06-21/BRK%5EA/2");
    page.waitForCondition(() -> !held.isEmpty());
    page.locator("#day").selectOption("2012-06-21/AAA/2");
    release(held);
    assertThat(page.locator("#day-summary")).containsText("AAA");
    assertThat(page.locator("#day")).hasValue("2012-06-21/AAA/2");
  }

  @Test
  void barsOfASpecThatIsNoLongerChosenAreNotShown() {
    open("AAA", 5);
    assertBar("time:1m bar");
    List<Route> held = hold("**/rows/candles?spec=events*");
    page.locator("#candles select").first().selectOption("events:100");
    page.waitForCondition(() -> !held.isEmpty());
    assertBar("time:1m bar");
    page.locator("#candles select").first().selectOption("time:1m");
    release(held);
    assertBar("time:1m bar 09:30:00: open 1.2500");
    assertBar("volume 1,000");
  }

  @Test
  void whatIsOnItsWayIsShownUntilItIsThere() {
    open("AAA", 5);
    Locator progress = page.getByRole(AriaRole.PROGRESSBAR);
    assertThat(progress).isHidden();
    List<Route> held = hold("**/api/days/2012-06-21/BRK%5EA/2");
    page.locator("#day").selectOption("2012-06-21/BRK%5EA/2");
    assertThat(progress).isVisible();
    release(held);
    assertThat(page.locator("#day-summary")).containsText("BRK^A");
    assertThat(progress).isHidden();
  }

  private List<Route> hold(String glob) {
    List<Route> held = new ArrayList<>();
    page.route(glob, held::add);
    return held;
  }

  /** Until the page has read the answers, and two frames: what it draws of them is seen by then. */
  private void release(List<Route> held) {
    List<String> urls = held.stream().map(route -> route.request().url()).toList();
    held.forEach(Route::resume);
    page.waitForFunction("urls => urls.every(url => window.answersRead.includes(url))", urls);
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  @Test
  void theCurrentBarIsTheOneThatHoldsTheEventWhateverBarsAreEmptyBeforeIt() {
    open("AAA", 50);
    assertBar("volume 1,000");
    goTo(99);
    assertBar("volume 1,000");
    goTo(100);
    assertBar("volume 1,003");
    goTo(EVENTS - 1);
    assertBar("volume 1,003");
    page.locator("#candles select").nth(1).selectOption("mid");
    assertBar("open 1.7500");
  }

  @Test
  void aHiddenExecutionOfADayBeforeSidesWereMaskedSaysItsSide() throws IOException {
    DayReader day = LakeReader.open(folder.toString()).day(FIRST);
    long index = day.next((byte) 5, -1).getAsLong();
    boolean isBid =
        day.rows(RowQuery.of("messages").between(index, index)).column("direction").ints[0] > 0;
    open("AAA", index);
    assertThat(page.locator("#position"))
        .containsText("hidden execution of a resting " + (isBid ? "bid" : "ask"));
    assertThat(page.locator("#execution"))
        .containsText(isBid ? ", sold into a hidden bid" : ", bought from a hidden ask");
  }

  @Test
  void barsThatDoNotFitIntoOneAnswerAreAllShown() {
    page.route(
        "**/rows/candles?spec=events*",
        route ->
            route.resume(
                new Route.ResumeOptions()
                    .setUrl(route.request().url().replace("limit=50000", "limit=2"))));
    open("AAA", 550);
    page.locator("#candles select").first().selectOption("events:100");
    assertBar("volume 1,015");
  }

  @Test
  void changesThatDoNotFitIntoOneAnswerAreAllAppliedWhereverSnapshotsLie() throws IOException {
    List<String> asked = new ArrayList<>();
    page.route(
        "**/rows/mbo?*",
        route -> {
          asked.add(route.request().url());
          route.resume(
              new Route.ResumeOptions()
                  .setUrl(route.request().url().replace("limit=50000", "limit=50")));
        });
    for (long index : List.of(245L, 495L)) {
      open("AAA", index);
      assertThat(page.locator("#book-count")).hasText(knownOrders(FIRST, index) + " known orders");
    }
    // Behind the first changes of a run, too.
    assertThat(asked).anyMatch(url -> !url.matches(".*[?&]first=(1|251|501)&.*"));
  }

  private int knownOrders(TickerDay day, long index) throws IOException {
    OrderBook book = LakeReader.open(folder.toString()).day(day).book(index).book();
    return book.outOfSight().size()
        + Stream.concat(book.bids().stream(), book.asks().stream())
            .mapToInt(level -> level.queue().size())
            .sum();
  }

  @Test
  void whatWasPublishedAnewIsShownWhateverAsksForItFirst() throws IOException {
    open("AAA", 5);
    assertBar("volume 1,000");
    TableCatalog.perEvent(2).stream()
        .filter(table -> TABLES.contains(table.name()))
        .forEach(this::clear);
    clear(TableCatalog.CANDLES);
    take(FIRST, 400, 7_000);
    page.locator("#order").fill("1");
    page.locator("#order").press("Enter");
    assertThat(page.locator("#day-summary")).containsText("400 events");
    assertThat(page.locator("#state")).containsText("published anew");
    assertThat(page.locator("#day option").first()).containsText("400 events");
    assertBar("volume 7,000");
    at(5);
  }

  private void clear(Table table) {
    try {
      lake.clear(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsSaidToBeGoneThoughNothingElseIsPublishedIsAskedForOnceMoreAlone() {
    List<String> opened = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().endsWith("/api/days/2012-06-21/AAA/2")) {
            opened.add(request.url());
          }
        });
    page.route(
        "**/rows/messages?first=250*",
        route ->
            route.fulfill(new Route.FulfillOptions().setStatus(410).setBody("{\"error\":\"\"}")));
    open("AAA", 5);
    page.waitForCondition(() -> opened.size() > 1);
    page.locator("#index").fill("300");
    page.locator("#index").press("Enter");
    assertThat(page.locator("#state")).containsText("published anew");
    // A browser sends in turn: what was asked for before this one is known when it is.
    page.waitForRequest("**/health", () -> page.evaluate("() => fetch('health')"));
    assertThat(opened).hasSize(2);
  }

  @Test
  void aListThatDoesNotHoldAllTickerDaysSaysSoAndGoesOnFromADate() {
    page.route(
        "**/api/days?*",
        route -> {
          APIResponse answer = route.fetch();
          route.fulfill(
              new Route.FulfillOptions()
                  .setResponse(answer)
                  .setBody(answer.text().replace("\"total\":2,", "\"total\":2500,")));
        });
    open("AAA", 0);
    assertThat(page.locator("#days-note")).containsText("2 of 2,500");
    page.locator("#from").fill("2012-06-22");
    assertThat(page.locator("#day option")).hasCount(0);
    assertThat(page.locator("#days-note")).containsText("No ticker-day matches");
  }

  @Test
  void aSearchThatIsRefusedSaysWhyUntilTheNextOne() {
    open("AAA", 0);
    page.locator("#search").fill("AAA*");
    assertThat(page.locator("#days-note")).containsText("search: found 'AAA*'");
    page.locator("#search").fill("AAA");
    assertThat(page.locator("#day option")).hasCount(1);
    assertThat(page.locator("#days-note")).isEmpty();
  }

  @Test
  void playingInPartsOfAStepStillGoesFromEventToEvent() {
    open("AAA", 0);
    page.locator("#step").fill("1.3");
    page.locator("#play").click();
    page.waitForCondition(
        () -> (Boolean) page.evaluate("Number(document.documentElement.dataset.index) > 2"));
    page.locator("#play").click();
    assertThat(page.locator("html").getAttribute("data-index")).matches("\\d+");
  }

  /** A clock that went on would have led past the jump in no time, or back again. */
  @Test
  void playingGoesOnFromAJump() {
    open("AAA", 300);
    page.locator("#speed").fill("1");
    page.locator("#play").click();
    for (int index : List.of(50, 550)) {
      page.locator("#index").fill(Integer.toString(index));
      page.locator("#index").press("Enter");
      playsFrom(index);
    }
    assertThat(page.locator("#play")).hasAttribute("aria-pressed", "true");
    page.locator("h1").click();
    page.keyboard().press("Home");
    playsFrom(1);
  }

  /** Looks at every frame: playing, none of these events is shown for long. */
  private void playsFrom(int index) {
    page.waitForFunction(
        """
        from => {
          const at = Number(document.documentElement.dataset.index);
          return at >= from && at < from + 25;
        }
        """,
        index);
  }

  @Test
  void aLowerSpeedDoesNotLeapBack() {
    open("AAA", 0);
    page.locator("#speed").fill("20");
    page.locator("#play").click();
    page.waitForCondition(() -> shownIndex() > 40);
    int before = shownIndex();
    page.locator("#speed").fill("1");
    int now = shownIndex();
    page.waitForCondition(() -> shownIndex() != now);
    assertThat(shownIndex()).isGreaterThanOrEqualTo(before);
  }

  private int shownIndex() {
    return Integer.parseInt(page.locator("html").getAttribute("data-index"));
  }

  @Test
  void theBackButtonLeadsToTheTickerDayBeforeAndForwardAgain() {
    open("AAA", 5);
    page.keyboard().press("ArrowRight");
    at(6);
    page.locator("#day").selectOption("2012-06-21/BRK%5EA/2");
    assertThat(page.locator("#day-summary")).containsText("BRK^A");
    goTo(40);
    page.waitForURL(url -> url.endsWith("?day=2012-06-21/BRK%5EA/2&index=40"));
    page.goBack();
    assertThat(page.locator("#day-summary")).containsText("AAA");
    assertThat(page.locator("#day")).hasValue("2012-06-21/AAA/2");
    at(6);
    page.goForward();
    assertThat(page.locator("#day-summary")).containsText("BRK^A");
    at(40);
  }

  @Test
  void theBackButtonLeadsToWhereKeysBeganToLeadThroughTheList() {
    open("AAA", 5);
    Object before = page.evaluate("history.length");
    page.locator("#day").focus();
    for (int i = 0; i < 3; i++) {
      page.keyboard().press("ArrowDown");
      assertThat(page.locator("#day-summary")).containsText("BRK^A");
      page.keyboard().press("ArrowUp");
      assertThat(page.locator("#day-summary")).containsText("AAA");
    }
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#day-summary")).containsText("BRK^A");
    assertThat(page.evaluate("history.length")).isEqualTo((Integer) before + 1);
    page.goBack();
    assertThat(page.locator("#day-summary")).containsText("AAA");
    at(5);
  }

  @ParameterizedTest
  @CsvSource({"abc, 0", "-5, 0", "1.5, 1", "99999999999, 599"})
  void anAddressOfNoEventSaysSoAndShowsTheNearest(String index, int shown) {
    page.navigate(server.address() + "/?day=2012-06-21/AAA/2&index=" + index);
    at(shown);
    assertThat(page.locator("#state"))
        .hasText("There is no such event: expected a whole number from 0 to 599.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAA", "../../health", "2012-06-21/AAA/2/rows/candles"})
  void anAddressOfNoTickerDaySaysWhatIsExpected(String named) {
    page.navigate(server.address() + "/?day=" + named);
    assertThat(page.locator("#state"))
        .hasText(
            "day: found '"
                + named
                + "', expected a date, a ticker and levels, such as 2012-06-21/GOOG/10");
  }

  @Test
  void whereTheServerIsGoneThePageSaysSoAndKeepsTheNameOfWhatItShows() {
    open("AAA", 5);
    page.route("**/api/**", route -> route.abort("connectionrefused"));
    page.locator("#day").selectOption("2012-06-21/BRK%5EA/2");
    assertThat(page.locator("#state"))
        .hasText("The server cannot be reached: is it still running?");
    assertThat(page.locator("#day")).hasValue("2012-06-21/AAA/2");
    assertThat(page.locator("#day-summary")).containsText("AAA");
  }

  @Test
  void escapeGivesTheKeysBackToThePage() {
    open("AAA", 5);
    goTo(7);
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Escape");
    page.keyboard().press("ArrowRight");
    at(8);
  }

  @Test
  void arrowKeysMoveATableThatIsWiderThanItsPlace() {
    page.setViewportSize(320, 700);
    open("AAA", 300);
    Locator table = page.locator("[aria-label='Queue of a level']");
    table.scrollIntoViewIfNeeded();
    assertThat(table.locator("tbody tr").first()).isVisible();
    table.focus();
    page.keyboard().press("ArrowRight");
    page.waitForCondition(() -> (Boolean) table.evaluate("table => table.scrollLeft > 0"));
    at(300);
  }

  @Test
  void whatGetsTheFocusIsNotUnderTheBar() {
    page.setViewportSize(1_024, 600);
    open("AAA", 300);
    page.locator("footer a").last().focus();
    int seen = 0;
    while ((Boolean) page.evaluate("document.activeElement.closest('main, footer') !== null")) {
      assertThat(page.evaluate(HIDDEN_BY_THE_BAR)).isEqualTo("");
      page.keyboard().press("Shift+Tab");
      seen++;
    }
    assertThat(seen).isGreaterThan(20);
  }

  @Test
  void aMessageAboutTradingSaysWhetherItHaltsOrResumes() throws IOException {
    Map<Long, String> words =
        Map.of(
            -1L, "trading halts", 0L, "quoting resumes, trading does not", 1L, "trading resumes");
    DayReader day = LakeReader.open(folder.toString()).day(FIRST);
    Set<Long> seen = new HashSet<>();
    open("AAA", 0);
    OptionalLong next = day.next((byte) 7, -1);
    while (next.isPresent()) {
      long index = next.getAsLong();
      long state = day.rows(RowQuery.of("messages").between(index, index)).column("price").longs[0];
      goTo(index);
      assertThat(page.locator("#position"))
          .hasText(Pattern.compile("event .* · [0-9:.]+ · " + words.get(state)));
      seen.add(state);
      next = day.next((byte) 7, index);
    }
    assertThat(seen).containsExactlyInAnyOrder(-1L, 0L, 1L);
  }

  @Test
  void eventsOfOneMomentHaveNoRate() throws IOException {
    TickerDay one = SimulatedDay.of("ONE", 2);
    EventBatch event = SimulatedDay.events(one, 10).get(0);
    event.rows = 1;
    lake.take(one, List.of(event), INTERVAL);
    lake.add(TableCatalog.TRADES, one, List.of());
    lake.publish(
        one,
        1,
        INTERVAL,
        List.of("messages", "depth", "mbo", "book_snapshots", "orders", "trades"),
        Map.of());
    open("AAA", 300);
    assertThat(page.locator("#totals")).containsText("%");
    assertThat(page.evaluate(HAS_RATES)).isEqualTo(true);
    open("ONE", 0);
    assertThat(page.locator("#day-summary")).containsText("2 levels, 1 event from");
    assertThat(page.locator("#totals")).containsText("%");
    assertThat(page.evaluate(HAS_RATES)).isEqualTo(false);
  }

  @Test
  void theSizesOfBothSidesStandBesideEachOther() throws IOException {
    open("AAA", 300);
    // They are drawn in the same frame.
    assertThat(page.locator("#totals")).containsText("%");
    OrderBook book = LakeReader.open(folder.toString()).day(FIRST).book(300).book();
    for (List<OrderBook.Level> side : List.of(book.bids(), book.asks())) {
      Set<Integer> classes = new HashSet<>();
      side.forEach(level -> level.queue().forEach(order -> classes.add(sizeClass(order.size()))));
      assertThat(page.evaluate(BARS_OF_SIZES, side == book.bids() ? "bid" : "ask"))
          .isEqualTo(classes.size());
    }
  }

  private static int sizeClass(long size) {
    return (int)
        LongStream.of(10, 50, 100, 101, 200, 500, 1_000).filter(end -> size >= end).count();
  }

  @Test
  void anEventBehindTheDayIsNotSavedAndARangeEndsWithIt() {
    open("AAA", 0);
    page.locator("#download-first").fill("600");
    page.locator("#download-last").fill("700");
    page.locator("#download button[type=submit]").click();
    assertThat(page.locator("#download-state"))
        .hasText("There is no such event: the last one is 599.");
    page.locator("#download-first").fill("590");
    Download download =
        page.waitForDownload(() -> page.locator("#download button[type=submit]").click());
    assertThat(download.suggestedFilename()).isEqualTo("AAA_2012-06-21_2_messages_590-599.csv");
  }

  @Test
  void noOrderNumberIsNotTakenForZero() {
    open("AAA", 0);
    page.locator("#order").press("Enter");
    page.locator("#order").fill("1");
    page.locator("#order").press("Enter");
    assertThat(page.locator("#order-story")).containsText("order 1");
    page.locator("#order").fill("");
    page.locator("#order").press("Enter");
    assertThat(page.locator("#order")).hasValue("");
    assertThat(page.locator("#order-story")).containsText("order 1");
  }

  @Test
  void aDownloadIsOfWholeEventsAndItsNameSaysOfWhichBars() {
    open("AAA", 0);
    page.locator("#download-table").selectOption("candles/events:100");
    page.locator("#download-last").fill("");
    page.locator("#download button[type=submit]").click();
    assertThat(page.locator("#download-state")).containsText("whole numbers");
    page.locator("#download-last").fill("700.5");
    page.locator("#download button[type=submit]").click();
    assertThat(page.locator("#download-state")).containsText("whole numbers");
    page.locator("#download-last").fill("199");
    Download download =
        page.waitForDownload(() -> page.locator("#download button[type=submit]").click());
    assertThat(download.suggestedFilename())
        .isEqualTo("AAA_2012-06-21_2_candles_events-100_0-199.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"another-token-altogether", "in letters that no header can hold: ключ"})
  void aTokenThatIsRefusedIsForgotten(String wrong) throws IOException {
    try (ViewerServer guarded = serve(Optional.of(TOKEN))) {
      page.navigate(guarded.address() + "/?day=2012-06-21/AAA/2&index=5");
      page.locator("#token").fill(wrong);
      page.locator("#token").press("Enter");
      assertThat(page.locator("#token")).isEmpty();
      assertThat(page.evaluate("sessionStorage.getItem('booklake-token')")).isNull();
      page.locator("#token").fill(TOKEN);
      page.locator("#token").press("Enter");
      at(5);
      page.navigate("about:blank");
    }
  }

  @Test
  void whoeverLeavesTheQuestionForTheTokenIsToldThatItIsNeeded() throws IOException {
    try (ViewerServer guarded = serve(Optional.of(TOKEN))) {
      AtomicInteger refused = new AtomicInteger();
      page.onResponse(response -> refused.addAndGet(response.status() == 401 ? 1 : 0));
      page.navigate(guarded.address() + "/?day=2012-06-21/AAA/2&index=5");
      // What is refused only then asks anew.
      page.waitForCondition(() -> refused.get() == 2);
      page.locator("#token").press("Escape");
      for (String place : List.of("#state", "#days-note")) {
        assertThat(page.locator(place))
            .hasText("This server requires a token: reload the page to enter it.");
      }
      page.reload();
      page.locator("#token").fill(TOKEN);
      page.locator("#token").press("Enter");
      at(5);
      page.navigate("about:blank");
    }
  }
}
