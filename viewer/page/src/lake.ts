/** The server's answers. Prices of events are whole numbers of 1/10,000 USD, times nanoseconds after exchange midnight. */

export type Cell = number | string | boolean | null;
export type Columns = Record<string, Cell[]>;

export interface Rows {
  rows: number;
  next: number | null;
  columns: Columns;
}

export interface DaySummary {
  trade_date: string;
  ticker: string;
  levels: number;
  row_count: number;
  first_time_ns: number;
  last_time_ns: number;
  proven_share: number | null;
  known_share: number | null;
  published_at: string;
  pin: string;
}

export interface DayEntry {
  pin: string;
  tables: Record<string, string[]>;
  ledger: Record<string, unknown>;
  quarantined: Record<string, unknown>[];
}

export interface QueueColumns {
  order_id: number[];
  size: number[];
  origin: string[];
}

export interface BookLevel {
  level: number;
  price: number;
  size: number;
  residual: number;
  queue: QueueColumns;
}

export interface BookAnswer {
  event_index: number;
  bids: BookLevel[];
  asks: BookLevel[];
  out_of_sight: QueueColumns & { side: string[]; price: number[] };
}

export interface OrderAnswer {
  order: Columns;
  is_complete: boolean;
  steps: { event_index: number[]; size: number[]; orders_ahead: number[]; shares_ahead: number[] };
}

/** The server refused, or could not be reached. */
export class LakeError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Another state of the ticker-day is published by now. */
export const GONE = 410;
const UNAUTHORIZED = 401;
const TOKEN = "booklake-token";

let askingForToken: Promise<void> | null = null;

/** Set by the page: asks the reader for the token. */
export const access = { askToken: (): Promise<string> => Promise.reject(new Error("no form")) };

async function fetchAnswer(path: string, signal?: AbortSignal): Promise<Response> {
  const token = sessionStorage.getItem(TOKEN);
  const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(path, signal === undefined ? { headers } : { headers, signal });
  if (response.ok) {
    return response;
  }
  if (response.status === UNAUTHORIZED) {
    // All who wait for an answer wait for the same token.
    askingForToken ??= access.askToken().then((found) => {
      sessionStorage.setItem(TOKEN, found);
      askingForToken = null;
    });
    await askingForToken;
    return fetchAnswer(path, signal);
  }
  const answer = (await response.json().catch(() => ({}))) as { error?: string };
  throw new LakeError(response.status, answer.error ?? `the server answered ${response.status}`);
}

async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await fetchAnswer(path, signal)).json() as Promise<T>;
}

export function fetchDays(search: string): Promise<{ total: number; days: DaySummary[] }> {
  return fetchJson(`api/days?limit=1000${search === "" ? "" : `&search=${encodeURIComponent(search)}`}`);
}

/** A ticker-day's address, such as 2012-06-21/GOOG/10. */
export function dayPath(day: { trade_date: string; ticker: string; levels: number }): string {
  return `${day.trade_date}/${encodeURIComponent(day.ticker)}/${day.levels}`;
}

/** One ticker-day in one published state. */
export class Day {
  private constructor(
    readonly path: string,
    readonly entry: DayEntry,
  ) {}

  static async open(path: string): Promise<Day> {
    return new Day(path, await fetchJson<DayEntry>(`api/days/${path}`));
  }

  get events(): number {
    return this.entry.ledger["row_count"] as number;
  }

  get levels(): number {
    return this.entry.ledger["levels"] as number;
  }

  get ticker(): string {
    return this.entry.ledger["ticker"] as string;
  }

  get date(): string {
    return this.entry.ledger["trade_date"] as string;
  }

  has(table: string): boolean {
    return table in this.entry.tables;
  }

  specs(table: string): string[] {
    return this.entry.tables[table] ?? [];
  }

  private address(path: string, query: Record<string, string | number>): string {
    const words = Object.entries({ ...query, pin: this.entry.pin }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `api/days/${this.path}${path}?${words.join("&")}`;
  }

  rows(table: string, query: Record<string, string | number>, signal?: AbortSignal): Promise<Rows> {
    return fetchJson(this.address(`/rows/${table}`, query), signal);
  }

  async download(table: string, query: Record<string, string | number>): Promise<Blob> {
    return (await fetchAnswer(this.address(`/rows/${table}`, query))).blob();
  }

  book(index: number, signal?: AbortSignal): Promise<BookAnswer> {
    return fetchJson(this.address("/book", { index }), signal);
  }

  async indexAt(timeNanos: number): Promise<number | null> {
    return (await fetchJson<{ index: number | null }>(this.address("/at", { time_ns: timeNanos }))).index;
  }

  async event(index: number, type: number, direction: "next" | "previous"): Promise<number | null> {
    return (await fetchJson<{ index: number | null }>(this.address("/event", { index, type, direction }))).index;
  }

  order(orderId: number): Promise<OrderAnswer> {
    return fetchJson(this.address(`/orders/${orderId}`, {}));
  }
}
