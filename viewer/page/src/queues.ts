/** L3: every level's queue, order by order. */

import type { Order } from "./book";
import { colour, element, fit, options, section, setText, labelled } from "./elements";
import * as format from "./format";
import type { Day } from "./lake";
import type { Moment, Panel } from "./moment";
import { Plot } from "./plot";
import type uPlot from "uplot";

const ROW_HEIGHT = 18;
const LABEL_WIDTH = 84;
const LEAST_WIDTH = 2;

/** Upper ends of the classes of order sizes, in shares. */
const SIZES = [10, 50, 100, 101, 200, 500, 1_000, Infinity];
const SIZE_NAMES = ["1–9", "10–49", "50–99", "100", "101–199", "200–499", "500–999", "1,000+"];

/** Times are put into that many classes. */
const RATE_CLASSES = 40;

interface Queue {
  isBid: boolean;
  level: number;
  price: number;
  size: number;
  residual: number;
  orders: Order[];
}

interface Box {
  left: number;
  right: number;
  top: number;
  order: Order | null;
  queue: Queue;
}

export class QueuesPanel implements Panel {
  readonly root: HTMLElement;
  levels = 10;
  private readonly canvas = element("canvas", { class: "queues", role: "img", "aria-label": "Queues of the visible levels, order by order" });
  private readonly totals = element("dl", { class: "facts", id: "totals" });
  private readonly totalValues = new Map<string, HTMLElement>();
  private readonly queueSelect = element("select", { id: "queue" });
  private readonly body = element("tbody");
  private readonly hover = element("p", { class: "readout", id: "hovered-order" });
  private readonly missing = element("p", { class: "note", hidden: true }, "This ticker-day was taken in without the order-level book.");
  private readonly sizes: Plot;
  private readonly rates: Plot;
  private boxes: Box[] = [];
  private queues: Queue[] = [];
  private moment: Moment | null = null;
  private queueNames = "";

  constructor(private readonly track: (orderId: number) => void) {
    for (const name of ["bid orders", "bid shares known", "ask orders", "ask shares known", "known share in sight", "orders out of sight"]) {
      const value = element("dd");
      this.totalValues.set(name, value);
      this.totals.append(element("div", {}, element("dt", {}, name), value));
    }
    this.sizes = new Plot(
      "Known orders in sight by size",
      [
        { label: "bid", colour: "bid", bars: "before" },
        { label: "ask", colour: "ask", bars: "behind" },
      ],
      (value) => SIZE_NAMES[value] ?? "",
    );
    this.rates = new Plot(
      "Events a second around this event: new orders, cancels, executions",
      [
        { label: "new orders", colour: "bid", isStepped: true },
        { label: "cancels", colour: "ink", dash: [4, 3], isStepped: true },
        { label: "executions", colour: "ask", isStepped: true },
      ],
      (value) => format.clock(value),
      80,
    );
    this.queueSelect.addEventListener("change", () => this.showTable());
    this.canvas.addEventListener("pointermove", (event) => this.describe(this.boxAt(event)));
    this.canvas.addEventListener("click", (event) => {
      const box = this.boxAt(event);
      if (box !== undefined) {
        this.queueSelect.value = QueuesPanel.nameOf(box.queue);
        this.showTable();
        if (box.order !== null) {
          this.track(box.order.id);
        }
      }
    });
    this.root = section(
      "queues",
      "L3: queues",
      this.missing,
      this.totals,
      this.canvas,
      element(
        "p",
        { class: "legend" },
        element("span", {}, "the first to be executed stands left; width: shares"),
        element("span", { class: "key" }, "▨ residual"),
        element("span", { class: "key" }, "▭ dashed: probable"),
      ),
      this.hover,
      element("div", { class: "controls" }, labelled("queue of", this.queueSelect)),
      element(
        "div",
        { class: "scroll short", tabindex: 0, role: "region", "aria-label": "Queue of a level" },
        element(
          "table",
          { id: "queue-table" },
          element("thead", {}, element("tr", {}, ...["position", "order", "shares", "shares ahead", "known by"].map((name) => element("th", { scope: "col" }, name)))),
          this.body,
        ),
      ),
      element("h3", {}, "Known orders in sight by size (shares)"),
      this.sizes.root,
      element("p", { class: "legend" }, element("span", { class: "key buy" }, "■ left: bid"), element("span", { class: "key sell" }, "■ right: ask")),
      element("h3", {}, "Events a second"),
      this.rates.root,
      element(
        "p",
        { class: "legend" },
        element("span", { class: "key buy" }, "– new orders"),
        element("span", { class: "key" }, "┄ cancels and deletes"),
        element("span", { class: "key sell" }, "– executions"),
      ),
    );
  }

