import { parseDuration } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertWindows } from "../sloth/alert-windows.ts";
import { burnRateFactor } from "../sloth/burn-rate.ts";
import { windowsFor } from "./windows-for.ts";

const longWindows = (period: string): readonly string[] => {
  const { page, ticket } = windowsFor(period);
  return [page.quick, page.slow, ticket.quick, ticket.slow].map(
    ({ shortWindow, longWindow }) => `${shortWindow} ${longWindow}`,
  );
};

describe("the windows of a period", () => {
  it("are Sloth's own for 28 and 30 days, however they are written", () => {
    expect(windowsFor("30d")).toBe(alertWindows["30d"]);
    expect(windowsFor("4w")).toBe(alertWindows["28d"]);
  });

  it.each([
    ["7d", ["5m 15m", "5m 1h25m", "30m 5h30m", "1h25m 17h"]],
    ["90d", ["15m 3h", "1h30m 18h", "6h 3d", "18h 9d"]],
  ])("are stretched with it: %s", (period, windows) => expect(longWindows(period)).toEqual(windows));

  it("keep the workbook's rates, but for rounding", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 365 }), (days) => {
        const windows = windowsFor(`${days}d`);
        const rates = [windows.page.quick, windows.page.slow, windows.ticket.quick, windows.ticket.slow].map((window) =>
          burnRateFactor(windows, window),
        );
        for (const [index, rate] of [14.4, 6, 3, 1].entries()) expect((rates[index] ?? 0) / rate).toBeCloseTo(1, 0);
        for (const { shortWindow, longWindow } of [windows.page.quick, windows.page.slow])
          expect(parseDuration(shortWindow)).toBeLessThan(parseDuration(longWindow) ?? 0);
      }),
    );
  });

  it("need a period", () => expect(() => windowsFor("a month")).toThrow(TypeError));
});
