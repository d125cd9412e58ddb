import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dropAttribute,
  keepAll,
  keepAtMost,
  keepAttribute,
  keepErrors,
  keepSlowerThan,
  keepWhere,
  share,
} from "./policy.ts";

describe("sampling policies", () => {
  it("keep errors by the status of any span", () => {
    expect(keepErrors()).toEqual({ name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } });
  });

  it("keep a trace that takes exactly as long: the collector's threshold is exclusive", () => {
    expect(keepSlowerThan("2s")).toEqual({ name: "slow", type: "latency", latency: { threshold_ms: 1999 } });
    expect(keepSlowerThan("1m30s")).toMatchObject({ latency: { threshold_ms: 89_999 } });
    expect(() => keepSlowerThan("slow")).toThrow(RangeError);
  });

  it("keep what a condition is true for, and not too much of it", () => {
    expect(keepWhere("large", ["span.kind == SPAN_KIND_SERVER"])).toEqual({
      name: "large",
      type: "ottl_condition",
      ottl_condition: { error_mode: "ignore", span: ["span.kind == SPAN_KIND_SERVER"] },
    });
    expect(keepAtMost(100)).toEqual({
      name: "at-most",
      type: "rate_limiting",
      rate_limiting: { spans_per_second: 100 },
    });
  });

  it("drop by an attribute, whatever else would keep it", () => {
    expect(dropAttribute("url.path", ["/healthz"])).toEqual({
      name: "without-url.path",
      type: "drop",
      drop: {
        drop_sub_policy: [
          {
            name: "url.path-values",
            type: "string_attribute",
            string_attribute: { key: "url.path", values: ["/healthz"] },
          },
        ],
      },
    });
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
