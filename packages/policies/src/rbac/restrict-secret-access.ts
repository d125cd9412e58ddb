import { cel } from "../admission/cel.ts";
import { cis } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { rulesOf } from "./disallow-wildcards.ts";
import { type RuleFixture, role } from "./role-fixtures.ts";

const secrets: RuleFixture = { apiGroups: [""], resources: ["secrets"], verbs: ["get"] };

/** A Role that reads Secrets says which. */
export const restrictSecretAccess: Policy<ObjectFixture> = definePolicy({
  name: "restrict-secret-access",
  title: "Restrict access to Secrets",
  category: "RBAC",
  severity: "high",
  control: cis("Minimize access to secrets"),
  why: "Whoever may list the Secrets of a namespace has the credentials of everything that runs in it; list and watch give the contents, too.",
  fix: "Name the Secrets in resourceNames, or mount them as a volume.",
  match: objects(["Role"]),
  variables: {
    rules: rulesOf,
    reading: cel`variables.rules.filter(r,
      r.?apiGroups.orValue([]).exists(group, group in ['', '*'])
        && r.?resources.orValue([]).exists(name, name in ['secrets', '*'])
        && r.?resourceNames.orValue([]).size() == 0)`,
  },
  offenders: cel`['get', 'list', 'watch']
    .filter(verb, variables.reading.exists(r, verb in r.verbs || '*' in r.verbs))
    .map(verb, 'a rule allows ' + verb + ' of every Secret')`,
  good: [
    role(),
    role({ ...secrets, resourceNames: ["cart-database"] }),
    role({ ...secrets, verbs: ["create", "delete"] }),
    role(
      { ...secrets, resources: ["configmaps"] },
      { apiGroups: ["external-secrets.io"], resources: ["secrets"], verbs: ["get"] },
    ),
  ],
  bad: [
    violation(role(secrets), "a rule allows get of every Secret"),
    violation(role({ ...secrets, apiGroups: ["apps", ""] }), "a rule allows get of every Secret"),
    violation(
      role({ ...secrets, resources: ["configmaps", "secrets"], verbs: ["list", "watch"], resourceNames: [] }),
      "a rule allows list of every Secret",
      "a rule allows watch of every Secret",
    ),
    violation(role({ ...secrets, apiGroups: ["*"], resources: ["*"] }), "a rule allows get of every Secret"),
    violation(
      role({ ...secrets, verbs: ["*"] }),
      "a rule allows get of every Secret",
      "a rule allows list of every Secret",
      "a rule allows watch of every Secret",
    ),
  ],
});
