import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import { changedObjects, ownerOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";

/** Policies that the API server refuses, or takes no longer. */
export function invalidPolicies(
  changes: readonly ObjectChange[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  environment: string,
): readonly Consequence[] {
  return changes.flatMap((change): Consequence[] => {
    const identity = (change.after ?? change.before)?.identity ?? "";
    const was = before.get(identity);
    const is = after.get(identity);
    if ((was === undefined) === (is === undefined)) return [];
    const { name = "", namespace = "" } = (change.after ?? change.before)?.resource.metadata ?? {};
    return [
      {
        rule: is === undefined ? "network-policy-valid" : "network-policy-invalid",
        environment,
        ...ownerOf([change]),
        subject: `NetworkPolicy ${namespace}/${name}`,
        text: is === undefined ? "is no longer one that the API server refuses" : "is refused by the API server",
        details: [is ?? was ?? ""],
        ...changedObjects([change]),
      },
    ];
  });
}

/** Policies for a namespace that is not there, or is no longer. */
export function strayPolicies(
  changes: readonly ObjectChange[],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  environment: string,
): readonly Consequence[] {
  return changes.flatMap((change): Consequence[] => {
    const there = change.after ?? change.before;
    if (there === undefined || before.has(there.identity) === after.has(there.identity)) return [];
    const isStray = after.has(there.identity);
    const { name, namespace = "default" } = there.resource.metadata;
    return [
      {
        rule: isStray ? "network-policy-without-effect" : "network-policy-effective",
        environment,
        ...ownerOf([change]),
        subject: `NetworkPolicy ${namespace}/${name}`,
        text: isStray ? `selects nothing: there is no namespace ${namespace}` : "no longer selects nothing",
        details: [],
        ...changedObjects([change]),
      },
    ];
  });
}
