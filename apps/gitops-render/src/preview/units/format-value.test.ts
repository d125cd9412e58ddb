import { describe, expect, it } from "vitest";
import { formatValue, valueFormatter } from "./format-value.ts";

describe("a number with its unit", () => {
  it.each<[string, number, string, number | undefined]>([
    ["0", 0, "short", undefined],
    ["1.23", 1.2345, "short", undefined],
    ["12.3", 12.345, "short", undefined],
    ["1.5 K", 1500, "short", undefined],
    ["2.35 Mil", 2_345_678, "short", undefined],
    ["-2.3", -2.345, "short", undefined],
    ["5.00", 5, "short", 2],
    ["0 B", 0, "bytes", undefined],
    ["1 KiB", 1024, "bytes", undefined],
    ["200 MiB", 200 * 2 ** 20, "bytes", undefined],
    ["1.5 kB", 1500, "decbytes", undefined],
    ["3.2 MB/s", 3_200_000, "Bps", undefined],
    ["0 s", 0, "s", undefined],
    ["250 ns", 2.5e-7, "s", undefined],
    ["250 µs", 0.000_25, "s", undefined],
    ["86.6 ms", 0.0866, "s", undefined],
    ["1.5 s", 1.5, "s", undefined],
    ["1.5 min", 90, "s", undefined],
    ["2 hour", 7200, "s", undefined],
    ["1 day", 86_400, "s", undefined],
    ["1.2 s", 1200, "ms", undefined],
    ["99.9%", 0.999, "percentunit", undefined],
    ["99.90%", 0.999, "percentunit", 2],
    ["12.5%", 12.5, "percent", undefined],
    ["4.21 req/s", 4.21, "reqps", undefined],
    ["1.2K ops/s", 1200, "ops", undefined],
    ["0.01 c/s", 0.01, "cps", undefined],
    ["2 evt/s", 2, "eps", undefined],
    ["7 msg/s", 7, "mps", undefined],
    ["1 month, 1 week", 2_628_000 + 604_800 + 60, "dtdurations", undefined],
    ["1 hour, 5 minutes", 3900, "dtdurations", undefined],
    ["$12.50", 12.5, "currencyUSD", 2],
    ["€1.5K", 1500, "currencyEUR", undefined],
    ["2026-06-16 12:00:00", Date.UTC(2026, 5, 16, 12), "dateTimeAsIso", undefined],
    ["True", 1, "bool", undefined],
    ["3 °C", 3, "celsius", undefined],
    ["3 accG", 3, "accG", undefined],
    ["NaN", Number.NaN, "s", undefined],
    ["+Inf", Number.POSITIVE_INFINITY, "s", undefined],
  ])("is %s for %d %s", (expected, value, unit, decimals) => expect(formatValue(value, unit, decimals)).toBe(expected));

  it("is printed alike on the page, which holds the function's text", () => {
    const onPage: unknown = new Function(`return (${valueFormatter})()(0.0123, "s")`)();
    expect(onPage).toBe("12.3 ms");
  });
});
