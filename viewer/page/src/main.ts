/** The page: a ticker-day, one event of it, and panels that show it. */

import "./style.css";
import { CandlesPanel } from "./candles";
import { CHUNK, Chunks } from "./chunks";
import { DepthPanel } from "./depth";
import { element, labelled, options, reason, setText } from "./elements";
import * as format from "./format";
import { access, Day, dayPath, encodedPath, fetchDays, type DaySummary } from "./lake";
import { Moment, type Panel } from "./moment";
import { FullBookPanel, TrackerPanel } from "./orders";
import { DownloadPanel, QualityPanel } from "./quality";
import { QueuesPanel } from "./queues";

/** The address may change this often while playing: browsers refuse more. */
const ADDRESS_MILLIS = 500;

const SEARCH_MILLIS = 150;

/** After a jump what surrounds the event is fetched this much later, so that the next jump need not wait for it. */
const SETTLE_MILLIS = 100;

/** Whatever else an address names is no question to the server. */
const TICKER_DAY = /^\d{4}-\d{2}-\d{2}\/[^/]+\/\d+$/;

function isEvent(day: Day, index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < day.events;
}

function noSuchEvent(day: Day): string {
  return `There is no such event: expected a whole number from 0 to ${day.events - 1}.`;
}

class Viewer {
  private day: Day | null = null;
  /** Counts what was asked for: an answer that is not the last one's comes too late. */
  private opening = 0;
  private searching = 0;
  private reopening: Day | null = null;
  /** Whether keys lead on through the list: the back button leads to where that began. */
  private isWalk = false;
  /** What is awaited now. */
  private awaitedCount = 0;
  private chunks: Chunks | null = null;
  private index = 0;
  private shown: Moment | null = null;
  private frame = 0;
  private waitingFor = -1;
  private playing: { since: number; from: number } | null = null;
  private addressTimer = 0;
  private settleTimer = 0;
  private days: DaySummary[] = [];

  private readonly search = element("input", { type: "search", placeholder: "ticker", size: 8, autocomplete: "off", id: "search" });
  private readonly from = element("input", { type: "date", id: "from" });
  private readonly daySelect = element("select", { id: "day" });
  private readonly daysNote = element("p", { class: "state", id: "days-note", role: "status" });
  private readonly stepInput = element("input", { type: "number", min: 1, value: 1, id: "step" });
  private readonly speedInput = element("input", { type: "number", min: 1, max: 1000, value: 20, id: "speed" });
  private readonly indexInput = element("input", { type: "number", min: 0, id: "index" });
  private readonly timeInput = element("input", { size: 12, placeholder: "09:30:00", id: "time" });
  private readonly typeSelect = element("select", { id: "type" });
  private readonly playButton = element("button", { type: "button", id: "play", "aria-pressed": "false", click: () => this.play(this.playing === null) }, "▶ play");
  private readonly position = element("p", { class: "position", id: "position" });
  private readonly state = element("p", { class: "state", id: "state", role: "status" });
  private readonly progress = element("progress", { "aria-label": "Loading", hidden: true });
  private readonly summary = element("p", { class: "readout", id: "day-summary" });
  private readonly themeButton = element("button", { type: "button", id: "theme", click: () => this.turnTheme() }, "light / dark");

  private readonly candles = new CandlesPanel((index) => this.goTo(index));
  private readonly queues = new QueuesPanel((orderId) => this.track(orderId));
  private readonly depth = new DepthPanel((levels) => {
    this.queues.levels = levels;
    this.redraw();
  });
  private readonly tracker = new TrackerPanel((index) => this.goTo(index));
  private readonly panels: Panel[] = [
    this.candles,
    this.depth,
    this.queues,
    this.tracker,
    new FullBookPanel((orderId) => this.track(orderId)),
    new QualityPanel(),
    new DownloadPanel(() => this.candles.visibleRange()),
  ];

  /** Panels out of sight are drawn when they come into it. */
  private readonly visible = new Set<Element>();

  constructor() {
    options(
      this.typeSelect,
      format.EVENT_TYPES.flatMap((name, type): [string, string][] => (type === 0 ? [] : [[String(type), name]])),
    );
    this.typeSelect.value = "4";
    this.buildPage();
    this.listen();
  }

