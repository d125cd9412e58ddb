import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logicalId } from "./logical-id.ts";

describe("a logical id", () => {
  it.each([
    ["Latency", "latency"],
    ["Latency, p50 / p95", "latency-p50-p95"],
    ["  Größe (MiB) ", "gro-e-mib"],
    ["Café", "cafe"],
  ])("of %j is %j", (title, id) => expect(logicalId(title)).toBe(id));

  it("is never empty, and differs where titles without Latin letters do", () => {
    expect(logicalId("日本")).toMatch(/^t[0-9a-f]{12}$/);
    expect(logicalId("日本")).not.toBe(logicalId("中国"));
    fc.assert(
      fc.property(fc.string(), (title) => {
        expect(logicalId(title)).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
      }),
    );
  });
});
