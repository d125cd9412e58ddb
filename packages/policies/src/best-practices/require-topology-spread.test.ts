import { describe, expect, test } from "vitest";
import { at, disagreements, listAt, textAt } from "../admission/restatement.fixture.ts";
import { requireTopologySpread as policy } from "./require-topology-spread.ts";

describe("require-topology-spread", () => {
  test("finds workloads of the named tiers with several pods that nothing spreads", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const tier = textAt(resource, "metadata", "labels", "plinth.dev/tier");
        const pod = at(resource, "spec", "template", "spec");
        const antiAffinity = at(pod, "affinity", "podAntiAffinity");
        const spread = [
          ...listAt(pod, "topologySpreadConstraints").map((each) => textAt(each, "topologyKey")),
          ...listAt(antiAffinity, "requiredDuringSchedulingIgnoredDuringExecution").map((each) =>
            textAt(each, "topologyKey"),
          ),
          ...listAt(antiAffinity, "preferredDuringSchedulingIgnoredDuringExecution").map((each) =>
            textAt(each, "podAffinityTerm", "topologyKey"),
          ),
        ];
        const judged = listAt({ tiers: parameters("tiers") }, "tiers").includes(tier);
        if (!judged || Number(at(resource, "spec", "replicas") ?? 1) < 2) return [];
        return listAt({ keys: parameters("topologyKeys") }, "keys")
          .filter((key) => !spread.includes(String(key)))
          .map((key) => `nothing spreads the pods over ${String(key)}`);
      }),
    ).toEqual([]);
  });
});
