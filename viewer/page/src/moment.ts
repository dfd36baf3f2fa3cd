/** What all panels show: the ticker-day after one event. */

import type { KnownOrders } from "./book";
import type { Chunk, Chunks } from "./chunks";
import type { Day } from "./lake";

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

export const EXECUTIONS = new Set([4, 5, 6]);
