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
class LakeError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Another state of the ticker-day is published by now. */
const GONE = 410;
const UNAUTHORIZED = 401;
const TOKEN = "booklake-token";

/** Most rows of one answer. */
export const MOST_ROWS = 50_000;

/** Most ticker-days of one answer. */
const MOST_DAYS = 1_000;

const PRINTABLE = /^[!-~]+$/;

let askingForToken: Promise<void> | null = null;

/** Set by the page: asks the reader for the token; turns to what is published of a ticker-day now. */
export const access = {
  askToken: (): Promise<string> => Promise.reject(new Error("no form")),
  whenGone: (_: Day): void => undefined,
};

async function fetchAnswer(path: string): Promise<Response> {
  const token = sessionStorage.getItem(TOKEN);
  // What no header can hold is no token either: the server says so, and another one is asked for.
  const headers: Record<string, string> = token === null || !PRINTABLE.test(token) ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(path, { headers }).catch((cause: unknown) => {
    throw new Error("The server cannot be reached: is it still running?", { cause });
  });
  if (response.ok) {
    return response;
  }
  if (response.status === UNAUTHORIZED) {
    if (sessionStorage.getItem(TOKEN) !== token) {
      // Another one is known by now.
      return fetchAnswer(path);
    }
    sessionStorage.removeItem(TOKEN);
    // All who wait for an answer wait for the same token.
    askingForToken ??= access
      .askToken()
      .then((found) => sessionStorage.setItem(TOKEN, found))
      .finally(() => {
        askingForToken = null;
      });
    await askingForToken;
    return fetchAnswer(path);
  }
  const answer = (await response.json().catch(() => ({}))) as { error?: string };
  throw new LakeError(response.status, answer.error ?? `the server answered ${response.status}`);
}

async function fetchJson<T>(path: string): Promise<T> {
  return (await fetchAnswer(path)).json() as Promise<T>;
}

/**
 * Ticker-days by date.
 *
 * @param search how tickers begin
 * @param from the first date; empty for any
 */
export function fetchDays(search: string, from: string): Promise<{ total: number; days: DaySummary[] }> {
  const query = [["limit", String(MOST_DAYS)], ["search", search], ["from", from]].filter(([, value]) => value !== "");
  return fetchJson(`api/days?${new URLSearchParams(query)}`);
}

/** A ticker-day's address, such as 2012-06-21/GOOG/10. */
export function dayPath(day: { trade_date: string; ticker: string; levels: number }): string {
  return encodedPath(`${day.trade_date}/${day.ticker}/${day.levels}`);
}

/** The same of what a reader may read: tickers have signs that mean something else in an address. */
export function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
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

  private async ask(path: string, query: Record<string, string | number>): Promise<Response> {
    try {
      return await fetchAnswer(this.address(path, query));
    } catch (failure) {
      if (failure instanceof LakeError && failure.status === GONE) {
        access.whenGone(this);
        throw new LakeError(GONE, "This ticker-day was published anew.");
      }
      throw failure;
    }
  }

  private async askJson<T>(path: string, query: Record<string, string | number>): Promise<T> {
    return (await this.ask(path, query)).json() as Promise<T>;
  }

  rows(table: string, query: Record<string, string | number>): Promise<Rows> {
    return this.askJson(`/rows/${table}`, query);
  }

  /** All rows of a query, however many answers that takes. */
  async allRows(table: string, query: Record<string, string | number>): Promise<Columns> {
    const columns: Columns = {};
    let next: number | null = null;
    do {
      const rows: Rows = await this.rows(table, { ...query, ...(next === null ? {} : { first: next }), limit: MOST_ROWS });
      for (const [name, cells] of Object.entries(rows.columns)) {
        columns[name] = (columns[name] ?? []).concat(cells);
      }
      next = rows.next;
    } while (next !== null);
    return columns;
  }

  async download(table: string, query: Record<string, string | number>): Promise<Blob> {
    return (await this.ask(`/rows/${table}`, query)).blob();
  }

  book(index: number): Promise<BookAnswer> {
    return this.askJson("/book", { index });
  }

  async indexAt(timeNanos: number): Promise<number | null> {
    return (await this.askJson<{ index: number | null }>("/at", { time_ns: timeNanos })).index;
  }

  async event(index: number, type: number, direction: "next" | "previous"): Promise<number | null> {
    return (await this.askJson<{ index: number | null }>("/event", { index, type, direction })).index;
  }

  order(orderId: number): Promise<OrderAnswer> {
    return this.askJson(`/orders/${orderId}`, {});
  }
}
