import { describe, expect, it } from "vitest";
import { promisesFromCatalog } from "./promises-from-catalog.ts";

const availability = { kind: "availability", objective: 99.9 };
const latency = { kind: "latency", objective: 95, below: "200ms" };

describe("the promises of a catalog entry", () => {
  it.each([
    ["availability 99.9, latency 95 below 200ms", [availability, latency]],
    ["availability 99.9 %\nlatency 95% < 200ms\n", [availability, latency]],
    [99.9, [availability]],
    [{ availability: 99.9, latency: { percentile: 95, below: "200ms" } }, [availability, latency]],
    [{ availability: { objective: 99.9, alerts: "ticket" } }, [{ ...availability, alerts: "ticket" }]],
    [[availability], [availability]],
    ["", []],
    [undefined, undefined],
    [null, undefined],
  ])("%j", (value, promises) => {
    expect(promisesFromCatalog(value)).toEqual(promises);
  });

  it.each(["three nines", "latency fast", true])("stay as they are where they cannot be read: %j", (value) => {
    expect(promisesFromCatalog(value)).toEqual([value]);
  });
});