  private buildPage(): void {
    const button = (label: string, title: string, click: () => void): HTMLElement => element("button", { type: "button", title, "aria-label": title, click }, label);
    const submit = (label: string, title: string): HTMLElement => element("button", { type: "submit", title, "aria-label": title }, label);
    document.body.append(
      element(
        "header",
        {},
        element("h1", {}, "booklake"),
        labelled("search", this.search),
        labelled("from", this.from),
        labelled("ticker-day", this.daySelect),
        this.daysNote,
        this.themeButton,
      ),
      element(
        "nav",
        { "aria-label": "Position" },
        button("|◀", "first event (Home)", () => this.goTo(0)),
        button("◀", "step back (left arrow)", () => this.step(-1)),
        this.playButton,
        button("▶", "step forward (right arrow)", () => this.step(1)),
        button("▶|", "last event (End)", () => this.goTo(Infinity)),
        labelled("step", this.stepInput),
        labelled("steps/s", this.speedInput),
        // What is expected is said at the same place for both, not by the browser for one of them.
        element("form", { novalidate: true, submit: (event) => (event.preventDefault(), void this.goToNamed()) }, labelled("event", this.indexInput), submit("go", "go to event")),
        element("form", { submit: (event) => (event.preventDefault(), void this.goToTime()) }, labelled("time", this.timeInput), submit("go", "go to time")),
        element(
          "span",
          { class: "group" },
          button("⇤", "previous event of the type (p)", () => void this.goToType("previous")),
          labelled("type", this.typeSelect),
          button("⇥", "next event of the type (n)", () => void this.goToType("next")),
        ),
        this.position,
        this.progress,
      ),
      element("main", {}, this.summary, this.state, ...this.panels.map((panel) => panel.root)),
      element(
        "footer",
        {},
        element("p", {}, "Keys: ← → step, shift ← → ten steps, Home and End, space plays and pauses, n and p the next and previous event of the type; Escape leaves a field."),
        element("p", {}, "Candles by ", element("a", { href: "https://www.tradingview.com/", rel: "noreferrer" }, "TradingView Lightweight Charts™"), ", small charts by uPlot. ", element("a", { href: "licenses.md" }, "Licenses"), "."),
      ),
    );
  }

