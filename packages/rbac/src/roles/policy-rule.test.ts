import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Permission, policyRules } from "./policy-rule.ts";

const permissions = fc.array(
  fc.record({
    verbs: fc.subarray(["get", "list", "watch", "create", "delete"]),
    resources: fc.dictionary(
      fc.constantFrom("", "apps", "batch"),
      fc.subarray(["pods", "pods/log", "deployments", "jobs"]),
    ),
  }),
);

/** Everything that is granted, as group, resource and verb. */
function triples(granted: readonly { apiGroup: string; resource: string; verb: string }[]): string[] {
  return [...new Set(granted.map(({ apiGroup, resource, verb }) => `${verb} ${resource}.${apiGroup}`))].sort();
}

const asked = (given: readonly Permission[]): string[] =>
  triples(
    given.flatMap(({ verbs, resources }) =>
      Object.entries(resources).flatMap(([apiGroup, names]) =>
        names.flatMap((resource) => verbs.map((verb) => ({ apiGroup, resource, verb }))),
      ),
    ),
  );

const granted = (rules: ReturnType<typeof policyRules>): string[] =>
  triples(
    rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
      apiGroups.flatMap((apiGroup) =>
        resources.flatMap((resource) => verbs.map((verb) => ({ apiGroup, resource, verb }))),
      ),
    ),
  );

describe("rules of permissions", () => {
  it("grant exactly what is asked, and no product of two groups", () => {
    fc.assert(
      fc.property(permissions, (given) => {
        expect(granted(policyRules(given))).toEqual(asked(given));
      }),
    );
  });

  it("do not show the order in which permissions are given", () => {
    const shuffled = permissions.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        expect(policyRules(other)).toEqual(policyRules(given));
      }),
    );
  });

  it("are the fewest: a resource stands in one rule, and no two rules of a group have the same verbs", () => {
    fc.assert(
      fc.property(permissions, (given) => {
        const rules = policyRules(given);
        const places = rules.flatMap(({ apiGroups, resources = [] }) =>
          resources.map((resource) => `${apiGroups}/${resource}`),
        );
        const kinds = rules.map(({ apiGroups, verbs }) => `${apiGroups}: ${verbs}`);
        expect(new Set(places).size).toBe(places.length);
        expect(new Set(kinds).size).toBe(kinds.length);
      }),
    );
  });

  it("are sorted by group, resource and verb", () => {
    expect(
      policyRules([
        { verbs: ["watch", "get"], resources: { apps: ["deployments"], "": ["services", "pods"] } },
        { verbs: ["delete"], resources: { "": ["pods"] } },
      ]),
    ).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["delete", "get", "watch"] },
      { apiGroups: [""], resources: ["services"], verbs: ["get", "watch"] },
      { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "watch"] },
    ]);
  });
});
