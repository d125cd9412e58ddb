import { type CelExpression, cel } from "../admission/cel.ts";
import { cis, type PolicyControl } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { rulesOf } from "./disallow-wildcards.ts";
import { aggregatedClusterRole, clusterRole, type RuleFixture, role } from "./role-fixtures.ts";

const control: PolicyControl = cis(
  "Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster",
);
const why = "Whoever may escalate, bind or impersonate gives himself every other permission.";
const fix = "Take the permission out; what needs it is done by the platform's delivery.";

// https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
const verbs = ["escalate", "bind", "impersonate"] as const;

const offending: CelExpression = cel`${verbs}
    .filter(verb, variables.rules.exists(r, verb in r.verbs))
    .map(verb, 'a rule has the verb ' + verb)`;

/** What makes more of a permission than it says, by the resource that it is about. */
const subresources = ["nodes/proxy", "serviceaccounts/token", "certificatesigningrequests/approval"] as const;

const reaching: CelExpression = cel`${subresources}
    .filter(name, variables.rules.exists(r, name in r.?resources.orValue([])))
    .map(name, 'a rule has the resource ' + name)`;

const read: RuleFixture = { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] };

/** Nobody makes more of a Role than it says. */
export const disallowEscalationInRoles: Policy<ObjectFixture> = definePolicy({
  name: "disallow-escalation-in-roles",
  title: "Disallow escalation in Roles",
  category: "RBAC",
  severity: "critical",
  control,
  why,
  fix,
  match: objects(["Role"]),
  variables: { rules: rulesOf },
  offenders: cel`${offending} + ${reaching}`,
  good: [role(read), role({ ...read, resources: ["nodes", "pods/proxy"] })],
  bad: [
    ...verbs.map((verb) =>
      violation(
        role(read, { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["get", verb] }),
        `a rule has the verb ${verb}`,
      ),
    ),
    ...subresources.map((name) =>
      violation(
        role(read, { apiGroups: [""], resources: [name], verbs: ["create"] }),
        `a rule has the resource ${name}`,
      ),
    ),
  ],
});

/** Nobody makes more of a ClusterRole than it says, and nobody reaches past the API server. */
export const disallowEscalationInClusterRoles: Policy<ObjectFixture> = definePolicy({
  name: "disallow-escalation-in-cluster-roles",
  title: "Disallow escalation in ClusterRoles",
  category: "RBAC",
  severity: "critical",
  control: [
    control,
    cis("Minimize access to the proxy sub-resource of nodes"),
    cis("Minimize access to the approval sub-resource of certificatesigningrequests objects"),
    cis("Minimize access to the service account token creation"),
  ],
  why: `${why.slice(0, -1)}; nodes/proxy runs commands in every pod past the audit log, and a signed certificate or token is somebody else.`,
  fix,
  match: objects(["ClusterRole"]),
  variables: { rules: rulesOf },
  offenders: cel`${offending} + ${reaching}`,
  good: [clusterRole(read), aggregatedClusterRole(), clusterRole({ nonResourceURLs: ["/metrics"], verbs: ["get"] })],
  bad: [
    ...verbs.map((verb) =>
      violation(
        clusterRole({ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: [verb] }, read),
        `a rule has the verb ${verb}`,
      ),
    ),
    ...subresources.map((name) =>
      violation(
        clusterRole({ apiGroups: [""], resources: ["pods", name], verbs: ["get", "create"] }),
        `a rule has the resource ${name}`,
      ),
    ),
    violation(
      clusterRole({ apiGroups: [""], resources: ["users", "nodes/proxy"], verbs: ["impersonate", "get"] }),
      "a rule has the verb impersonate",
      "a rule has the resource nodes/proxy",
    ),
  ],
});
