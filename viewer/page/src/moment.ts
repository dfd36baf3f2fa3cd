/** What all panels show: the ticker-day after one event. */

import type { KnownOrders } from "./book";
import type { Chunk, Chunks } from "./chunks";
import * as format from "./format";
import type { Day } from "./lake";

export const EXECUTIONS = new Set([4, 5, 6]);

const HIDDEN_EXECUTION = 5;
const TRADING_HALT = 7;

/** What a message about trading has instead of a price. */
const TRADING: Record<number, string> = { [-1]: "trading halts", 0: "quoting resumes, trading does not", 1: "trading resumes" };

/** NASDAQ hides on which side hidden orders stood: the twin of HiddenSide in Java. */
const HIDDEN_SIDE_MASKED_FROM = "2014-07-14";

export interface Message {
  timeNanos: number;
  type: number;
  orderId: number;
  size: number;
  price: number;
  direction: number;
}

export class Moment {
  private known: KnownOrders | null | undefined;

  /** @param isSettled whether what surrounds the event is worth fetching: not while the reader jumps about */
  constructor(
    readonly day: Day,
    readonly chunks: Chunks,
    readonly chunk: Chunk,
    readonly index: number,
    readonly isSettled: boolean,
  ) {}

  get message(): Message {
    const cell = (column: string): number => this.chunk.cell("messages", column, this.index) ?? 0;
    return {
      timeNanos: cell("time_ns"),
      type: cell("event_type"),
      orderId: cell("order_id"),
      size: cell("size"),
      price: cell("price"),
      direction: cell("direction"),
    };
  }

  /** On which side the order stands or stood that the message speaks of; null where the file does not tell. */
  get restingSide(): "bid" | "ask" | null {
    const { type, direction } = this.message;
    const isMasked = this.isHidden && this.day.date >= HIDDEN_SIDE_MASKED_FROM;
    return type > HIDDEN_EXECUTION || isMasked ? null : direction > 0 ? "bid" : "ask";
  }

  get isHidden(): boolean {
    return this.message.type === HIDDEN_EXECUTION;
  }

  /** The message in words. Its direction is that of the resting order: of an execution the other side is said, too. */
  get described(): string {
    const { type, orderId, price } = this.message;
    return type === TRADING_HALT ? (TRADING[price] ?? format.EVENT_TYPES[type] ?? "") : `${this.describedOfOrder} · order ${orderId}`;
  }

  private get describedOfOrder(): string {
    const { type, size, price } = this.message;
    const name = format.EVENT_TYPES[type] ?? String(type);
    const shares = `${format.count(size)} at ${format.price(price)}`;
    if (!EXECUTIONS.has(type)) {
      return `${name}: ${this.restingSide} ${shares}`;
    }
    const side = this.restingSide;
    if (side === null) {
      return `${name}: ${shares}${this.isHidden ? " (side not published)" : ""}`;
    }
    return `${name} of a resting ${side}: ${shares} (${side === "bid" ? "sell" : "buy"} aggressor)`;
  }

  get orders(): KnownOrders | null {
    if (this.known === undefined) {
      this.known = this.chunk.orders(this.index);
    }
    return this.known;
  }
}

/** A part of the page. */
export interface Panel {
  readonly root: HTMLElement;

  /** Turns to another ticker-day. */
  open(day: Day): Promise<void> | void;

  /** Draws one event; called at most once a frame, and only while it can be seen. */
  show(moment: Moment): void;

  /** Light has become dark, or the other way round. */
  recolour?(): void;
}

