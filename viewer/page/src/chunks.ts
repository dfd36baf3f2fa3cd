/** Runs of events as they come from the server: a step inside of one asks for nothing. */

import { KnownOrders } from "./book";
import type { BookAnswer, Columns, Day } from "./lake";

/** Events of a run: some seconds of play. The server has the book at its first event wherever snapshots lie. */
export const CHUNK = 250;

const KEPT = 64;

export interface Level {
  level: number;
  price: number;
  size: number;
}

export class Chunk {
  private known: KnownOrders | null = null;
  private knownAt = -1;
  private applied = 0;

  constructor(
    readonly first: number,
    readonly messages: Columns,
    readonly depth: Columns,
    private readonly book: BookAnswer | null,
    private readonly changes: Columns | null,
  ) {}

  cell(table: "messages" | "depth", column: string, index: number): number | null {
    return (this[table][column]?.[index - this.first] ?? null) as number | null;
  }

  /** The published levels of one side after an event, the best first. */
  levels(side: "bid" | "ask", index: number, most: number): Level[] {
    const levels: Level[] = [];
    for (let level = 1; level <= most; level++) {
      const price = this.cell("depth", `${side}_price_${level}`, index);
      if (price !== null) {
        levels.push({ level, price, size: this.cell("depth", `${side}_size_${level}`, index) ?? 0 });
      }
    }
    return levels;
  }

  /** The known orders after an event; null where the ticker-day was taken in without them. */
  orders(index: number): KnownOrders | null {
    if (this.book === null || this.changes === null) {
      return null;
    }
    if (this.known === null || index < this.knownAt) {
      this.known = KnownOrders.of(this.book);
      this.applied = 0;
    }
    const events = this.changes["event_index"] as number[];
    while (this.applied < events.length && (events[this.applied] ?? 0) <= index) {
      this.known.apply(this.changes, this.applied++);
    }
    this.knownAt = index;
    return this.known;
  }
}

/** The runs of one ticker-day that were used last. */
export class Chunks {
  private readonly loading = new Map<number, Promise<Chunk>>();
  private readonly ready = new Map<number, Chunk>();

  constructor(private readonly day: Day) {}

  static firstOf(index: number): number {
    return index - (index % CHUNK);
  }

  /** The run of an event, if it is here. */
  at(index: number): Chunk | undefined {
    return this.here(Chunks.firstOf(index));
  }

  /** The run of an event, asked for if it is not here. */
  async load(index: number): Promise<Chunk> {
    return this.fetch(Chunks.firstOf(index));
  }

  before(chunk: Chunk): Chunk | undefined {
    return this.here(chunk.first - CHUNK);
  }

  after(chunk: Chunk): Chunk | undefined {
    return this.here(chunk.first + CHUNK);
  }

  /** Gets what a walk from here will need; what fails is asked for again when it is needed. */
  prefetch(index: number): void {
    for (const first of [Chunks.firstOf(index) + CHUNK, Chunks.firstOf(index) - CHUNK]) {
      if (first >= 0 && first < this.day.events) {
        this.fetch(first).catch(() => undefined);
      }
    }
  }

  /** A run that is here, which is then the last one that was used. */
  private here(first: number): Chunk | undefined {
    const chunk = this.ready.get(first);
    if (chunk !== undefined) {
      // A map is in the order in which its entries were added.
      this.ready.delete(first);
      this.ready.set(first, chunk);
    }
    return chunk;
  }

  private fetch(first: number): Promise<Chunk> {
    const here = this.here(first);
    if (here !== undefined) {
      return Promise.resolve(here);
    }
    let coming = this.loading.get(first);
    if (coming === undefined) {
      coming = this.ask(first).finally(() => this.loading.delete(first));
      this.loading.set(first, coming);
    }
    return coming;
  }

  private async ask(first: number): Promise<Chunk> {
    const last = Math.min(first + CHUNK, this.day.events) - 1;
    const range = { first, last };
    const hasBook = this.day.has("mbo");
    // An event may change many orders: only of changes may a run have more than one answer holds.
    const [messages, depth, book, changes] = await Promise.all([
      this.day.rows("messages", { ...range, columns: "time_ns,event_type,order_id,size,price,direction" }),
      this.day.rows("depth", range),
      hasBook ? this.day.book(first) : null,
      hasBook && first < last
        ? this.day.allRows("mbo", { first: first + 1, last, columns: "order_id,side,price,remaining_size,origin" })
        : null,
    ]);
    const chunk = new Chunk(first, messages.columns, depth.columns, book, hasBook ? (changes ?? { event_index: [] }) : null);
    this.ready.set(first, chunk);
    for (const oldest of this.ready.keys()) {
      if (this.ready.size <= KEPT) {
        break;
      }
      this.ready.delete(oldest);
    }
    return chunk;
  }
}
