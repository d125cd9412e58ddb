import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepAll, keepAttribute, keepErrors, keepSlowerThan, share } from "./policy.ts";

describe("sampling policies", () => {
  it("keep errors by the status of any span", () => {
    expect(keepErrors()).toEqual({ name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } });
  });

  it("keep a trace that takes exactly as long: the collector's threshold is exclusive", () => {
    expect(keepSlowerThan("2s")).toEqual({ name: "slow", type: "latency", latency: { threshold_ms: 1999 } });
    expect(keepSlowerThan("1m30s")).toMatchObject({ latency: { threshold_ms: 89_999 } });
    expect(() => keepSlowerThan("slow")).toThrow(RangeError);
  });

  it("keep a share of all, or of some", () => {
    expect(share(0.1)).toEqual({ name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 10 } });
    expect(share(0.2, { name: "critical", among: { attribute: "service.criticality", values: ["critical"] } })).toEqual(
      {
        name: "critical",
        type: "and",
        and: {
          and_sub_policy: [
            {
              name: "critical-traces",
              type: "string_attribute",
              string_attribute: { key: "service.criticality", values: ["critical"] },
            },
            { name: "critical-share", type: "probabilistic", probabilistic: { sampling_percentage: 20 } },
          ],
        },
      },
    );
  });

  it("say a share as the percentage that was meant", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        expect(share(hundredths / 10_000)).toMatchObject({ probabilistic: { sampling_percentage: hundredths / 100 } });
      }),
    );
  });

  it("keep what has an attribute, or everything", () => {
    expect(keepAttribute("http.route", ["/checkout"])).toEqual({
      name: "http.route",
      type: "string_attribute",
      string_attribute: { key: "http.route", values: ["/checkout"] },
    });
    expect(keepAll()).toEqual({ name: "all", type: "always_sample" });
  });
});
