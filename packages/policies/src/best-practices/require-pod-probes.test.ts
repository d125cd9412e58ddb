import { fieldAt, listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { requirePodProbes as policy } from "./require-pod-probes.ts";

describe("require-pod-probes", () => {
  test("asks for the probes of containers that have ports, but not in Jobs", () => {
    expect(
      disagreements(policy, ({ spec, ownerReferences = [] }, parameters) => {
        if (ownerReferences.some(({ kind }) => kind === "Job")) return [];
        return spec.containers
          .filter(({ ports = [] }) => ports.length > 0)
          .map((container) => ({
            name: container.name,
            missing: listAt({ probes: parameters("probes") }, "probes").filter(
              (probe) => fieldAt(container, String(probe)) === undefined,
            ),
          }))
          .filter(({ missing }) => missing.length > 0)
          .map(({ name, missing }) => `container ${name} has ports and no ${missing.join(" and no ")}`);
      }),
    ).toEqual([]);
  });

  test("is not asked of templates of Jobs, which end", () => {
    expect(policy.match.controllers).toEqual(["deployments", "statefulsets", "daemonsets"]);
  });
});
