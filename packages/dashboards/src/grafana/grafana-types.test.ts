import type { TooltipDisplayMode } from "@grafana/grafana-foundation-sdk/common";
import type { Options } from "@grafana/grafana-foundation-sdk/timeseries";
import { describe, expect, it } from "vitest";
import type { Plain } from "./grafana-types.ts";

describe("Grafana's types as they stand in JSON", () => {
  it("take the texts of an enum, and no others", () => {
    const known: Plain<TooltipDisplayMode> = "multi";
    // @ts-expect-error Grafana has no such mode.
    const unknown: Plain<TooltipDisplayMode> = "several";
    expect([known, unknown]).toEqual(["multi", "several"]);
  });

  it("take the members of an object, and no others", () => {
    const tooltip = { mode: "multi", sort: "desc" } as const;
    const legend = { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] } as const;
    const known: Plain<Options> = { legend, tooltip };
    // @ts-expect-error A time series has no such option.
    const unknown: Plain<Options> = { legend, tooltip, colour: "red" };
    expect(Object.keys(unknown)).toHaveLength(Object.keys(known).length + 1);
  });
});
