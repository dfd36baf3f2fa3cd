/** L1: bars, executions, volume profile, spread and order flow imbalance; lightweight-charts draws the bars. */

import {
  CandlestickSeries,
  ColorType,
  createChart,
  HistogramSeries,
  LineSeries,
  type CandlestickData,
  type IChartApi,
  type IPrimitivePaneRenderer,
  type ISeriesApi,
  type ISeriesPrimitive,
  type Logical,
  type SeriesAttachedParameter,
  type Time,
  type UTCTimestamp,
  type WhitespaceData,
} from "lightweight-charts";
import { colour, element, labelled, options, reason, section, setText } from "./elements";
import * as format from "./format";
import type { Columns, Day } from "./lake";
import type { Moment, Panel } from "./moment";

const TICKS_PER_DOLLAR = 10_000;
const PROFILE_SHARE = 0.18;

/** Room for half of the label of a time, in CSS pixels: those of the first and the last bar would be cut off. */
const HALF_LABEL = 32;

/** Labels of the prices' own scale are farther apart: a low pane would have room for one. */
const LOW_PANE_DENSITY = 1.3;

/** Marks of executions that are smaller, in CSS pixels, have no shape that can be told. */
const LEAST_MARK = 2;

type Target = Parameters<IPrimitivePaneRenderer["draw"]>[0];

interface Profile {
  price: number;
  volume: number;
  binSize: number;
  isPoc: boolean;
  inValueArea: boolean;
}

/** Draws on the chart's own canvas, under its own scales. */
class Overlay implements ISeriesPrimitive<Time> {
  private attachedTo: SeriesAttachedParameter<Time> | null = null;

  constructor(private readonly draw: (context: CanvasRenderingContext2D, width: number) => void) {}

  attached(to: SeriesAttachedParameter<Time>): void {
    this.attachedTo = to;
  }

  paneViews() {
    return [
      {
        renderer: () => ({
          draw: (target: Target) =>
            target.useMediaCoordinateSpace(({ context, mediaSize }) => this.draw(context, mediaSize.width)),
        }),
      },
    ];
  }

  redraw(): void {
    this.attachedTo?.requestUpdate();
  }
}

export class CandlesPanel implements Panel {
  readonly root: HTMLElement;
  private readonly barSelect = element("select");
  private readonly priceSelect = element("select");
  private readonly windowSelect = element("select");
  private readonly zoomNote = element("span", { id: "zoom-note", hidden: true }, "zoom in to see the executions");
  private readonly frame = element("div", { class: "chart", id: "candle-chart" });
  private readonly cursor = element("div", { class: "cursor", "aria-hidden": "true", hidden: true });
  private readonly readout = element("p", { class: "readout", id: "bar-readout" });
  private readonly profileReadout = element("p", { class: "readout", id: "profile-readout" });
  private readonly chart: IChartApi;
  private readonly candles: ISeriesApi<"Candlestick">;
  private readonly volumes: ISeriesApi<"Histogram">;
  private readonly spreads: ISeriesApi<"Line">;
  private readonly flows: ISeriesApi<"Histogram">;
  private readonly executions: Overlay;
  private readonly profile: Overlay;
  private day: Day | null = null;
  /** What is shown, and of which bars and window it is: what is chosen may still be on its way. */
  private bars: Columns = {};
  private barSpec = "";
  private windowSpec = "";
  /** Counts what was asked for: an answer that is not the last one's comes too late. */
  private barsAsked = 0;
  private profileAsked = 0;
  /** By bar: one without events is between its neighbours, where there is no event. */
  private starts: number[] = [];
  private ends: number[] = [];
  private trades: Columns = {};
  private profileRows: Columns = {};
  private profileShown: Profile[] = [];
  private profileWindow = -1;
  private index = 0;