  private listen(): void {
    this.daySelect.addEventListener("change", () => void this.open(this.daySelect.value, 0, !this.isWalk));
    for (const name of ["focus", "pointerdown"]) {
      this.daySelect.addEventListener(name, () => (this.isWalk = false));
    }
    for (const input of [this.stepInput, this.speedInput]) {
      input.addEventListener("input", () => this.playOn());
    }
    let typing = 0;
    for (const input of [this.search, this.from]) {
      input.addEventListener("input", () => {
        clearTimeout(typing);
        typing = setTimeout(() => void this.loadDays(), SEARCH_MILLIS);
      });
    }
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        clearTimeout(typing);
        void this.openFirst();
      }
    });
    document.addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    window.addEventListener("popstate", () => {
      // What is still to be written is of the entry that was left.
      this.forgetAddress();
      this.isWalk = false;
      void this.openAddress();
    });
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) {
            this.visible.add(entry.target);
          } else {
            this.visible.delete(entry.target);
          }
        }
        this.redraw();
      },
      { rootMargin: "100px" },
    );
    this.panels.forEach((panel) => observer.observe(panel.root));
    access.askToken = () => this.askToken();
    access.whenGone = (day) => void this.openAgain(day);
  }

  private askToken(): Promise<string> {
    return new Promise((resolve, reject) => {
      const input = element("input", { type: "password", id: "token", autocomplete: "off" });
      const dialog = element(
        "dialog",
        {
          "aria-label": "Token",
          // By Escape: what was entered is taken below.
          close: () => {
            dialog.remove();
            reject(new Error("This server requires a token: reload the page to enter it."));
          },
        },
        element(
          "form",
          {
            submit: (event) => {
              event.preventDefault();
              // At once, and not when the browser comes to say that it is closed: the next question may be quicker.
              dialog.remove();
              resolve(input.value);
            },
          },
          labelled("This server requires a token", input),
          element("button", { type: "submit" }, "go on"),
        ),
      );
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  async start(): Promise<void> {
    await this.guarded(async () => {
      // An address that names its ticker-day need not wait for the list of all.
      const isNamed = new URLSearchParams(location.search).has("day");
      await Promise.all([this.loadDays(), isNamed ? this.openAddress() : null]);
      if (!isNamed) {
        await this.openAddress();
      }
    });
  }

  /** @param isWanted whether anybody still waits for it when it fails */
  private async guarded(work: () => Promise<void>, isWanted = () => true): Promise<void> {
    try {
      setText(this.state, "");
      await this.awaited(work());
    } catch (failure) {
      if (isWanted()) {
        setText(this.state, reason(failure));
      }
    }
  }

  /** Shows that something is on its way, as long as it is. */
  private async awaited<T>(work: Promise<T>): Promise<T> {
    this.awaitedCount++;
    this.progress.hidden = false;
    try {
      return await work;
    } finally {
      this.awaitedCount--;
      this.progress.hidden = this.awaitedCount === 0;
    }
  }

  /** Turns to the first ticker-day that is found. */
  private async openFirst(): Promise<void> {
    const first = await this.loadDays();
    if (first !== null && dayPath(first) !== this.day?.path) {
      await this.open(dayPath(first), 0, true);
    }
  }

  /** The first that is found; null if there is none, or something else is searched for by now. */
  private async loadDays(): Promise<DaySummary | null> {
    const searching = ++this.searching;
    let note: string;
    let first: DaySummary | null = null;
    try {
      const found = await fetchDays(this.search.value.trim(), this.from.value);
      if (searching !== this.searching) {
        return null;
      }
      this.listDays(found.days);
      first = found.days[0] ?? null;
      note =
        found.total === 0
          ? "No ticker-day matches this search."
          : found.total > found.days.length
            ? `These are ${format.count(found.days.length)} of ${format.count(found.total)}: search by ticker, or from a date on.`
            : "";
    } catch (failure) {
      note = reason(failure);
    }
    if (searching === this.searching) {
      setText(this.daysNote, note);
    }
    return first;
  }

  private listDays(days: DaySummary[]): void {
    this.days = days;
    options(
      this.daySelect,
      this.days.map((day) => [
        dayPath(day),
        `${day.ticker} ${day.trade_date} · ${format.counted(day.levels, "level")} · ${format.counted(day.row_count, "event")} · ${day.known_share === null ? "no order-level book" : `${format.percent(day.known_share)} known`}`,
      ]),
    );
    // None where none is open: the first one's name would stand over an empty page.
    this.daySelect.value = this.day?.path ?? "";
  }

  private async openAddress(): Promise<void> {
    const query = new URLSearchParams(location.search);
    const first = this.days[0];
    const named = query.get("day");
    if (named !== null && !TICKER_DAY.test(named)) {
      // One that is still loading was asked for before this.
      this.opening++;
      setText(this.state, `day: found '${named}', expected a date, a ticker and levels, such as 2012-06-21/GOOG/10`);
      return;
    }
    const path = named !== null ? encodedPath(named) : first === undefined ? null : dayPath(first);
    if (path !== null) {
      const index = Number(query.get("index") ?? 0);
      await this.open(path, Number.isNaN(index) ? 0 : index);
      const { day } = this;
      if (day?.path === path && !isEvent(day, index)) {
        setText(this.state, noSuchEvent(day));
      }
    }
  }

  /** @param isVisit whether the browser's back button leads from there to what is shown now */
  private async open(path: string, index: number, isVisit = false): Promise<void> {
    const opening = ++this.opening;
    const isWanted = (): boolean => opening === this.opening;
    await this.guarded(async () => {
      this.play(false);
      if (this.day?.path === path) {
        this.goTo(index);
        return;
      }
      const day = await Day.open(path);
      if (isWanted()) {
        if (isVisit && this.day !== null) {
          this.writeAddress();
          history.pushState(null, "", `?day=${day.path}&index=${index}`);
          this.isWalk = document.activeElement === this.daySelect;
        }
        await this.turnTo(day, index);
      }
    }, isWanted);
    if (isWanted()) {
      // The name of one that could not be opened would stand over the one that is shown.
      this.daySelect.value = this.day?.path ?? "";
    }
  }

  private async turnTo(day: Day, index: number): Promise<void> {
    this.day = day;
    this.chunks = new Chunks(day);
    this.shown = null;
    this.waitingFor = -1;
    this.daySelect.value = day.path;
    setText(
      this.summary,
      `${day.ticker} ${day.date}, ${format.counted(day.levels, "level")}, ${format.counted(day.events, "event")} from ${format.time(day.entry.ledger["first_time_ns"] as number)} to ${format.time(day.entry.ledger["last_time_ns"] as number)} exchange time, ${format.percent(day.entry.ledger["proven_share"] as number | null)} of the shares proven, ${format.percent(day.entry.ledger["known_share"] as number | null)} known`,
    );
    document.title = `${day.ticker} ${day.date} · booklake`;
    this.goTo(index);
    // Asked for before the whole day's bars and trades are.
    this.chunks.load(this.index).catch(() => undefined);
    await Promise.all(this.panels.map((panel) => panel.open(day)));
    this.redraw();
  }

  /** The ticker-day was published anew: the same event of what is there now. */
  private async openAgain(gone: Day): Promise<void> {
    if (this.day !== gone || this.reopening === gone) {
      return;
    }
    // Once: where nothing else is published after all, what failed would fail again.
    this.reopening = gone;
    await this.guarded(async () => {
      const day = await Day.open(gone.path);
      if (this.day === gone && day.entry.pin !== gone.entry.pin) {
        await this.turnTo(day, this.index);
        setText(this.state, "This ticker-day was published anew: here is what it is now.");
        // Others were, perhaps, in the same night.
        void this.loadDays();
      }
    }, () => this.day === gone);
  }

  private goTo(index: number): void {
    if (this.day === null || Number.isNaN(index)) {
      return;
    }
    const wanted = Math.max(0, Math.min(this.day.events - 1, Math.floor(index)));
    if (wanted !== this.index) {
      // What surrounds an event that is left behind must not come before the one that is wanted.
      clearTimeout(this.settleTimer);
      this.index = wanted;
    }
    this.playOn();
    // What was said of an earlier jump does not hold of this one.
    setText(this.state, "");
    this.redraw();
  }

  private step(direction: number, times = 1): void {
    this.play(false);
    this.goTo(this.index + direction * times * this.stepEvents);
  }

  private get stepEvents(): number {
    return Math.max(1, Math.floor(Number(this.stepInput.value)));
  }

  private async goToNamed(): Promise<void> {
    await this.guarded(async () => {
      const index = this.indexInput.valueAsNumber;
      const { day } = this;
      if (day !== null && !isEvent(day, index)) {
        throw new Error(noSuchEvent(day));
      }
      this.goTo(index);
    });
  }

  private async goToTime(): Promise<void> {
    const nanos = format.parseTime(this.timeInput.value);
    await this.guarded(async () => {
      if (nanos === null) {
        throw new Error(`'${this.timeInput.value}' is no time like 09:30 or 09:30:01.25`);
      }
      const { day } = this;
      const index = await day?.indexAt(nanos);
      if (index == null) {
        throw new Error("No event is at or after this time.");
      }
      if (day === this.day) {
        this.goTo(index);
      }
    });
  }

  private async goToType(direction: "next" | "previous"): Promise<void> {
    await this.guarded(async () => {
      const { day } = this;
      const index = await day?.event(this.index, Number(this.typeSelect.value), direction);
      if (index == null) {
        throw new Error(`There is no ${direction} ${format.EVENT_TYPES[Number(this.typeSelect.value)]}.`);
      }
      if (day === this.day) {
        this.goTo(index);
      }
    });
  }

  private track(orderId: number): void {
    void this.tracker.track(orderId);
    this.tracker.root.scrollIntoView({ block: "nearest" });
  }

  private play(isPlaying: boolean): void {
    this.playing = isPlaying ? { since: performance.now(), from: this.index } : null;
    this.playButton.setAttribute("aria-pressed", String(isPlaying));
    setText(this.playButton, isPlaying ? "⏸ pause" : "▶ play");
    this.redraw();
  }

  /** Playing goes on from what is shown, not from where its clock would have come: after a jump, at another speed. */
  private playOn(): void {
    if (this.playing !== null) {
      this.playing = { since: performance.now(), from: this.index };
    }
  }

  private key(event: KeyboardEvent): void {
    const at = event.target;
    const isField = at instanceof HTMLInputElement || at instanceof HTMLSelectElement;
    if (isField && event.key === "Escape") {
      // The other keys are the page's again.
      at.blur();
    }
    if (event.ctrlKey || event.altKey || event.metaKey || isField) {
      return;
    }
    const table = at instanceof Element ? at.closest(".scroll") : null;
    if (table !== null && table.scrollWidth > table.clientWidth && !event.shiftKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      // They move a table that is wider than its place.
      return;
    }
    const many = event.shiftKey ? 10 : 1;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => this.step(-1, many),
      ArrowRight: () => this.step(1, many),
      Home: () => this.goTo(0),
      End: () => this.goTo(Infinity),
      n: () => void this.goToType("next"),
      p: () => void this.goToType("previous"),
    };
    // Space presses the button that has the focus.
    if (!(at instanceof HTMLButtonElement)) {
      actions[" "] = () => this.play(this.playing === null);
    }
    const action = actions[event.key];
    if (action !== undefined) {
      event.preventDefault();
      action();
    }
  }

  /** At most once a frame, however many steps come. */
  private redraw(): void {
    if (this.frame === 0) {
      this.frame = requestAnimationFrame((now) => {
        this.frame = 0;
        this.draw(now);
      });
    }
  }

  private draw(now: number): void {
    const { day, chunks } = this;
    if (day === null || chunks === null) {
      return;
    }
    if (this.playing !== null) {
      this.advance(this.playing, now, day);
    }
    const chunk = chunks.at(this.index);
    if (chunk === undefined) {
      this.wait(chunks, this.index);
      return;
    }
    if (this.shown?.index !== this.index || this.shown.chunk !== chunk) {
      const isWalk = this.shown !== null && Math.abs(this.shown.index - this.index) <= CHUNK;
      this.shown = new Moment(day, chunks, chunk, this.index, isWalk);
      this.showPosition(this.shown);
      this.keepAddress();
      this.surround(this.shown);
    }
    for (const panel of this.panels) {
      if (this.visible.has(panel.root)) {
        panel.show(this.shown);
      }
    }
    if (this.playing !== null) {
      this.redraw();
    }
  }

  private surround(moment: Moment): void {
    clearTimeout(this.settleTimer);
    if (moment.isSettled) {
      moment.chunks.prefetch(moment.index);
      return;
    }
    this.settleTimer = setTimeout(() => {
      if (this.shown === moment) {
        this.shown = new Moment(moment.day, moment.chunks, moment.chunk, moment.index, true);
        moment.chunks.prefetch(moment.index);
        this.redraw();
      }
    }, SETTLE_MILLIS);
  }

  private advance(playing: { since: number; from: number }, now: number, day: Day): void {
    const steps = Math.max(0, Math.floor(((now - playing.since) / 1_000) * Math.max(1, Number(this.speedInput.value))));
    this.index = Math.min(day.events - 1, playing.from + steps * this.stepEvents);
    if (this.index === day.events - 1) {
      this.play(false);
    }
  }

  /** Draws when the run of an event is here, if that event is still wanted. */
  private wait(chunks: Chunks, index: number): void {
    if (this.waitingFor === index) {
      return;
    }
    this.waitingFor = index;
    this.awaited(chunks.load(index)).then(
      () => {
        if (chunks !== this.chunks) {
          return;
        }
        this.waitingFor = -1;
        this.playOn();
        this.redraw();
      },
      (failure: unknown) => {
        if (chunks === this.chunks) {
          this.waitingFor = -1;
          this.play(false);
          setText(this.state, reason(failure));
        }
      },
    );
  }

  private showPosition({ index, message, day, described }: Moment): void {
    setText(
      this.position,
      `event ${format.count(index)} of ${format.count(day.events)} · ${format.time(message.timeNanos)} · ${described}`,
    );
    document.documentElement.dataset["index"] = String(index);
    if (document.activeElement !== this.indexInput) {
      this.indexInput.value = String(index);
    }
  }

  private keepAddress(): void {
    if (this.addressTimer === 0) {
      this.addressTimer = setTimeout(() => {
        // Another ticker-day may have been opened meanwhile.
        this.writeAddress();
      }, ADDRESS_MILLIS);
    }
  }

  private writeAddress(): void {
    this.forgetAddress();
    history.replaceState(null, "", `?day=${this.day?.path}&index=${this.index}`);
  }

  private forgetAddress(): void {
    clearTimeout(this.addressTimer);
    this.addressTimer = 0;
  }

  private turnTheme(): void {
    const root = document.documentElement;
    const isDark = getComputedStyle(root).colorScheme === "dark";
    root.dataset["theme"] = isDark ? "light" : "dark";
    this.recolour();
  }

  private recolour(): void {
    this.panels.forEach((panel) => panel.recolour?.());
    this.redraw();
  }
}

void new Viewer().start();
