import { type CelExpression, cel } from "../admission/cel.ts";
import { cis, type PolicyControl } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { aggregatedClusterRole, clusterRole, type RuleFixture, role } from "./role-fixtures.ts";

const control: PolicyControl = cis("Minimize wildcard use in Roles and ClusterRoles");
const why =
  "A wildcard grants what is installed tomorrow, too: the verbs and resources of operators that nobody has thought of.";
const fix = "Name apiGroups, resources and verbs one by one.";

/** The rules of a role; one that is the sum of others has none of its own. */
export const rulesOf: CelExpression = cel`object.?rules.orValue(null) == null ? [] : object.rules`;

const found: CelExpression = cel`[
    ['verbs', string(variables.rules.filter(r, '*' in r.verbs).size())],
    ['resources', string(variables.rules.filter(r, r.?resources.orValue([]).exists(name, name == '*' || name.startsWith('*/'))).size())],
    ['apiGroups', string(variables.rules.filter(r, '*' in r.?apiGroups.orValue([])).size())]
  ]`;

/** Of ClusterRoles only: the API server refuses a Role with such rules. */
const foundInUrls: CelExpression = cel`[
    ['nonResourceURLs', string(variables.rules.filter(r, '*' in r.?nonResourceURLs.orValue([])).size())]
  ]`;

/** Says of counts of rules, by field, which of them are not zero. */
function sayingOf(counts: CelExpression): CelExpression {
  return cel`${counts}
  .filter(found, found[1] != '0')
  .map(found, found[1] + ' of the rules say * in ' + found[0])`;
}

const read: RuleFixture = { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] };

/** No Role grants what nobody named. */
export const disallowWildcardsInRoles: Policy<ObjectFixture> = definePolicy({
  name: "disallow-wildcards-in-roles",
  title: "Disallow wildcards in Roles",
  category: "RBAC",
  severity: "high",
  control,
  why,
  fix,
  match: objects(["Role"]),
  variables: { rules: rulesOf },
  offenders: sayingOf(found),
  good: [role(), role(read), role({ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }, read)],
  bad: [
    violation(role({ ...read, verbs: ["*"] }, read), "1 of the rules say * in verbs"),
    violation(role(read, { ...read, resources: ["deployments", "*"] }), "1 of the rules say * in resources"),
    violation(role({ ...read, resources: ["*/scale"] }), "1 of the rules say * in resources"),
    violation(role({ ...read, apiGroups: ["*"] }, { ...read, apiGroups: ["*"] }), "2 of the rules say * in apiGroups"),
    violation(
      role({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }),
      "1 of the rules say * in verbs",
      "1 of the rules say * in resources",
      "1 of the rules say * in apiGroups",
    ),
  ],
});

/** No ClusterRole of people or teams grants what nobody named. */
export const disallowWildcardsInClusterRoles: Policy<ObjectFixture> = definePolicy({
  name: "disallow-wildcards-in-cluster-roles",
  title: "Disallow wildcards in ClusterRoles",
  category: "RBAC",
  severity: "high",
  control,
  why,
  fix,
  match: objects(["ClusterRole"]),
  variables: { rules: rulesOf },
  offenders: sayingOf(cel`${found} + ${foundInUrls}`),
  good: [
    clusterRole(read),
    aggregatedClusterRole(),
    clusterRole({ nonResourceURLs: ["/metrics", "/healthz/*"], verbs: ["get"] }),
  ],
  bad: [
    violation(clusterRole({ ...read, verbs: ["get", "*"] }), "1 of the rules say * in verbs"),
    violation(clusterRole({ ...read, resources: ["*"] }), "1 of the rules say * in resources"),
    violation(clusterRole({ ...read, resources: ["*/status"] }), "1 of the rules say * in resources"),
    violation(clusterRole(read, { ...read, apiGroups: ["*"] }), "1 of the rules say * in apiGroups"),
    violation(clusterRole({ nonResourceURLs: ["*"], verbs: ["get"] }), "1 of the rules say * in nonResourceURLs"),
  ],
});