  constructor(goTo: (index: number) => void) {
    options(this.priceSelect, [
      ["trades", "trades"],
      ["mid", "mid"],
    ]);
    this.root = section(
      "candles",
      "L1: candles and executions",
      element(
        "div",
        { class: "controls" },
        labelled("bars", this.barSelect),
        labelled("of", this.priceSelect),
        labelled("profile", this.windowSelect),
        element("button", { type: "button", click: () => this.centre() }, "centre on event"),
        element("button", { type: "button", click: () => this.showWholeDay() }, "whole day"),
      ),
      this.readout,
      this.frame,
      element(
        "p",
        { class: "legend" },
        element("span", { class: "key buy" }, "▲ buy aggressor"),
        element("span", { class: "key sell" }, "▼ sell aggressor"),
        element("span", { class: "key" }, "◆ side unknown"),
        element("span", { class: "key" }, "hollow: hidden"),
        this.zoomNote,
        element("span", {}, "below: volume, time-weighted spread (USD), order flow imbalance (shares)"),
      ),
      this.profileReadout,
    );
    this.frame.append(this.cursor);
    this.chart = createChart(this.frame, {
      autoSize: true,
      layout: { attributionLogo: false, background: { type: ColorType.Solid, color: "transparent" } },
      rightPriceScale: { borderVisible: false, entireTextOnly: true },
      timeScale: { borderVisible: false, tickMarkFormatter: (bar: Time) => this.timeOf(bar as number, format.clock) },
      localization: { timeFormatter: (bar: Time) => this.timeOf(bar as number, format.time) },
    });
    this.candles = this.chart.addSeries(CandlestickSeries, { priceFormat: { type: "price", precision: 4, minMove: 0.0001 } });
    this.volumes = this.chart.addSeries(HistogramSeries, { priceScaleId: "volume", priceFormat: { type: "volume" }, lastValueVisible: false, priceLineVisible: false });
    this.volumes.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.spreads = this.chart.addSeries(LineSeries, { lineWidth: 1, priceFormat: { type: "price", precision: 4, minMove: 0.0001 }, lastValueVisible: false, priceLineVisible: false }, 1);
    this.flows = this.chart.addSeries(HistogramSeries, { priceFormat: { type: "volume" }, lastValueVisible: false, priceLineVisible: false }, 2);
    const [main, spread, flow] = this.chart.panes();
    main?.setStretchFactor(5);
    spread?.setStretchFactor(1);
    flow?.setStretchFactor(1);
    for (const series of [this.spreads, this.flows]) {
      series.priceScale().applyOptions({ tickMarkDensity: LOW_PANE_DENSITY });
    }
    this.executions = new Overlay((context) => this.drawExecutions(context));
    this.profile = new Overlay((context, width) => this.drawProfile(context, width));
    this.candles.attachPrimitive(this.profile);
    this.candles.attachPrimitive(this.executions);
    this.barSelect.addEventListener("change", () => this.loadBars().catch((failure: unknown) => setText(this.readout, reason(failure))));
    this.priceSelect.addEventListener("change", () => {
      this.setBars();
      this.describeBar();
    });
    this.windowSelect.addEventListener("change", () => this.loadProfile().catch((failure: unknown) => setText(this.profileReadout, reason(failure))));
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
      this.placeCursor();
      this.noteZoom();
    });
    this.chart.subscribeClick(({ logical }) => {
      const start = logical === undefined ? undefined : this.starts[logical];
      if (start !== undefined) {
        goTo(start);
      }
    });
    this.recolour();
  }

  recolour(): void {
    const [bid, ask, ink, line] = [colour("bid"), colour("ask"), colour("ink"), colour("line")];
    this.chart.applyOptions({
      layout: { textColor: ink, panes: { separatorColor: line } },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
    });
    this.candles.applyOptions({ upColor: bid, borderUpColor: bid, wickUpColor: bid, downColor: ask, borderDownColor: ask, wickDownColor: ask });
    this.volumes.applyOptions({ color: colour("muted") });
    this.spreads.applyOptions({ color: ink });
    this.setBars();
  }

  async open(day: Day): Promise<void> {
    this.day = day;
    options(this.barSelect, day.specs("candles").map((spec) => [spec, spec]));
    options(this.windowSelect, [["", "none"], ...day.specs("volume_profile").map((spec): [string, string] => [spec, spec])]);
    // One profile of the whole day, rather than one of the few events around the first.
    const session = day.specs("volume_profile").findIndex((spec) => spec.split("@")[0] === "session");
    this.windowSelect.selectedIndex = session >= 0 ? session + 1 : Math.min(1, this.windowSelect.options.length - 1);
    const timeBars = day.specs("candles").findIndex((spec) => spec.startsWith("time:"));
    this.barSelect.selectedIndex = Math.max(0, timeBars);
    // Nothing of the day before under this one's name.
    this.trades = {};
    this.showBars(day, "", {});
    this.showProfile("", {});
    this.noteZoom();
    await Promise.all([this.loadBars(), this.loadProfile(), this.loadTrades(day)]);
  }

  private async loadTrades(day: Day): Promise<void> {
    const trades = await day.allRows("trades", { columns: "time_ns,price,size,aggressor_side,is_hidden,is_cross" });
    if (day === this.day) {
      this.trades = trades;
      this.noteZoom();
      this.executions.redraw();
    }
  }

  private async loadBars(): Promise<void> {
    const { day } = this;
    const spec = this.barSelect.value;
    const asked = ++this.barsAsked;
    if (day !== null && spec !== "") {
      const bars = await day.allRows("candles", { spec });
      if (asked === this.barsAsked) {
        this.showBars(day, spec, bars);
      }
    }
  }

  private showBars(day: Day, spec: string, bars: Columns): void {
    this.bars = bars;
    this.barSpec = spec;
    this.starts = [];
    this.ends = [];
    const starts = (bars["start_index"] ?? []) as (number | null)[];
    let next = day.events;
    for (let bar = starts.length - 1; bar >= 0; bar--) {
      const start = starts[bar] ?? null;
      this.ends[bar] = start === null ? next - 1 : (bars["end_index"]?.[bar] as number);
      next = this.starts[bar] = start ?? next;
    }
    this.setBars();
    this.showWholeDay();
    this.placeCursor();
    this.describeBar();
  }

  private async loadProfile(): Promise<void> {
    const { day } = this;
    const spec = this.windowSelect.value;
    const asked = ++this.profileAsked;
    const rows = day === null || spec === "" ? {} : await day.allRows("volume_profile", { spec, columns: "window_index,start_index,end_index,price,volume,is_poc,in_value_area" });
    if (asked === this.profileAsked) {
      this.showProfile(spec, rows);
    }
  }

  private showProfile(spec: string, rows: Columns): void {
    this.windowSpec = spec;
    this.profileRows = rows;
    this.profileWindow = -1;
    this.chooseProfile();
  }

  private timeOf(bar: number, as: (nanos: number) => string): string {
    const nanos = this.bars["start_time_ns"]?.[bar];
    return typeof nanos === "number" ? as(nanos) : "";
  }

  private setBars(): void {
    const of = this.priceSelect.value === "mid" ? "mid_" : "";
    const cell = (name: string, bar: number): number | null => (this.bars[name]?.[bar] ?? null) as number | null;
    const [bid, ask] = [colour("bid"), colour("ask")];
    const count = (this.bars["bar_index"] ?? []).length;
    const each = <T>(make: (bar: number, time: UTCTimestamp) => T): T[] => Array.from({ length: count }, (_, bar) => make(bar, bar as UTCTimestamp));
    // The place of a bar is its number, not its time: bars of events may share a second.
    this.candles.setData(
      each((bar, time): CandlestickData | WhitespaceData => {
        const [open, high, low, close] = ["open", "high", "low", "close"].map((name) => cell(of + name, bar));
        return open == null || high == null || low == null || close == null ? { time } : { time, open, high, low, close };
      }),
    );
    this.volumes.setData(each((bar, time) => ({ time, value: cell("volume", bar) ?? 0 })));
    this.spreads.setData(
      each((bar, time) => {
        const value = cell("time_weighted_spread", bar);
        return value === null ? { time } : { time, value };
      }),
    );
    this.flows.setData(
      each((bar, time) => {
        const value = cell("ofi", bar);
        return value === null ? { time } : { time, value, color: value >= 0 ? bid : ask };
      }),
    );
  }

  /** The last bar that begins at or before an event. */
  private barOf(index: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? Infinity) <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Where on the chart an event is: inside of its bar, in CSS pixels. */
  private xOf(index: number): number | null {
    const bar = this.barOf(index);
    const start = this.starts[bar];
    const end = this.ends[bar];
    if (start === undefined || end === undefined) {
      return null;
    }
    const inside = Math.min(1, (index - start) / (end - start + 1)) - 0.5;
    const centre = this.chart.timeScale().logicalToCoordinate(bar as unknown as Logical);
    return centre === null ? null : centre + inside * this.chart.timeScale().options().barSpacing;
  }

  /** Half of the width of an execution's mark, in CSS pixels: where bars are narrow, it must not cover them. */
  private get markSize(): number {
    return Math.max(1, Math.min(4, this.chart.timeScale().options().barSpacing / 2.5));
  }

  private noteZoom(): void {
    this.zoomNote.hidden = this.markSize >= LEAST_MARK || (this.trades["event_index"] ?? []).length === 0;
  }

  private drawExecutions(context: CanvasRenderingContext2D): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    const events = (this.trades["event_index"] ?? []) as number[];
    if (range === null || events.length === 0) {
      return;
    }
    const first = this.starts[Math.max(0, Math.floor(range.from))] ?? 0;
    const last = this.ends[Math.min(this.ends.length - 1, Math.ceil(range.to))] ?? 0;
    const [buy, sell, unknown] = [colour("bid"), colour("ask"), colour("ink")];
    const size = this.markSize;
    context.globalAlpha = size < LEAST_MARK ? 0.35 : 1;
    for (let row = 0; row < events.length; row++) {
      const index = events[row] ?? 0;
      if (index < first || index > last) {
        continue;
      }
      const x = this.xOf(index);
      const y = this.candles.priceToCoordinate(((this.trades["price"]?.[row] as number) ?? 0) / TICKS_PER_DOLLAR);
      if (x === null || y === null) {
        continue;
      }
      const side = this.trades["aggressor_side"]?.[row];
      context.beginPath();
      if (side === "buy") {
        context.moveTo(x, y - size);
        context.lineTo(x + size, y + size);
        context.lineTo(x - size, y + size);
      } else if (side === "sell") {
        context.moveTo(x, y + size);
        context.lineTo(x + size, y - size);
        context.lineTo(x - size, y - size);
      } else {
        context.moveTo(x, y - size);
        context.lineTo(x + size, y);
        context.lineTo(x, y + size);
        context.lineTo(x - size, y);
      }
      context.closePath();
      context.fillStyle = context.strokeStyle = side === "buy" ? buy : side === "sell" ? sell : unknown;
      if (this.trades["is_hidden"]?.[row] === true) {
        context.stroke();
      } else {
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }

  private drawProfile(context: CanvasRenderingContext2D, width: number): void {
    const largest = Math.max(0, ...this.profileShown.map((bin) => bin.volume));
    if (largest === 0) {
      return;
    }
    const [area, other, poc] = [colour("value-area"), colour("profile"), colour("accent")];
    for (const bin of this.profileShown) {
      const y = this.candles.priceToCoordinate(bin.price);
      const above = this.candles.priceToCoordinate(bin.price + bin.binSize);
      if (y !== null && above !== null) {
        context.fillStyle = bin.isPoc ? poc : bin.inValueArea ? area : other;
        context.fillRect(0, above, (bin.volume / largest) * width * PROFILE_SHARE, Math.max(1, y - above));
      }
    }
  }

  /** The window of the profile that the event is in. */
  private chooseProfile(): void {
    const { window_index: windows = [], start_index: starts = [], end_index: ends = [] } = this.profileRows as Record<string, number[]>;
    const at = windows.findIndex((_, row) => (starts[row] ?? 0) <= this.index && this.index <= (ends[row] ?? -1));
    const window = windows[at] ?? -1;
    if (at >= 0 && window === this.profileWindow) {
      return;
    }
    this.profileWindow = window;
    this.profileShown = windows.flatMap((each, row) =>
      at >= 0 && each === window
        ? [
            {
              price: this.profileRows["price"]?.[row] as number,
              volume: this.profileRows["volume"]?.[row] as number,
              binSize: this.profileRows["bin_size"]?.[row] as number,
              isPoc: this.profileRows["is_poc"]?.[row] === true,
              inValueArea: this.profileRows["in_value_area"]?.[row] === true,
            },
          ]
        : [],
    );
    const poc = this.profileShown.find((bin) => bin.isPoc);
    const area = this.profileShown.filter((bin) => bin.inValueArea).map((bin) => bin.price);
    setText(
      this.profileReadout,
      poc === undefined
        ? "No volume profile here."
        : `Volume profile ${this.windowSpec}: point of control ${format.dollars(poc.price, 2)} with ${format.count(poc.volume)} shares, value area ${format.dollars(Math.min(...area), 2)} to ${format.dollars(Math.max(...area), 2)}`,
    );
    this.profile.redraw();
  }

  private placeCursor(): void {
    const x = this.xOf(this.index);
    this.cursor.hidden = x === null || x < 0 || x > this.chart.timeScale().width();
    if (x !== null) {
      this.cursor.style.transform = `translateX(${x}px)`;
    }
  }

  private showWholeDay(): void {
    const bars = this.starts.length;
    const room = (bars * HALF_LABEL) / Math.max(1, this.frame.clientWidth - this.chart.priceScale("right").width() - 2 * HALF_LABEL);
    if (bars > 0) {
      this.chart.timeScale().setVisibleLogicalRange({ from: -room, to: bars - 1 + room });
    }
  }

  private centre(): void {
    const scale = this.chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    const half = range === null ? 30 : Math.min(30, (range.to - range.from) / 2);
    const bar = this.barOf(this.index);
    scale.setVisibleLogicalRange({ from: bar - half, to: bar + half });
  }

  private describeBar(): void {
    const bar = this.barOf(this.index);
    const cell = (name: string): number | null => (this.bars[name]?.[bar] ?? null) as number | null;
    const of = this.priceSelect.value === "mid" ? "mid_" : "";
    setText(
      this.readout,
      this.starts.length === 0
        ? this.barSelect.options.length === 0
          ? "No candles here: run the job candles first."
          : ""
        : `${this.barSpec} bar ${format.clock(cell("start_time_ns") ?? 0)}: open ${format.dollars(cell(`${of}open`))} high ${format.dollars(cell(`${of}high`))} low ${format.dollars(cell(`${of}low`))} close ${format.dollars(cell(`${of}close`))} volume ${format.count(cell("volume"))} spread ${format.dollars(cell("time_weighted_spread"))} OFI ${format.count(cell("ofi"))}`,
    );
  }

  show(moment: Moment): void {
    this.index = moment.index;
    this.placeCursor();
    this.describeBar();
    this.chooseProfile();
  }

  /** Events of the bars that can be seen. */
  visibleRange(): { first: number; last: number } {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    return {
      first: this.starts[Math.max(0, Math.floor(range?.from ?? 0))] ?? 0,
      last: this.ends[Math.min(this.ends.length - 1, Math.ceil(range?.to ?? 0))] ?? (this.day?.events ?? 1) - 1,
    };
  }
}
