/** The order-level book from event to event: the twin of BookReplay and BookCursor in Java. */

import type { BookAnswer, Columns, QueueColumns } from "./lake";

export interface Order {
  id: number;
  isBid: boolean;
  price: number;
  size: number;
  origin: string;
}

export class KnownOrders {
  private readonly orders = new Map<number, Order>();
  private readonly queues = new Map<number, Map<number, Order>>();

  static of(book: BookAnswer): KnownOrders {
    const known = new KnownOrders();
    const place = (queue: QueueColumns, side: (row: number) => boolean, price: (row: number) => number): void => {
      queue.order_id.forEach((id, row) => {
        known.put({ id, isBid: side(row), price: price(row), size: queue.size[row] ?? 0, origin: queue.origin[row] ?? "" });
      });
    };
    for (const level of book.bids) {
      place(level.queue, () => true, () => level.price);
    }
    for (const level of book.asks) {
      place(level.queue, () => false, () => level.price);
    }
    const hidden = book.out_of_sight;
    place(hidden, (row) => hidden.side[row] === "bid", (row) => hidden.price[row] ?? 0);
    return known;
  }

  /** A price may be quoted on both sides while the market is crossed; the sign keeps them apart. */
  private static key(isBid: boolean, price: number): number {
    return isBid ? price : -price;
  }

  private put(order: Order): void {
    this.orders.set(order.id, order);
    const key = KnownOrders.key(order.isBid, order.price);
    let queue = this.queues.get(key);
    if (queue === undefined) {
      queue = new Map();
      this.queues.set(key, queue);
    }
    queue.set(order.id, order);
  }

  private take(order: Order): void {
    this.orders.delete(order.id);
    const key = KnownOrders.key(order.isBid, order.price);
    const queue = this.queues.get(key);
    queue?.delete(order.id);
    if (queue?.size === 0) {
      this.queues.delete(key);
    }
  }

  /** Applies one row of mbo. */
  apply(changes: Columns, row: number): void {
    const id = changes["order_id"]?.[row] as number;
    const before = this.orders.get(id);
    const size = changes["remaining_size"]?.[row] as number;
    if (before !== undefined) {
      this.take(before);
    }
    if (size > 0) {
      this.put({
        id,
        isBid: changes["side"]?.[row] === "bid",
        price: changes["price"]?.[row] as number,
        size,
        origin: before?.origin ?? (changes["origin"]?.[row] as string),
      });
    }
  }

  /** The known orders at a price, the first to be executed first. */
  queue(isBid: boolean, price: number): Order[] {
    const queue = this.queues.get(KnownOrders.key(isBid, price));
    return queue === undefined ? [] : [...queue.values()].sort((left, right) => left.id - right.id);
  }

  /** All of them: bids from the best price down, then asks from the best price up. */
  all(): Order[] {
    return [...this.orders.values()].sort(
      (left, right) =>
        Number(right.isBid) - Number(left.isBid) || (left.isBid ? right.price - left.price : left.price - right.price) || left.id - right.id,
    );
  }
}
