import { tiers } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { priorityClasses, priorityClassOf } from "./priority-classes.ts";

const classes = priorityClasses.shared?.(examplePlatform()) ?? [];

describe("priority classes", () => {
  it("are one for each tier, the more important the higher, all below Kubernetes' own", () => {
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(tiers.map(priorityClassOf));
    const values = classes.map((resource) => Number(resource["value"]));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(tiers.length);
    expect(Math.max(...values)).toBeLessThan(1_000_000_000);
  });

  it("have one default, in the middle", () =>
    expect(
      classes.filter((resource) => resource["globalDefault"] === true).map(({ metadata }) => metadata.name),
    ).toEqual(["tier-medium"]));

  it("say what they are for, and whether they take room from others", () => {
    for (const resource of classes) expect(resource["description"]).toMatch(/tiers? /);
    expect(classes.map((resource) => resource["preemptionPolicy"])).toEqual([
      "PreemptLowerPriority",
      "PreemptLowerPriority",
      "PreemptLowerPriority",
      "Never",
    ]);
  });
});
