import { type Finding, resourceFindings } from "@plinth/core";
import type { Fixture } from "./fixture.ts";
import { matchedKinds } from "./match.ts";
import { apiVersionOf } from "./object-kinds.ts";
import type { AnyPolicy } from "./policy.ts";

/** What is wrong with what a policy matches, and with the objects that it is tried on. */
export function matchFindings(policy: AnyPolicy): readonly Finding[] {
  return [...scopeFindings(policy), ...sinceFindings(policy), ...triedFindings(policy)];
}

function scopeFindings({ name, match }: AnyPolicy): Finding[] {
  const scopes = new Set(matchedKinds(match).map(({ scope }) => scope));
  if (scopes.size === 1) return [];
  return [
    {
      code: "conflicting-fields",
      severity: "error",
      path: `policies[${name}].match`,
      message: "matches kinds in namespaces and kinds of the cluster",
      expected: "a policy for each: what is in no namespace is shared out by name",
      example: 'objects(["ClusterRole", "ClusterRoleBinding"])',
    },
  ];
}

function sinceFindings({ name, since }: AnyPolicy): Finding[] {
  if (since === undefined || /^1\.\d{1,2}$/.test(since)) return [];
  return [
    {
      code: "invalid-field",
      severity: "error",
      path: `policies[${name}].since`,
      message: `is ${JSON.stringify(since)}`,
      expected: "a minor version of Kubernetes",
      example: '"1.34"',
    },
  ];
}

/** Objects must be of a matched kind, or the policy would never see them, and be what the schema of their kind allows. */
function triedFindings(policy: AnyPolicy): Finding[] {
  const kinds = new Map(matchedKinds(policy.match).map((kind) => [kind.kind, kind]));
  const tried: [string, Fixture][] = [
    ...policy.good.map((fixture, index): [string, Fixture] => [`good[${index}]`, fixture]),
    ...policy.bad.map(({ fixture }, index): [string, Fixture] => [`bad[${index}]`, fixture]),
  ];
  return tried.flatMap(([field, fixture]): Finding[] => {
    const path = `policies[${policy.name}].${field}`;
    const kind = fixture.kind === "pod" ? "Pod" : fixture.resource.kind;
    const matched = kinds.get(kind);
    const version = fixture.kind === "pod" ? "v1" : fixture.resource.apiVersion;
    if (matched === undefined || apiVersionOf(matched) !== version)
      return [
        {
          code: "conflicting-fields",
          severity: "error",
          path,
          message: `is ${version}/${kind}, which the policy does not match`,
          expected: [...kinds.values()].map((each) => `${apiVersionOf(each)}/${each.kind}`).join(", "),
        },
      ];
    if (fixture.kind === "pod") return [];
    return resourceFindings(fixture.resource).map((finding) => ({ ...finding, path: `${path}.${finding.path ?? ""}` }));
  });
}
