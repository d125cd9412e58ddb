import { fieldAt, listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { requireTopologySpread as policy } from "./require-topology-spread.ts";

describe("require-topology-spread", () => {
  test("finds workloads of the named tiers with several pods that nothing spreads", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const tier = valueTextAt(resource, "metadata", "labels", "plinth.dev/tier");
        const pod = fieldAt(resource, "spec", "template", "spec");
        const antiAffinity = fieldAt(pod, "affinity", "podAntiAffinity");
        const spread = [
          ...listAt(pod, "topologySpreadConstraints").map((each) => valueTextAt(each, "topologyKey")),
          ...listAt(antiAffinity, "requiredDuringSchedulingIgnoredDuringExecution").map((each) =>
            valueTextAt(each, "topologyKey"),
          ),
          ...listAt(antiAffinity, "preferredDuringSchedulingIgnoredDuringExecution").map((each) =>
            valueTextAt(each, "podAffinityTerm", "topologyKey"),
          ),
        ];
        const judged = listAt({ tiers: parameters("tiers") }, "tiers").includes(tier);
        if (!judged || Number(fieldAt(resource, "spec", "replicas") ?? 1) < 2) return [];
        return listAt({ keys: parameters("topologyKeys") }, "keys")
          .filter((key) => !spread.includes(String(key)))
          .map((key) => `nothing spreads the pods over ${String(key)}`);
      }),
    ).toEqual([]);
  });
});
