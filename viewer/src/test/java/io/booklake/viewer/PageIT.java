package io.booklake.viewer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.booklake.format.lobster.RealData;
import io.booklake.model.TickerDay;
import io.booklake.read.DayReader;
import io.booklake.read.LakeReader;
import io.booklake.read.OrderBook;
import io.booklake.read.RowQuery;
import io.booklake.serve.ServerSettings;
import io.booklake.table.ColumnBatch;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page in a browser, on a lake that the real command line wrote: it shows what the reader says.
 */
class PageIT {
  private static final String WIDER_THAN_THE_SCREEN =
      "[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right"
          + " > document.documentElement.clientWidth).map(each => `${each.tagName} ${each.id}"
          + " ${each.className} ${Math.round(each.getBoundingClientRect().right)}`).join('; ')";

  private static final String CELLS_THAT_OVERLAP =
      "[...document.querySelectorAll('.book-body .book-row > *')].filter(each => each.scrollWidth"
          + " > each.clientWidth && each.clientWidth > 0).map(each => each.textContent).join(' ')";

  private static final long SOME_EVENT = 1_234;

  @TempDir private static Path folder;
  private static Chromium chromium;
  private static LakeReader lake;
  private static ViewerServer server;
  private final List<String> complaints = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    lake = LakeReader.open(DemoLake.simulated().toString(), new Configuration());
    server = serve(lake, Optional.empty());
  }

  private static ViewerServer serve(LakeReader lake, Optional<String> token) throws Exception {
    return ViewerServer.start(
        lake, new ServerSettings(InetAddress.getLoopbackAddress(), 0, token), Limits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openPage() {
    page = newPage(1_400, ColorScheme.LIGHT);
  }

  @AfterEach
  void thePageIsSilent() {
    leave();
    assertThat(complaints).isEmpty();
  }

  /** Before its server goes: the page fetches ahead whatever it shows. */
  private void leave() {
    page.context().close();
  }

  private Page newPage(int width, ColorScheme scheme) {
    Page opened =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 4_000)
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE))
            .newPage();
    opened.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    opened.onPageError(complaints::add);
    return opened;
  }

  private static DayReader day() {
    return lake.day(new TickerDay(LocalDate.of(2024, 3, 4), "SIMA", 10));
  }

  private void open(long index) {
    page.navigate(server.address() + "/?day=2024-03-04/SIMA/10&index=" + index);
    at(index);
  }

  private void at(long index) {
    assertThat(page.locator("html")).hasAttribute("data-index", Long.toString(index));
  }

  @Test
  void aTickerDayIsChosenBySearch() {
    page.navigate(server.address().toString());
    at(0);
    page.locator("#search").fill("simb");
    assertThat(page.locator("#day option")).hasCount(1);
    page.locator("#day").selectOption("2024-03-04/SIMB/10");
    assertThat(page.locator("#day-summary")).containsText("SIMB 2024-03-04, 10 levels");
    assertThat(page.locator("#day-summary")).containsText("% known");
  }

  @Test
  void enterInTheSearchOpensTheFirstThatIsFound() {
    open(SOME_EVENT);
    page.locator("#search").fill("simb");
    page.locator("#search").press("Enter");
    assertThat(page.locator("#day-summary")).containsText("SIMB 2024-03-04");
    assertThat(page.locator("#day")).hasValue("2024-03-04/SIMB/10");
    at(0);
  }

  @Test
  void aTickerDayThatIsNotPublishedIsSaidToBeNoneAndNoOtherIsNamed() {
    page.navigate(server.address() + "/?day=2024-03-04/NONE/10");
    assertThat(page.locator("#day option")).hasCount(2);
    assertThat(page.locator("#state")).containsText("NONE 2024-03-04 (10 levels) is not published");
    assertThat(page.locator("#day")).hasValue("");
    page.locator("#day").selectOption("2024-03-04/SIMA/10");
    assertThat(page.locator("#day-summary")).containsText("SIMA 2024-03-04");
    assertThat(page.locator("#state")).isEmpty();
    complaints.removeIf(text -> text.contains("404"));
  }

  @Test
  void keysAndControlsLeadToEveryEventAndTheAddressFollows() throws Exception {
    open(SOME_EVENT);
    page.keyboard().press("ArrowRight");
    at(SOME_EVENT + 1);
    page.keyboard().press("Shift+ArrowLeft");
    at(SOME_EVENT - 9);
    page.keyboard().press("End");
    at(day().events() - 1);
    page.keyboard().press("Home");
    at(0);
    page.locator("#step").fill("25");
    page.getByLabel("step forward").click();
    at(25);
    page.locator("#index").fill("777");
    page.locator("#index").press("Enter");
    at(777);
    page.waitForURL(url -> url.contains("index=777"));
    page.locator("#time").fill("12:00");
    page.locator("#time").press("Enter");
    at(day().firstIndexAt(43_200L * 1_000_000_000L).getAsLong());
    open(SOME_EVENT);
    page.keyboard().press("n");
    long next = day().next((byte) 4, SOME_EVENT).getAsLong();
    at(next);
    page.locator("#type").selectOption("3");
    page.getByLabel("previous event of the type").click();
    at(day().previous((byte) 3, next).getAsLong());
  }

  @Test
  void whatCannotBeFoundIsSaid() {
    open(0);
    page.locator("#time").fill("noon");
    page.locator("#time").press("Enter");
    assertThat(page.locator("#state")).containsText("is no time like 09:30");
    page.locator("#type").selectOption("3");
    page.getByLabel("previous event of the type").click();
    assertThat(page.locator("#state")).containsText("There is no previous delete");
    page.locator("#order").fill("42");
    page.locator("#order").press("Enter");
    assertThat(page.locator("#order-story")).containsText("speaks of order 42");
    // A refused question is an error on the console of the browser itself.
    complaints.removeIf(text -> text.contains("404"));
  }

  @Test
  void whatIsSaidOfAJumpIsGoneWithTheNextOne() {
    open(0);
    for (Runnable jump :
        List.<Runnable>of(() -> goTo("777"), () -> page.keyboard().press("ArrowRight"))) {
      page.locator("#time").fill("17:00");
      page.locator("#time").press("Enter");
      assertThat(page.locator("#state")).hasText("No event is at or after this time.");
      page.locator("h1").click();
      jump.run();
      assertThat(page.locator("#state")).isEmpty();
    }
    at(778);
  }

  private void goTo(String index) {
    page.locator("#index").fill(index);
    page.locator("#index").press("Enter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "999999", "1.5", ""})
  void anEventThatDoesNotExistIsNotGoneToAndWhatIsExpectedIsSaid(String index) throws Exception {
    open(SOME_EVENT);
    goTo(index);
    assertThat(page.locator("#state"))
        .hasText(
            "There is no such event: expected a whole number from 0 to "
                + (day().events() - 1)
                + ".");
    page.getByLabel("next event of the type").click();
    assertThat(page.locator("#state")).isEmpty();
    page.locator("#index").fill(index);
    page.getByLabel("go to event").click();
    assertThat(page.locator("#state")).containsText("There is no such event");
    at(day().next((byte) 4, SOME_EVENT).getAsLong());
  }

  @Test
  void playingGoesOnUntilItIsPaused() {
    open(100);
    page.locator("#speed").fill("200");
    page.locator("#play").click();
    // Not by waitForFunction: the page's own policy forbids to evaluate text.
    page.waitForCondition(
        () -> (Integer) page.evaluate("Number(document.documentElement.dataset.index)") > 400);
    page.locator("#play").click();
    assertThat(page.locator("#play")).hasAttribute("aria-pressed", "false");
    assertThat(page.locator("#play")).containsText("play");
  }

  @Test
  void candlesProfileAndTheCurrentBarAreTheLakes() throws Exception {
    open(SOME_EVENT);
    ColumnBatch bar =
        day().rows(RowQuery.of("candles").spec("time:1m").between(SOME_EVENT, SOME_EVENT));
    assertThat(page.locator("#bar-readout"))
        .containsText("volume " + String.format(Locale.US, "%,d", bar.column("volume").longs[0]));
    page.locator("#candles select").nth(1).selectOption("mid");
    page.locator("#candles select").first().selectOption("events:50");
    ColumnBatch events =
        day().rows(RowQuery.of("candles").spec("events:50").between(SOME_EVENT, SOME_EVENT));
    assertThat(page.locator("#bar-readout"))
        .containsText(
            String.format(Locale.ROOT, "open %.4f", events.column("mid_open").doubles[0]));
    ColumnBatch profile = day().rows(RowQuery.of("volume_profile").spec("session"));
    for (int row = 0; row < profile.rows; row++) {
      if (profile.column("is_poc").booleans[row]) {
        assertThat(page.locator("#profile-readout"))
            .containsText(
                String.format(
                    Locale.US,
                    "point of control %.2f with %,d shares",
                    profile.column("price").doubles[row],
                    profile.column("volume").longs[row]));
      }
    }
    assertThat(page.locator("#candle-chart canvas").first()).isVisible();
    page.getByText("centre on event").click();
    assertThat(page.locator("#candle-chart > .cursor")).isVisible();
  }

  @Test
  void marksThatAreTooSmallToBeToldAreSaidToBeThere() {
    open(SOME_EVENT);
    assertThat(page.locator("#zoom-note")).isVisible();
    page.getByText("centre on event").click();
    assertThat(page.locator("#zoom-note")).isHidden();
    page.getByText("whole day").click();
    assertThat(page.locator("#zoom-note")).isVisible();
  }

  @Test
  void theProfileIsThatOfTheSessionWhateverIsListedBeforeIt() {
    page.route(
        "**/api/days/2024-03-04/SIMA/10",
        route -> {
          APIResponse answer = route.fetch();
          String text = answer.text();
          String other = text.replace("\"session\",\"time:30m\"", "\"time:30m\",\"session\"");
          assertThat(other).isNotEqualTo(text);
          route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(other));
        });
    open(0);
    assertThat(page.locator("#profile-readout")).containsText("Volume profile session: ");
  }

  @Test
  void ladderAndQueuesAreTheReadersBookAtEveryEvent() throws Exception {
    open(SOME_EVENT);
    // Forwards over the end of a run, then back.
    for (long index = SOME_EVENT; index < SOME_EVENT + 20; index++) {
      at(index);
      assertBook(day(), index);
      page.keyboard().press("ArrowRight");
    }
    for (long index = SOME_EVENT + 20; index > SOME_EVENT + 10; index--) {
      at(index);
      assertBook(day(), index);
      page.keyboard().press("ArrowLeft");
    }
  }

  @Test
  void aStepIntoTheNextRunOfEventsAsksForNothingOfIt() throws Exception {
    List<String> asked = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.onRequestFinished(request -> answered.add(request.url()));
    open(SOME_EVENT);
    page.waitForCondition(
        () -> answered.stream().anyMatch(url -> url.contains("/rows/depth?first=1250&")));
    asked.clear();
    for (long index = SOME_EVENT + 1; index <= 1_260; index++) {
      page.keyboard().press("ArrowRight");
      at(index);
    }
    assertBook(day(), 1_260);
    assertThat(asked).noneMatch(url -> url.contains("=1250&"));
  }

  private void assertBook(DayReader day, long index) throws Exception {
    OrderBook book = day.book(index).book();
    List<String> expected = new ArrayList<>();
    for (int i = book.asks().size() - 1; i >= 0; i--) {
      expected.add("ask " + level(book.asks().get(i)));
    }
    book.bids().forEach(level -> expected.add("bid " + level(level)));
    assertThat(page.locator(".ladder tbody tr").allInnerTexts())
        .extracting(row -> String.join(" ", List.of(row.split("\t")).subList(0, 4)))
        .as("ladder after event " + index)
        .isEqualTo(expected);
    OrderBook.Level best = book.bids().get(0);
    List<String> queue = new ArrayList<>();
    if (best.residual() > 0) {
      queue.add("residual " + count(best.residual()));
    }
    best.queue().forEach(order -> queue.add(order.orderId() + " " + count(order.size())));
    assertThat(page.locator("#queue-table tbody tr").allInnerTexts())
        .extracting(row -> String.join(" ", List.of(row.split("\t")).subList(1, 3)))
        .as("queue of the best bid after event " + index)
        .isEqualTo(queue);
  }

  private static String level(OrderBook.Level level) {
    long ticks = level.priceTicks();
    return level.level()
        + " "
        + String.format(Locale.ROOT, ticks % 100 == 0 ? "%.2f" : "%.4f", ticks / 10_000.0)
        + " "
        + count(level.size());
  }

  private static String count(long shares) {
    return String.format(Locale.US, "%,d", shares);
  }

  @Test
  void fewerLevelsAreShownWhereFewerAreAskedFor() {
    open(SOME_EVENT);
    page.locator("#levels").fill("3");
    assertThat(page.locator(".ladder tbody tr")).hasCount(6);
    assertThat(page.locator("#queue option")).hasCount(6);
    assertThat(page.locator("#heatmap-range")).containsText("Events 1,000 to 1,999");
  }

  @Test
  void anExecutionIsAnnotated() throws Exception {
    long index = day().next((byte) 4, SOME_EVENT).getAsLong();
    ColumnBatch message = day().rows(RowQuery.of("messages").between(index, index));
    open(index);
    assertThat(page.locator("#execution"))
        .containsText("execution: " + count(message.column("size").longs[0]) + " at ");
    assertThat(page.locator("#position"))
        .containsText("order " + message.column("order_id").longs[0]);
  }

  /** The file's direction is that of the resting order, which reads like the trade's. */
  @Test
  void anExecutionSaysOnWhichSideTheOrderRestedAndWhoWasTheAggressor() throws Exception {
    Set<Boolean> seen = new HashSet<>();
    for (long from = 0; seen.size() < 2; ) {
      from = day().next((byte) 4, from).getAsLong();
      ColumnBatch message = day().rows(RowQuery.of("messages").between(from, from));
      boolean isBid = message.column("direction").ints[0] > 0;
      if (seen.add(isBid)) {
        open(from);
        String shares = count(message.column("size").longs[0]) + " at ";
        assertThat(page.locator("#position"))
            .containsText("execution of a resting " + (isBid ? "bid: " : "ask: ") + shares);
        assertThat(page.locator("#position"))
            .containsText(isBid ? "(sell aggressor)" : "(buy aggressor)");
        assertThat(page.locator("#execution"))
            .containsText(isBid ? ", sold into the bid" : ", bought from the ask");
      }
    }
  }

  /** Since 2014 the file says buy of every hidden execution, and of a cross it says sell. */
  @Test
  void noSideIsNamedWhereNoneIsPublished() throws Exception {
    for (byte type : new byte[] {5, 6}) {
      open(day().next(type, -1).getAsLong());
      assertThat(page.locator("#position"))
          .containsText(
              Pattern.compile(
                  type == 5
                      ? "hidden execution: .* \\(side not published\\)"
                      : "cross trade: \\d"));
      assertThat(page.locator("#position"))
          .not()
          .containsText(Pattern.compile("bid|ask|aggressor"));
      assertThat(page.locator("#execution")).not().containsText(Pattern.compile("bid|ask"));
    }
  }

  @Test
  void anOrderIsFollowedFromItsQueueThroughItsLife() throws Exception {
    open(SOME_EVENT);
    page.locator("#queue").selectOption("bid 2");
    Locator order = page.locator("#queue-table button").last();
    long orderId = Long.parseLong(order.innerText());
    order.click();
    ColumnBatch life = day().order(orderId);
    assertThat(page.locator("#order-story"))
        .containsText("came at event " + count(life.column("entry_index").longs[0]));
    assertThat(page.locator("#order-now")).containsText("shares ahead");
    page.getByText("go to entry").click();
    at(life.column("entry_index").longs[0]);
  }

  @Test
  void theFullBookHoldsEveryKnownOrderAndDrawsThoseInSight() throws Exception {
    open(SOME_EVENT);
    OrderBook book = day().book(SOME_EVENT).book();
    long orders =
        book.outOfSight().size()
            + book.bids().stream().mapToLong(level -> level.queue().size()).sum()
            + book.asks().stream().mapToLong(level -> level.queue().size()).sum();
    assertThat(page.locator("#book-count")).hasText(count(orders) + " known orders");
    assertThat(page.locator(".book-body .book-row").count()).isPositive().isLessThan(40);
    String first = page.locator(".book-body .book-row").first().innerText();
    page.getByText("page down").click();
    page.waitForFunction("document.querySelector('.scroll.book').scrollTop > 0");
    assertThat(page.locator(".book-body .book-row").first()).not().hasText(first);
  }

  @Test
  void theLedgerAndTheQuarantineAreShown() {
    open(0);
    assertThat(page.locator("#ledger"))
        .containsText((String) day().ledgerEntry().get("message_sha256"));
    assertThat(page.locator("#quarantine")).containsText("MISSING_ORDERBOOK_FILE");
    assertThat(page.locator("#fidelity tbody tr")).hasCount(10);
  }

  @Test
  void aRangeIsSavedAsCsv() throws Exception {
    open(0);
    page.locator("#download-table").selectOption("trades");
    page.getByText("visible range").click();
    Download download =
        page.waitForDownload(() -> page.locator("#download button[type=submit]").click());
    Path file = folder.resolve("trades.csv");
    download.saveAs(file);
    assertThat(download.suggestedFilename()).startsWith("SIMA_2024-03-04_10_trades_0-");
    assertThat(Files.readAllLines(file)).hasSize(day().rows(RowQuery.of("trades")).rows + 1);
  }

  @Test
  void snapshotsAndOrdersAreSavedWhole() throws Exception {
    open(0);
    page.locator("#download-last").fill("2500");
    for (String table : List.of("book_snapshots", "orders")) {
      page.locator("#download-table").selectOption(table);
      Download download =
          page.waitForDownload(() -> page.locator("#download button[type=submit]").click());
      Path file = folder.resolve(table + ".csv");
      download.saveAs(file);
      assertThat(Files.readAllLines(file))
          .as(table)
          .hasSize(day().rows(RowQuery.of(table).between(0, 2_500)).rows + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void axeFindsNothingToComplainAbout(ColorScheme scheme) {
    page.context().close();
    page = newPage(1_400, scheme);
    open(SOME_EVENT);
    assertThat(page.locator("#queue-table tbody tr").first()).isVisible();
    // WCAG 2.2, which axe leaves out unless it is asked for.
    AxeRuleOptions enabled = new AxeRuleOptions();
    enabled.setEnabled(true);
    AxeRunOptions all = new AxeRunOptions();
    all.setRules(Map.of("target-size", enabled));
    assertThat(new AxeBuilder(page).options(all).analyze().getViolations())
        .extracting(Rule::getId, rule -> rule.getNodes().toString())
        .isEmpty();
  }

  @Test
  void aPhoneShowsEverythingWithoutScrollingSideways() {
    page.context().close();
    page = newPage(360, ColorScheme.LIGHT);
    open(SOME_EVENT);
    assertThat(page.locator(".ladder tbody tr")).hasCount(20);
    assertThat(
            (Boolean)
                page.evaluate(
                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("wider than the screen: " + page.evaluate(WIDER_THAN_THE_SCREEN))
        .isTrue();
  }

  @Test
  void lightAndDarkAreOneClickApart() {
    open(0);
    String before = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    page.locator("#theme").click();
    assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isNotEqualTo(before);
  }

  @Test
  void theTokenIsAskedForOnceAndUsed() throws Exception {
    String token = "a-token-for-the-tests";
    try (ViewerServer guarded = serve(lake, Optional.of(token))) {
      page.navigate(guarded.address() + "/?day=2024-03-04/SIMA/10&index=5");
      page.locator("#token").fill(token);
      page.locator("#token").press("Enter");
      at(5);
      // The first question was asked without it.
      complaints.removeIf(text -> text.contains("401"));
      leave();
    }
  }

  @Test
  void aRealDayIsShownAndItsPicturesAreTaken() throws Exception {
    Path archive = RealData.archive("GOOG_2012-06-21_10");
    LakeReader real =
        LakeReader.open(
            DemoLake.of(folder.resolve("real"), archive).toString(), new Configuration());
    DayReader day = real.day(new TickerDay(LocalDate.of(2012, 6, 21), "GOOG", 10));
    try (ViewerServer of = serve(real, Optional.empty())) {
      OptionalLong execution = day.next((byte) 4, 70_000);
      for (long index : new long[] {execution.getAsLong(), 0, day.events() - 1, 50_499}) {
        page.navigate(of.address() + "/?day=2012-06-21/GOOG/10&index=" + index);
        at(index);
        assertThat(page.locator("#queue-table tbody tr").first()).isVisible();
        assertBook(day, index);
      }
      page.setViewportSize(1_280, 900);
      page.navigate(of.address() + "/?day=2012-06-21/GOOG/10&index=" + execution.getAsLong());
      at(execution.getAsLong());
      assertThat(page.locator("#profile-readout")).containsText("point of control");
      assertThat(page.locator("#heatmap-range")).containsText("Events");
      Path images = Files.createDirectories(Path.of("..", "docs", "images"));
      page.screenshot(new Page.ScreenshotOptions().setPath(images.resolve("viewer.png")));
      for (String part : List.of("candles", "depth", "queues")) {
        page.locator("#" + part)
            .screenshot(
                new Locator.ScreenshotOptions().setPath(images.resolve("viewer-" + part + ".png")));
      }
      page.setViewportSize(390, 900);
      page.locator("#book").scrollIntoViewIfNeeded();
      assertThat(page.locator(".book-body .book-row").first()).isVisible();
      assertThat(page.evaluate(CELLS_THAT_OVERLAP)).as("on a phone").isEqualTo("");
      leave();
    }
  }
}
