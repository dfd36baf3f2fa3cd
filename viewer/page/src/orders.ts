/** L3: one order's life, and the full book as a table. */

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { Order } from "./book";
import { element, labelled, reason, section, setText } from "./elements";
import * as format from "./format";
import type { Day, OrderAnswer } from "./lake";
import type { Moment, Panel } from "./moment";
import { Plot } from "./plot";

const ROW_HEIGHT = 24;

export class TrackerPanel implements Panel {
  readonly root: HTMLElement;
  private readonly input = element("input", { inputmode: "numeric", pattern: "-?[0-9]{1,15}", title: "a whole number", required: true, size: 14, id: "order" });
  private readonly story = element("p", { class: "readout", id: "order-story", role: "status" });
  private readonly now = element("p", { class: "readout", id: "order-now" });
  private readonly plot = new Plot(
    "The order's shares, and those of the known orders before it, from event to event",
    [
      { label: "shares left", colour: "bid", isStepped: true },
      { label: "known shares ahead", colour: "ask", isStepped: true },
    ],
    (value) => format.count(value),
  );
  private day: Day | null = null;
  /** Counts what was asked for: an answer that is not the last one's comes too late. */
  private asked = 0;
  private answer: OrderAnswer | null = null;
  private moment: Moment | null = null;

  constructor(private readonly goTo: (index: number) => void) {
    const form = element(
      "form",
      { class: "controls", submit: (event) => (event.preventDefault(), void this.track(Number(this.input.value))) },
      labelled("order number", this.input),
      element("button", { type: "submit" }, "track"),
      element("button", { type: "button", click: () => this.jump("entry_index") }, "go to entry"),
      element("button", { type: "button", click: () => this.jump("exit_index") }, "go to exit"),
    );
    this.root = section(
      "tracker",
      "L3: order tracker",
      form,
      this.story,
      this.now,
      this.plot.root,
      element("p", { class: "legend" }, element("span", { class: "key buy" }, "– shares left"), element("span", { class: "key sell" }, "– known shares ahead (without the residual)")),
    );
  }

  open(day: Day): void {
    this.day = day;
    this.asked++;
    this.answer = null;
    setText(this.story, "Choose an order in a queue, in the full book, or by its number.");
    setText(this.now, "");
    this.plot.draw([[], [], []]);
  }

  recolour(): void {
    this.plot.recolour();
  }

  private cell(column: string): number | string | null {
    return (this.answer?.order[column]?.[0] ?? null) as number | string | null;
  }

  private jump(column: "entry_index" | "exit_index"): void {
    const index = this.cell(column);
    if (typeof index === "number") {
      this.goTo(index);
    }
  }

  async track(orderId: number): Promise<void> {
    this.input.value = String(orderId);
    const asked = ++this.asked;
    try {
      const answer = (await this.day?.order(orderId)) ?? null;
      if (asked !== this.asked) {
        return;
      }
      this.answer = answer;
    } catch (failure) {
      if (asked === this.asked) {
        this.answer = null;
        setText(this.story, reason(failure));
        setText(this.now, "");
        this.plot.draw([[], [], []]);
      }
      return;
    }
    const count = (column: string): string => format.count(this.cell(column) as number | null);
    const exit = this.cell("exit_time_ns") as number | null;
    setText(
      this.story,
      `Order ${orderId}: ${this.cell("side")} ${count("entry_size")} at ${format.price(this.cell("price") as number)}; came at event ${count("entry_index")} (${format.time(this.cell("entry_time_ns") as number)}), ${exit === null ? "is there at the end" : `left at event ${count("exit_index")} (${format.time(exit)})`}: ${this.cell("exit_reason")}; filled ${count("filled")}, cancelled ${count("cancelled")}, ${count("queue_ahead")} shares ahead on entry; known by ${this.cell("origin")}${this.answer?.is_complete === false ? "; the chart shows its first events" : ""}`,
    );
    const steps = this.answer?.steps;
    this.plot.draw([steps?.event_index ?? [], steps?.size ?? [], steps?.shares_ahead ?? []]);
    if (this.moment !== null) {
      this.show(this.moment);
    }
  }

