import { podLabelsOf } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { requireLabels as policy } from "./require-labels.ts";

describe("require-labels", () => {
  test("asks for the label that network policies select pods by", () => {
    const [key = ""] = Object.keys(podLabelsOf({ name: "cart" }));
    expect(policy.offenders.expression).toContain(`['${key}']`);
    expect(policy.fix).toContain(key);
  });

  test("finds pods without it, with others only, and with an empty one", () => {
    expect(policy.bad.map(({ fixture }) => fixture.labels)).toEqual([
      {},
      { app: "cart" },
      { "app.kubernetes.io/name": "" },
    ]);
    for (const { offenders } of policy.bad) expect(offenders).toEqual(["the pod has no label app.kubernetes.io/name"]);
  });

  test("lets pass pods that have it", () => {
    for (const { labels } of policy.good) expect(labels["app.kubernetes.io/name"]).toMatch(/./);
  });
});
