import { type CelExpression, cel } from "../admission/cel.ts";
import { cis, nsa, type PolicyControl } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { clusterRoleBinding, emptyClusterRoleBinding, roleBinding, type SubjectFixture } from "./role-fixtures.ts";

// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
const everybody = [
  "system:anonymous",
  "system:authenticated",
  "system:masters",
  "system:serviceaccounts",
  "system:unauthenticated",
] as const;

const control: readonly PolicyControl[] = [
  cis("Avoid use of system:masters group"),
  nsa("Authentication and authorization"),
];
const why =
  "These subjects are everybody who can reach the API server, every pod of the cluster, or somebody whom RBAC cannot stop.";
const fix = "Name the group of the identity provider, or the ServiceAccount, that needs the role.";

// No ServiceAccount has such a name: a colon may not be in one.
const offenders: CelExpression = cel`object.?subjects.orValue([])
    .filter(s, s.name in ${everybody} || s.name.startsWith('system:serviceaccounts:'))
    .map(s, 'subject ' + s.kind + ' ' + s.name + ' is not one team')`;

const developers: SubjectFixture = { kind: "Group", name: "backend-developers" };
const account: SubjectFixture = { kind: "ServiceAccount", name: "cart", namespace: "team-backend" };
const says = (kind: string, name: string): string => `subject ${kind} ${name} is not one team`;

/** Nobody gives a role of the cluster to everybody. */
export const disallowEverybodyInClusterRoleBindings: Policy<ObjectFixture> = definePolicy({
  name: "disallow-everybody-in-cluster-role-bindings",
  title: "Disallow everybody in ClusterRoleBindings",
  category: "RBAC",
  severity: "critical",
  control,
  why,
  fix,
  match: objects(["ClusterRoleBinding"]),
  offenders,
  good: [clusterRoleBinding("view", [developers, account]), emptyClusterRoleBinding("view")],
  bad: [
    ...everybody.map((name) => {
      const kind = name === "system:anonymous" ? "User" : "Group";
      return violation(clusterRoleBinding("view", [developers, { kind, name }]), says(kind, name));
    }),
    violation(
      clusterRoleBinding("view", [{ kind: "Group", name: "system:serviceaccounts:team-backend" }]),
      says("Group", "system:serviceaccounts:team-backend"),
    ),
  ],
});

/** Nobody gives a role in a team's namespace to everybody. */
export const disallowEverybodyInRoleBindings: Policy<ObjectFixture> = definePolicy({
  name: "disallow-everybody-in-role-bindings",
  title: "Disallow everybody in RoleBindings",
  category: "RBAC",
  severity: "high",
  control,
  why,
  fix,
  match: objects(["RoleBinding"]),
  offenders,
  good: [roleBinding("view", [developers, account])],
  bad: [
    ...everybody.map((name) => violation(roleBinding("view", [account, { kind: "Group", name }]), says("Group", name))),
    violation(
      roleBinding("view", [{ kind: "Group", name: "system:serviceaccounts:team-backend" }], "Role"),
      says("Group", "system:serviceaccounts:team-backend"),
    ),
  ],
});
