import type { AmountChange } from "./quantities.ts";

/** What a unit costs in an hour. Nobody knows them but whoever pays. */
export interface Prices {
  /** What amounts of money are called: `EUR`. */
  readonly currency: string;
  readonly cpu: number;
  /** One GiB. */
  readonly memory: number;
  /** One GiB. */
  readonly storage: number;
  /** Of other resources, by name: `nvidia.com/gpu`. */
  readonly others?: Readonly<Record<string, number>>;
}

// Hours of a month, as clouds bill: 365 days of 24 hours, divided by 12.
const HOURS = 730;
const gibibyte = 2 ** 30;

/** `about 210 EUR a month more`. */
export function priceText(prices: Prices, changes: readonly AmountChange[]): string {
  const hourly = changes.reduce((sum, { name, before, after }) => {
    const difference = Number((after?.nanos ?? 0n) - (before?.nanos ?? 0n)) / 1e9;
    return sum + difference * priceOf(prices, name);
  }, 0);
  const monthly = Number((Math.abs(hourly) * HOURS).toPrecision(3));
  return `about ${monthly} ${prices.currency} a month ${hourly < 0 ? "less" : "more"}`;
}

function priceOf(prices: Prices, name: string): number {
  switch (name) {
    case "cpu":
      return prices.cpu;
    case "memory":
      return prices.memory / gibibyte;
    case "storage":
      return prices.storage / gibibyte;
    default:
      return prices.others?.[name] ?? 0;
  }
}
