/** Numbers as people read them. */

const NANOS_PER_SECOND = 1e9;
const TICKS_PER_DOLLAR = 10_000;

export const EVENT_TYPES = ["", "new order", "partial cancel", "delete", "execution", "hidden execution", "cross trade", "trading halt"];

/** 1/10,000 USD as USD: cents, and what is smaller only where there is something. */
export function price(ticks: number | null): string {
  if (ticks === null) {
    return "–";
  }
  return (ticks / TICKS_PER_DOLLAR).toFixed(ticks % 100 === 0 ? 2 : 4);
}

export function dollars(value: number | null, digits = 4): string {
  return value === null ? "–" : value.toFixed(digits);
}

export function count(value: number | null): string {
  return value === null ? "–" : value.toLocaleString("en-US");
}

/** A number of things, such as 1 level, 2 levels. */
export function counted(value: number, thing: string): string {
  return `${count(value)} ${thing}${value === 1 ? "" : "s"}`;
}

export function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}

/** Exchange time with its nanoseconds, from nanoseconds after exchange midnight. */
export function time(nanos: number): string {
  return `${clock(nanos)}.${String(nanos % NANOS_PER_SECOND).padStart(9, "0")}`;
}

/** Exchange time in seconds. */
export function clock(nanos: number): string {
  const seconds = Math.floor(nanos / NANOS_PER_SECOND);
  return [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Nanoseconds after exchange midnight, from text like 9:30, 09:30:01 or 09:30:01.25; null if it is none. */
export function parseTime(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/.exec(text.trim());
  if (found === null) {
    return null;
  }
  const [, hours, minutes, seconds = "0", fraction = ""] = found;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return null;
  }
  return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * NANOS_PER_SECOND + Number(fraction.padEnd(9, "0"));
}
