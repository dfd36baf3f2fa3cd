/** L2: the published book level by level, and how it came here. */

import { CHUNK, type Chunk, type Level } from "./chunks";
import { colour, element, fit, labelled, rgb, section, setText } from "./elements";
import * as format from "./format";
import type { Day } from "./lake";
import { EXECUTIONS, type Moment, type Panel } from "./moment";

/** Events of the heatmap: it stands still while an event inside of it is shown. */
const HEATMAP_EVENTS = 4 * CHUNK;
const HEATMAP_ROWS = 160;

interface LadderRow {
  root: HTMLTableRowElement;
  cells: HTMLElement[];
  bar: HTMLElement;
}

export class DepthPanel implements Panel {
  readonly root: HTMLElement;
  private readonly slider = element("input", { type: "range", min: 1, max: 10, value: 10, id: "levels" });
  private readonly sliderValue = element("output", { for: "levels" });
  private readonly body = element("tbody");
  private readonly event = element("p", { class: "readout", id: "execution" });
  private readonly facts = element("dl", { class: "facts", id: "quote" });
  private readonly values = new Map<string, HTMLElement>();
  private readonly canvas = element("canvas", { class: "heatmap", role: "img", "aria-label": "Depth over time" });
  private readonly marker = element("div", { class: "cursor", "aria-hidden": "true" });
  private readonly caption = element("p", { class: "legend", id: "heatmap-range" });
  private readonly rows: LadderRow[] = [];
  private moment: Moment | null = null;
  private heatmapAt = -1;
  private heatmapOf: Day | null = null;

  constructor(private readonly whenLevels: (levels: number) => void) {
    this.slider.addEventListener("input", () => {
      setText(this.sliderValue, this.slider.value);
      this.heatmapAt = -1;
      this.whenLevels(this.levels);
      if (this.moment !== null) {
        this.show(this.moment);
      }
    });
    for (const name of ["spread", "mid", "weighted mid", "imbalance"]) {
      const value = element("dd");
      this.values.set(name, value);
      this.facts.append(element("div", {}, element("dt", {}, name), value));
    }
    this.root = section(
      "depth",
      "L2: depth",
      element("div", { class: "controls" }, labelled("levels", this.slider), this.sliderValue),
      this.facts,
      this.event,
      element(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": "Depth ladder" },
        element(
          "table",
          { class: "ladder" },
          element("caption", {}, "Published book after the event"),
          element("thead", {}, element("tr", {}, ...["side", "level", "price", "shares", "cumulative", "size"].map((name) => element("th", { scope: "col" }, name)))),
          this.body,
        ),
      ),
      element("h3", {}, "Depth over events"),
      element("div", { class: "overlay-frame" }, this.canvas, this.marker),
      this.caption,
    );
  }

  get levels(): number {
    return Number(this.slider.value);
  }

  open(day: Day): void {
    this.slider.max = String(day.levels);
    this.slider.value = String(Math.min(10, day.levels));
    setText(this.sliderValue, this.slider.value);
    this.heatmapAt = -1;
    this.whenLevels(this.levels);
  }

  recolour(): void {
    this.heatmapAt = -1;
    if (this.moment !== null) {
      this.show(this.moment);
    }
  }

  show(moment: Moment): void {
    this.moment = moment;
    const bids = moment.chunk.levels("bid", moment.index, this.levels);
    const asks = moment.chunk.levels("ask", moment.index, this.levels);
    this.showQuote(bids[0], asks[0]);
    this.showExecution(moment);
    this.showLadder(moment, bids, asks);
    this.showHeatmap(moment);
  }

  private showQuote(bid: Level | undefined, ask: Level | undefined): void {
    const set = (name: string, text: string): void => setText(this.values.get(name) as HTMLElement, text);
    if (bid === undefined || ask === undefined) {
      this.values.forEach((value) => setText(value, "–"));
      return;
    }
    const size = bid.size + ask.size;
    set("spread", format.price(ask.price - bid.price));
    set("mid", format.dollars((ask.price + bid.price) / 20_000));
    set("weighted mid", format.dollars((ask.price * bid.size + bid.price * ask.size) / size / 10_000));
    set("imbalance", ((bid.size - ask.size) / size).toFixed(3));
  }

  private showExecution(moment: Moment): void {
    const { type, size, price } = moment.message;
    const side = moment.restingSide;
    setText(
      this.event,
      EXECUTIONS.has(type)
        ? `${format.EVENT_TYPES[type]}: ${format.count(size)} at ${format.price(price)}${side === null ? "" : `, ${side === "bid" ? "sold into" : "bought from"} ${moment.isHidden ? "a hidden" : "the"} ${side}`}`
        : "no execution at this event",
    );
  }