  show(moment: Moment): void {
    this.moment = moment;
    const steps = this.answer?.steps;
    if (steps === undefined) {
      return;
    }
    const later = steps.event_index.findIndex((index) => index > moment.index);
    const at = (later < 0 ? steps.event_index.length : later) - 1;
    const left = steps.size[at] ?? 0;
    setText(
      this.now,
      at < 0 || left === 0
        ? "It is not known to be in the book at this event."
        : `At this event: ${format.count(left)} shares left, ${format.count(steps.orders_ahead[at] ?? 0)} known orders with ${format.count(steps.shares_ahead[at] ?? 0)} shares ahead`,
    );
  }
}

export class FullBookPanel implements Panel {
  readonly root: HTMLElement;
  private readonly scroller = element("div", { class: "scroll book", tabindex: 0, role: "region", "aria-label": "All known orders" });
  private readonly body = element("div", { class: "book-body" });
  private readonly summary = element("p", { class: "readout", id: "book-count" });
  private readonly rows = new Map<number, HTMLElement[]>();
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  private orders: Order[] = [];

  constructor(private readonly track: (orderId: number) => void) {
    const page = (direction: number) => (): void => this.scroller.scrollBy({ top: direction * (this.scroller.clientHeight - ROW_HEIGHT) });
    this.root = section(
      "book",
      "L3: full book",
      element(
        "div",
        { class: "controls" },
        element("button", { type: "button", click: page(-1) }, "page up"),
        element("button", { type: "button", click: page(1) }, "page down"),
        this.summary,
      ),
      element("div", { class: "book-row book-head", "aria-hidden": "true" }, ...["side", "price", "order", "shares", "known by"].map((name) => element("span", {}, name))),
      this.scroller,
    );
    this.scroller.append(this.body);
    this.virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.settings(0));
    this.virtualizer._didMount();
    this.virtualizer._willUpdate();
  }

  private settings(count: number): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count,
      getScrollElement: () => this.scroller,
      estimateSize: () => ROW_HEIGHT,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: 4,
      onChange: () => this.draw(),
    };
  }

  open(): void {
    this.scroller.scrollTop = 0;
  }

  show(moment: Moment): void {
    this.orders = moment.orders?.all() ?? [];
    setText(this.summary, `${format.count(this.orders.length)} known orders`);
    this.virtualizer.setOptions(this.settings(this.orders.length));
    this.virtualizer._willUpdate();
    this.draw();
  }

  private draw(): void {
    this.body.style.height = `${this.virtualizer.getTotalSize()}px`;
    const items = this.virtualizer.getVirtualItems();
    const seen = new Set(items.map((item) => item.index));
    for (const [index, cells] of this.rows) {
      if (!seen.has(index)) {
        cells[0]?.parentElement?.remove();
        this.rows.delete(index);
      }
    }
    for (const { index, start } of items) {
      const order = this.orders[index];
      if (order !== undefined) {
        const cells = this.row(index, start);
        [order.isBid ? "bid" : "ask", format.price(order.price), String(order.id), format.count(order.size), order.origin].forEach((text, i) => setText(cells[i] as HTMLElement, text));
      }
    }
  }

  private row(index: number, start: number): HTMLElement[] {
    let cells = this.rows.get(index);
    if (cells === undefined) {
      const order = element("button", { type: "button", class: "link", click: () => this.track(Number(order.textContent)) });
      cells = [element("span"), element("span"), order, element("span"), element("span")];
      const root = element("div", { class: "book-row" }, ...cells);
      root.style.transform = `translateY(${start}px)`;
      this.rows.set(index, cells);
      this.body.append(root);
    }
    return cells;
  }
}
