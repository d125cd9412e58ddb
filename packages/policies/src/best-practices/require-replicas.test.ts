import { fieldAt, listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { requireReplicas as policy } from "./require-replicas.ts";

describe("require-replicas", () => {
  test("finds workloads of the named tiers that run, and too few", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const tier = valueTextAt(resource, "metadata", "labels", "plinth.dev/tier");
        const replicas = Number(fieldAt(resource, "spec", "replicas") ?? 1);
        const judged = listAt({ tiers: parameters("tiers") }, "tiers").includes(tier);
        return judged && replicas > 0 && replicas < Number(parameters("replicas")) ? [`replicas is ${replicas}`] : [];
      }),
    ).toEqual([]);
  });

  test("never refuses: an autoscaler may own the field", () => expect(policy.auditOnly).toBe(true));
});
