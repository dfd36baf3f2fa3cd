/** Where a ticker-day comes from and how much of it is known; and its rows, to take along. */

import { element, labelled, options, reason, section, setText } from "./elements";
import * as format from "./format";
import { MOST_ROWS, type Day } from "./lake";
import type { Panel } from "./moment";

/** Events of one request of a download: its rows fit into one answer. */
const PIECE_EVENTS = 5_000;

/** The same of snapshots, each of which may be of thousands of orders. */
const PIECE_EVENTS_OF_SNAPSHOTS = 1_000;

const PER_EVENT = ["messages", "depth", "trades", "mbo", "book_snapshots", "orders"];
const DERIVED = ["candles", "volume_profile", "depth_metrics"];

export class QualityPanel implements Panel {
  readonly root: HTMLElement;
  private readonly facts = element("dl", { class: "facts wide", id: "ledger", tabindex: "0" });
  private readonly levels = element("tbody");
  private readonly rejected = element("tbody");
  private readonly none = element("p", { class: "note" }, "Nothing of this ticker or date is quarantined.");
  private readonly rejectedTable: HTMLElement;

  constructor() {
    const head = (...names: string[]): HTMLElement => element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));
    this.rejectedTable = element(
      "div",
      { class: "scroll short", tabindex: 0, role: "region", "aria-label": "Quarantine" },
      element("table", { id: "quarantine" }, head("date", "ticker", "levels", "reason", "what was found"), this.rejected),
    );
    this.root = section(
      "quality",
      "Quality",
      this.facts,
      element("h3", {}, "Fidelity by level"),
      element(
        "div",
        { class: "scroll short", tabindex: 0, role: "region", "aria-label": "Fidelity by level" },
        element("table", { id: "fidelity" }, head("level", "proven", "proven or probable"), this.levels),
      ),
      element("h3", {}, "Quarantined of the same ticker or date"),
      this.none,
      this.rejectedTable,
    );
  }

  open(day: Day): void {
    const ledger = day.entry.ledger;
    const shown = Object.entries(ledger).filter(([name]) => !name.endsWith("_by_level"));
    this.facts.replaceChildren(...shown.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, QualityPanel.text(name, value)))));
    const proven = (ledger["proven_share_by_level"] ?? {}) as Record<string, number>;
    const known = (ledger["known_share_by_level"] ?? {}) as Record<string, number>;
    const numbers = Object.keys(proven).sort((left, right) => Number(left) - Number(right));
    const row = (...cells: string[]): HTMLElement => element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
    this.levels.replaceChildren(...numbers.map((level) => row(level, format.percent(proven[level] ?? null), format.percent(known[level] ?? null))));
    const rejected = day.entry.quarantined;
    this.none.hidden = rejected.length > 0;
    this.rejectedTable.hidden = rejected.length === 0;
    this.rejected.replaceChildren(...rejected.map((each) => row(...["trade_date", "ticker", "levels", "reason", "message"].map((name) => String(each[name] ?? "–")))));
  }

  show(): void {
    // The same at every event.
  }

  private static text(name: string, value: unknown): string {
    if (value === null || value === undefined) {
      return "–";
    }
    if (typeof value === "number") {
      return name.endsWith("_time_ns") ? format.time(value) : name.endsWith("_share") ? format.percent(value) : format.count(value);
    }
    return typeof value === "object" ? Object.entries(value).map(([key, each]) => `${key} ${each}`).join(", ") : String(value);
  }
}

export class DownloadPanel implements Panel {
  readonly root: HTMLElement;
  private readonly tableSelect = element("select", { id: "download-table" });
  private readonly formatSelect = element("select", { id: "download-format" });
  private readonly first = element("input", { type: "number", min: 0, id: "download-first" });
  private readonly last = element("input", { type: "number", min: 0, id: "download-last" });
  private readonly state = element("p", { class: "readout", id: "download-state", role: "status" });
  private day: Day | null = null;

  constructor(visibleRange: () => { first: number; last: number }) {
    options(this.formatSelect, [
      ["csv", "CSV"],
      ["parquet", "Parquet"],
      ["arrow", "Arrow"],
    ]);
    this.root = section(
      "download",
      "Download",
      element(
        "form",
        { class: "controls", submit: (event) => (event.preventDefault(), void this.save()) },
        labelled("table", this.tableSelect),
        labelled("as", this.formatSelect),
        labelled("first event", this.first),
        labelled("last event", this.last),
        element(
          "button",
          {
            type: "button",
            click: () => {
              const range = visibleRange();
              this.first.value = String(range.first);
              this.last.value = String(range.last);
            },
          },
          "visible range",
        ),
        element("button", { type: "submit" }, "save"),
      ),
      this.state,
    );
  }

  open(day: Day): void {
    this.day = day;
    const derived = DERIVED.flatMap((table) => day.specs(table).map((spec): [string, string] => [`${table}/${spec}`, `${table} ${spec}`]));
    options(this.tableSelect, [...PER_EVENT.filter((table) => day.has(table)).map((table): [string, string] => [table, table]), ...derived]);
    this.first.value = "0";
    this.last.value = String(Math.min(day.events, PIECE_EVENTS) - 1);
    setText(this.state, "");
  }

  show(): void {
    // What is saved is chosen in the form.
  }

  private async save(): Promise<void> {
    const { day } = this;
    const [table = "", spec] = this.tableSelect.value.split("/");
    const [first, wanted] = [this.first.valueAsNumber, this.last.valueAsNumber];
    if (day === null || !Number.isInteger(first) || !Number.isInteger(wanted) || first < 0) {
      setText(this.state, "First and last event are whole numbers from 0 on.");
      return;
    }
    if (first >= day.events) {
      setText(this.state, `There is no such event: the last one is ${day.events - 1}.`);
      return;
    }
    const last = Math.min(wanted, day.events - 1);
    if (last < first) {
      setText(this.state, "The last event is before the first.");
      return;
    }
    try {
      const pieces: Blob[] = [];
      const as = this.formatSelect.value;
      if (spec !== undefined) {
        pieces.push(await day.download(table, { first, last, spec, format: as, limit: MOST_ROWS }));
      } else if (as !== "csv" || table === "orders") {
        // Only lines can be put one after the other, and an order may be there in two ranges: all of it is one answer.
        pieces.push(await day.download(table, { first, last, format: as, limit: MOST_ROWS }));
      } else {
        const events = table === "book_snapshots" ? PIECE_EVENTS_OF_SNAPSHOTS : PIECE_EVENTS;
        for (let from = first; from <= last; from += events) {
          setText(this.state, `${format.count(from - first)} of ${format.count(last - first + 1)} events ...`);
          const piece = await day.download(table, { first: from, last: Math.min(last, from + events - 1), format: as, limit: MOST_ROWS });
          // The header once.
          pieces.push(from === first ? piece : new Blob([(await piece.text()).replace(/^[^\n]*\n/, "")]));
        }
      }
      const link = element("a", {
        href: URL.createObjectURL(new Blob(pieces)),
        download: `${day.ticker}_${day.date}_${day.levels}_${table}${spec === undefined ? "" : `_${spec.replace(":", "-")}`}_${first}-${last}.${as}`,
      });
      link.click();
      URL.revokeObjectURL(link.href);
      setText(this.state, `Saved ${link.download}`);
    } catch (failure) {
      setText(this.state, reason(failure));
    }
  }
}
