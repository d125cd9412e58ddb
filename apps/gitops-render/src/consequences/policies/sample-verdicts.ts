import { describeResource, type Resource, textMapAt } from "@plinth/core";
import { placedFixture, policyCatalog, policyEvaluator } from "@plinth/policies";
import type { TreeComparison } from "../../comparison/tree-comparison.ts";
import { distinct } from "../words.ts";
import { clusterScope } from "./policy-scope.ts";

/** What a policy says otherwise about objects that can be tried: those of both trees, and those that the catalogue tries it with. */
export interface VerdictChanges {
  readonly refused: readonly string[];
  readonly passed: readonly string[];
}

/** Tries both texts of a policy with the same objects, in a namespace where both act. */
export function verdictChanges(
  comparison: TreeComparison,
  environment: string,
  policy: { readonly name: string; readonly before: Resource; readonly after: Resource; readonly place: string },
): VerdictChanges {
  const { name, before, after, place } = policy;
  const ask = { before: policyEvaluator(before), after: policyEvaluator(after) };
  const refused: string[] = [];
  const passed: string[] = [];
  for (const { object, described } of samplesOf(comparison, environment, name, after, place)) {
    const was = isRefused(ask.before(object));
    const is = isRefused(ask.after(object));
    if (was !== is) (is ? refused : passed).push(described);
  }
  return { refused: distinct(refused), passed: distinct(passed) };
}

function isRefused({ result }: { readonly result: string }): boolean {
  return result === "fail" || result === "error";
}

interface Sample {
  readonly object: Resource;
  readonly described: string;
}

function samplesOf(
  { before, after }: TreeComparison,
  environment: string,
  name: string,
  policy: Resource,
  place: string,
): readonly Sample[] {
  const kinds = (textMapAt(policy.metadata, "annotations")["policies.kyverno.io/subject"] ?? "")
    .split(", ")
    .filter((kind) => kind !== "");
  const objects = [before, after].flatMap((tree) => (kinds.length === 0 ? [] : tree.objectsIn(environment, ...kinds)));
  const known = policyCatalog.find((each) => each.name === name);
  const at = { name: "sample", namespace: place === clusterScope ? "default" : place };
  return [
    ...objects.map(({ resource }) => ({ object: resource, described: describeResource(resource) })),
    ...(known === undefined
      ? []
      : [known, ...known.variants].flatMap(({ good, bad }) => [
          ...good.map((fixture) => ({
            object: placedFixture(fixture, at),
            described: "an object that the catalogue calls good",
          })),
          ...bad.map(({ fixture, offenders }) => ({
            object: placedFixture(fixture, at),
            described: `an object of which the catalogue says: ${offenders.join(", ")}`,
          })),
        ])),
  ];
}