  open(day: Day): void {
    this.missing.hidden = day.has("mbo");
    this.queueNames = "";
    this.queues = [];
  }

  recolour(): void {
    this.sizes.recolour();
    this.rates.recolour();
    if (this.moment !== null) {
      this.show(this.moment);
    }
  }

  private static nameOf(queue: Queue): string {
    return `${queue.isBid ? "bid" : "ask"} ${queue.level}`;
  }

  show(moment: Moment): void {
    this.moment = moment;
    const known = moment.orders;
    if (known !== null) {
      const queue = (isBid: boolean) => (level: { level: number; price: number; size: number }): Queue => {
        const orders = known.queue(isBid, level.price);
        return { ...level, isBid, orders, residual: level.size - orders.reduce((sum, order) => sum + order.size, 0) };
      };
      const asks = moment.chunk.levels("ask", moment.index, this.levels).map(queue(false));
      const bids = moment.chunk.levels("bid", moment.index, this.levels).map(queue(true));
      this.queues = [...asks.reverse(), ...bids];
      this.showTotals(known.all().length);
      this.draw();
      this.showNames();
      this.showTable();
      this.showSizes();
    }
    this.showRates(moment);
  }

  private showTotals(all: number): void {
    const set = (name: string, text: string): void => setText(this.totalValues.get(name) as HTMLElement, text);
    let seen = 0;
    let published = 0;
    let attributed = 0;
    for (const side of ["bid", "ask"]) {
      const queues = this.queues.filter((queue) => queue.isBid === (side === "bid"));
      const orders = queues.reduce((sum, queue) => sum + queue.orders.length, 0);
      const size = queues.reduce((sum, queue) => sum + queue.size, 0);
      const residual = queues.reduce((sum, queue) => sum + queue.residual, 0);
      set(`${side} orders`, format.count(orders));
      set(`${side} shares known`, `${format.count(size - residual)} of ${format.count(size)}`);
      seen += orders;
      published += size;
      attributed += size - residual;
    }
    set("known share in sight", format.percent(published === 0 ? null : attributed / published));
    set("orders out of sight", format.count(all - seen));
  }

  private draw(): void {
    const height = `${Math.max(1, this.queues.length) * ROW_HEIGHT + 6}px`;
    if (this.canvas.style.height !== height) {
      this.canvas.style.height = height;
    }
    const { context, width } = fit(this.canvas);
    const [bid, ask, ink, line] = [colour("bid"), colour("ask"), colour("ink"), colour("line")];
    const largest = Math.max(1, ...this.queues.map((queue) => queue.size));
    const most = Math.max(1, ...this.queues.map((queue) => queue.orders.length + 1));
    const scale = Math.max(0, width - LABEL_WIDTH - most * LEAST_WIDTH) / largest;
    this.boxes = [];
    context.font = "11px ui-monospace, monospace";
    context.textBaseline = "middle";
    this.queues.forEach((queue, row) => {
      const top = row * ROW_HEIGHT + (queue.isBid ? 6 : 0);
      const fill = queue.isBid ? bid : ask;
      context.fillStyle = ink;
      context.fillText(format.price(queue.price), 0, top + ROW_HEIGHT / 2);
      let left = LABEL_WIDTH;
      const box = (size: number, order: Order | null): void => {
        const right = left + LEAST_WIDTH + size * scale;
        this.boxes.push({ left, right, top, order, queue });
        const wide = Math.max(1, right - left - 1);
        if (order === null) {
          context.strokeStyle = ink;
          context.beginPath();
          for (let x = left; x < left + wide; x += 4) {
            context.moveTo(x, top + ROW_HEIGHT - 3);
            context.lineTo(Math.min(x + 4, left + wide), top + 2);
          }
          context.stroke();
          context.strokeRect(left + 0.5, top + 2.5, Math.max(0, wide - 1), ROW_HEIGHT - 6);
        } else if (order.origin === "revalidated") {
          context.setLineDash([2, 2]);
          context.strokeStyle = fill;
          context.strokeRect(left + 0.5, top + 2.5, Math.max(0, wide - 1), ROW_HEIGHT - 6);
          context.setLineDash([]);
        } else {
          context.fillStyle = fill;
          context.fillRect(left, top + 2, wide, ROW_HEIGHT - 5);
        }
        left = right;
      };
      if (queue.residual > 0) {
        box(queue.residual, null);
      }
      queue.orders.forEach((order) => box(order.size, order));
      context.fillStyle = line;
      context.fillRect(LABEL_WIDTH, top + ROW_HEIGHT - 1, width - LABEL_WIDTH, 1);
    });
  }

