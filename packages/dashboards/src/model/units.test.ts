import * as grafanaUnits from "@grafana/grafana-foundation-sdk/units";
import { describe, expect, it } from "vitest";
import { units, unitsByCategory } from "./units.ts";

describe("the units", () => {
  it("are those of Grafana's own list", () => {
    const theirs = Object.values(grafanaUnits).flatMap((value) => (typeof value === "string" ? [value] : []));
    expect([...units].sort()).toEqual([...new Set(theirs)].sort());
  });
  it("stand in one category each", () => expect(Object.values(unitsByCategory).flat()).toHaveLength(units.size));
});
