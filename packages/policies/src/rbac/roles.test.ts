import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { disallowEscalationInClusterRoles, disallowEscalationInRoles } from "./disallow-escalation.ts";
import { disallowWildcardsInClusterRoles, disallowWildcardsInRoles } from "./disallow-wildcards.ts";
import { restrictSecretAccess } from "./restrict-secret-access.ts";

interface Rule {
  readonly list: (field: string) => readonly string[];
}

const rulesOf = ({ resource }: ObjectFixture): Rule[] =>
  listAt(resource, "rules").map((rule) => ({ list: (field) => listAt(rule, field).map(String) }));

describe("roles with wildcards", () => {
  const fields = ["verbs", "resources", "apiGroups", "nonResourceURLs"];
  const wildcards = (fixture: ObjectFixture): string[] =>
    fields.flatMap((field) => {
      const found = rulesOf(fixture).filter(({ list }) =>
        list(field).some((value) => value === "*" || (field === "resources" && value.startsWith("*/"))),
      );
      return found.length === 0 ? [] : [`${found.length} of the rules say * in ${field}`];
    });

  test.each([disallowWildcardsInRoles, disallowWildcardsInClusterRoles])("are found by $name", (policy) =>
    expect(disagreements(policy, wildcards)).toEqual([]),
  );
});

describe("roles that make more of themselves than they say", () => {
  const verbs = ["escalate", "bind", "impersonate"];
  const resources = ["nodes/proxy", "serviceaccounts/token", "certificatesigningrequests/approval"];
  const escalations = (fixture: ObjectFixture): string[] => {
    const said = (field: string): Set<string> => new Set(rulesOf(fixture).flatMap(({ list }) => list(field)));
    return [
      ...verbs.filter((verb) => said("verbs").has(verb)).map((verb) => `a rule has the verb ${verb}`),
      ...resources.filter((name) => said("resources").has(name)).map((name) => `a rule has the resource ${name}`),
    ];
  };

  test.each([disallowEscalationInRoles, disallowEscalationInClusterRoles])("are found by $name", (policy) =>
    expect(disagreements(policy, escalations)).toEqual([]),
  );
});

describe("roles that read every Secret", () => {
  test("are found, also where a wildcard says it", () => {
    expect(
      disagreements(restrictSecretAccess, (fixture) => {
        const reading = rulesOf(fixture).filter(
          ({ list }) =>
            list("resourceNames").length === 0 &&
            list("apiGroups").some((group) => ["", "*"].includes(group)) &&
            list("resources").some((name) => ["secrets", "*"].includes(name)),
        );
        const verbs = new Set(reading.flatMap(({ list }) => list("verbs")));
        return ["get", "list", "watch"]
          .filter((verb) => verbs.has(verb) || verbs.has("*"))
          .map((verb) => `a rule allows ${verb} of every Secret`);
      }),
    ).toEqual([]);
  });
});

test("a role that is the sum of others has no rules of its own, and passes", () => {
  for (const policy of [disallowWildcardsInClusterRoles, disallowEscalationInClusterRoles])
    expect(policy.good.filter(({ resource }) => resource["rules"] === null)).toHaveLength(1);
  expect(valueTextAt(disallowWildcardsInRoles.good[0]?.resource, "kind")).toBe("Role");
});