  private boxAt(event: MouseEvent): Box | undefined {
    return this.boxes.find((box) => event.offsetX >= box.left && event.offsetX < box.right && event.offsetY >= box.top && event.offsetY < box.top + ROW_HEIGHT);
  }

  private describe(box: Box | undefined): void {
    setText(
      this.hover,
      box === undefined
        ? ""
        : box.order === null
          ? `residual of ${QueuesPanel.nameOf(box.queue)}: ${format.count(box.queue.residual)} shares that no known order accounts for`
          : `order ${box.order.id}: ${format.count(box.order.size)} at ${format.price(box.order.price)}, position ${box.queue.orders.indexOf(box.order) + 1} of ${box.queue.orders.length}, known by ${box.order.origin}`,
    );
  }

  private showNames(): void {
    const names = this.queues.map(QueuesPanel.nameOf);
    const joined = names.join();
    if (joined !== this.queueNames) {
      const before = this.queueSelect.value;
      options(this.queueSelect, names.map((name) => [name, name]));
      this.queueSelect.value = names.includes(before) ? before : names.includes("bid 1") ? "bid 1" : (names[0] ?? "");
      this.queueNames = joined;
    }
  }

  private showTable(): void {
    const queue = this.queues.find((each) => QueuesPanel.nameOf(each) === this.queueSelect.value);
    const rows: HTMLElement[] = [];
    if (queue !== undefined) {
      let ahead = 0;
      const row = (...cells: (Node | string)[]): void => {
        rows.push(element("tr", {}, ...cells.map((cell) => element("td", {}, cell))));
      };
      if (queue.residual > 0) {
        row("0", "residual", format.count(queue.residual), "0", "residual");
        ahead += queue.residual;
      }
      queue.orders.forEach((order, i) => {
        const button = element("button", { type: "button", class: "link", "aria-label": `track order ${order.id}`, click: () => this.track(order.id) }, String(order.id));
        row(String(i + 1), button, format.count(order.size), format.count(ahead), order.origin);
        ahead += order.size;
      });
    }
    this.body.replaceChildren(...rows);
  }

  private showSizes(): void {
    const bids = SIZES.map(() => 0);
    const asks = SIZES.map(() => 0);
    for (const queue of this.queues) {
      for (const order of queue.orders) {
        const at = SIZES.findIndex((end) => order.size < end);
        const counts = queue.isBid ? bids : asks;
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
    this.sizes.draw([SIZES.map((_, i) => i), bids, asks]);
  }

  /** Of the runs that are here: the one of the event and its neighbours. */
  private showRates(moment: Moment): void {
    const chunks = [moment.chunks.before(moment.chunk), moment.chunk, moment.chunks.after(moment.chunk)];
    const times: number[] = [];
    const types: number[] = [];
    for (const chunk of chunks) {
      times.push(...((chunk?.messages["time_ns"] ?? []) as number[]));
      types.push(...((chunk?.messages["event_type"] ?? []) as number[]));
    }
    const first = times[0] ?? 0;
    const width = ((times.at(-1) ?? 0) - first) / RATE_CLASSES;
    if (width === 0) {
      // Events of one moment have no rate.
      this.rates.draw([[], [], [], []]);
      return;
    }
    const classes = [1, 2, 3].map(() => new Array<number>(RATE_CLASSES).fill(0));
    times.forEach((time, i) => {
      const type = types[i] ?? 0;
      const kind = type === 1 ? 0 : type <= 3 ? 1 : type <= 5 ? 2 : -1;
      const counts = classes[kind];
      const at = Math.min(RATE_CLASSES - 1, Math.floor((time - first) / width));
      if (counts !== undefined) {
        counts[at] = (counts[at] ?? 0) + 1e9 / width;
      }
    });
    this.rates.draw([Array.from({ length: RATE_CLASSES }, (_, i) => first + i * width), ...classes] as uPlot.AlignedData);
  }
}