  private showLadder(moment: Moment, bids: Level[], asks: Level[]): void {
    const cumulative = (levels: Level[]): number[] => {
      let sum = 0;
      return levels.map((level) => (sum += level.size));
    };
    const bidSums = cumulative(bids);
    const askSums = cumulative(asks);
    const largest = Math.max(1, ...bids.map((level) => level.size), ...asks.map((level) => level.size));
    const lines = [
      ...asks.map((level, i) => ({ side: "ask", level, sum: askSums[i] ?? 0 })).reverse(),
      ...bids.map((level, i) => ({ side: "bid", level, sum: bidSums[i] ?? 0 })),
    ];
    const message = moment.message;
    const hit = EXECUTIONS.has(message.type) ? message.price : null;
    lines.forEach((line, i) => {
      const row = this.row(i);
      const { level, price, size } = line.level;
      const className = `${line.side}${price === hit ? " hit" : ""}`;
      if (row.root.className !== className) {
        row.root.className = className;
      }
      [line.side, String(level), format.price(price), format.count(size), format.count(line.sum)].forEach((text, column) =>
        setText(row.cells[column] as HTMLElement, text),
      );
      row.bar.style.transform = `scaleX(${size / largest})`;
    });
    while (this.rows.length > lines.length) {
      this.rows.pop()?.root.remove();
    }
  }

  private row(i: number): LadderRow {
    let row = this.rows[i];
    if (row === undefined) {
      const bar = element("div", { class: "bar" });
      const cells = Array.from({ length: 5 }, () => element("td"));
      row = { root: element("tr", {}, ...cells, element("td", { class: "bar-cell" }, bar)), cells, bar };
      this.rows.push(row);
      this.body.append(row.root);
    }
    return row;
  }

  private showHeatmap(moment: Moment): void {
    const first = moment.index - (moment.index % HEATMAP_EVENTS);
    const last = Math.min(first + HEATMAP_EVENTS, moment.day.events);
    if (first !== this.heatmapAt || moment.day !== this.heatmapOf) {
      const chunks: Chunk[] = [];
      for (let each = first; each < last; each += CHUNK) {
        const chunk = moment.chunks.at(each);
        if (chunk !== undefined) {
          chunks.push(chunk);
        } else if (moment.isSettled) {
          const { chunks: source, day } = moment;
          // Drawn when the last of them is here.
          source.load(each).then(
            () => this.moment?.day === day && this.moment.chunks === source && requestAnimationFrame(() => this.moment && this.showHeatmap(this.moment)),
            () => undefined,
          );
        }
      }
      if (chunks.length === Math.ceil((last - first) / CHUNK)) {
        this.drawHeatmap(chunks, first, last);
        this.heatmapAt = first;
        this.heatmapOf = moment.day;
      }
    }
    this.marker.style.transform = `translateX(${((moment.index - first + 0.5) / HEATMAP_EVENTS) * this.canvas.clientWidth}px)`;
  }

  /** As an image of one pixel an event and price class: twenty thousand rectangles would take longer than a frame. */
  private drawHeatmap(chunks: Chunk[], first: number, last: number): void {
    let lowest = Infinity;
    let highest = -Infinity;
    let largest = 1;
    const everyLevel = (use: (index: number, isBid: boolean, price: number, size: number) => void): void => {
      for (const chunk of chunks) {
        for (const side of ["bid", "ask"]) {
          for (let level = 1; level <= this.levels; level++) {
            const prices = chunk.depth[`${side}_price_${level}`] ?? [];
            const sizes = chunk.depth[`${side}_size_${level}`] ?? [];
            prices.forEach((price, row) => price !== null && use(chunk.first + row, side === "bid", price as number, sizes[row] as number));
          }
        }
      }
    };
    everyLevel((_, __, price, size) => {
      lowest = Math.min(lowest, price);
      highest = Math.max(highest, price);
      largest = Math.max(largest, size);
    });
    const { context, width, height } = fit(this.canvas);
    if (lowest > highest) {
      return;
    }
    const step = Math.max(1, (highest - lowest) / HEATMAP_ROWS);
    const rows = Math.floor((highest - lowest) / step) + 1;
    const image = new ImageData(HEATMAP_EVENTS, rows);
    const [bid, ask] = [rgb(colour("bid")), rgb(colour("ask"))];
    const scale = Math.log1p(largest);
    everyLevel((index, isBid, price, size) => {
      const at = 4 * (Math.floor((highest - price) / step) * HEATMAP_EVENTS + index - first);
      const opacity = 255 * (0.15 + (0.85 * Math.log1p(size)) / scale);
      // Prices of one class: the largest size is seen.
      if (opacity > (image.data[at + 3] ?? 0)) {
        [image.data[at], image.data[at + 1], image.data[at + 2]] = isBid ? bid : ask;
        image.data[at + 3] = opacity;
      }
    });
    const drawn = new OffscreenCanvas(HEATMAP_EVENTS, rows);
    drawn.getContext("2d")?.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(drawn, 0, 0, width, height);
    setText(
      this.caption,
      `Events ${format.count(first)} to ${format.count(last - 1)}, prices ${format.price(lowest)} to ${format.price(highest)}; the more opaque, the more shares (logarithmic, up to ${format.count(largest)})`,
    );
  }
}
