import { textMapAt, tiers } from "@plinth/core";
import type { ObjectChange, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { about } from "../whole/about.ts";
import { toldChanges } from "../whole/told-changes.ts";

/** Services that matter more or less than before, by the label that all their objects carry. */
export function tierChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const byService = Map.groupBy(toldChanges(comparison, environment), ({ before, after }) => {
    const [was, is] = [before && tierOf(before), after && tierOf(after)];
    const service = after?.entry.service;
    return was === undefined || is === undefined || was === is || service === undefined
      ? ""
      : `${service} ${was} ${is}`;
  });
  return [...byService].flatMap(([key, changes]) => (key === "" ? [] : tierChange(environment, key, changes)));
}

function tierOf({ resource }: TreeObject): string | undefined {
  return textMapAt(resource, "metadata", "labels")["plinth.dev/tier"];
}

// The first tier is the most important one.
const order: readonly string[] = tiers;

function tierChange(environment: string, key: string, changes: readonly ObjectChange[]): readonly Consequence[] {
  const [service, was, is] = key.split(" ");
  const [from, to] = [was, is].map((tier = "") => order.indexOf(tier));
  return [
    {
      rule: (to ?? 0) < (from ?? 0) ? "service-tier-raised" : "service-tier-lowered",
      ...about(environment, ...changes),
      subject: `service ${service}`,
      text: `is of the tier ${is}, not ${was}`,
      details: [],
    },
  ];
}
