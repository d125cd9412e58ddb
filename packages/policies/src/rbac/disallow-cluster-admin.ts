import { cel } from "../admission/cel.ts";
import { cis, nsa } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { clusterRoleBinding, roleBinding, type SubjectFixture } from "./role-fixtures.ts";

const control = [
  cis("Ensure that the cluster-admin role is only used where required"),
  nsa("Authentication and authorization"),
];
const why =
  "cluster-admin is every permission there is and will be: it cannot be reviewed, and what it did looks like anything else.";
const developers: SubjectFixture = { kind: "Group", name: "backend-developers" };

const defaults: { readonly roles: readonly string[] } = { roles: ["cluster-admin"] };

/** Nobody but the cluster itself is cluster-admin. */
export const disallowClusterAdminBindings: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { roles: "ClusterRoles that nobody may be given in the whole cluster." },
  tried: [{ roles: ["cluster-admin", "admin", "edit"] }],
  policy: ({ roles }) => ({
    name: "disallow-cluster-admin-bindings",
    title: "Disallow bindings to cluster-admin",
    category: "RBAC",
    severity: "critical",
    control,
    why,
    fix: "Bind a role that names what is needed; for an emergency declare a break-glass with its last day.",
    match: objects(["ClusterRoleBinding"]),
    offenders: cel`object.roleRef.name in ${roles} ? ['roleRef is ' + object.roleRef.name] : []`,
    good: [
      clusterRoleBinding("view", [developers]),
      // The cluster's own binding, and a component's, which no policy judges.
      clusterRoleBinding("namespace-reader", [developers]),
    ],
    bad: roles.map((name) => violation(clusterRoleBinding(name, [developers]), `roleRef is ${name}`)),
  }),
});

/** Nobody is cluster-admin of a team's namespace: that is more than the team's own admins are. */
export const disallowClusterAdminInNamespaces: Policy<ObjectFixture> = definePolicy({
  name: "disallow-cluster-admin-in-namespaces",
  title: "Disallow cluster-admin in namespaces",
  category: "RBAC",
  severity: "high",
  control,
  why: "A binding to cluster-admin in a namespace allows what the team's admins may not: its quotas, its network policies, its own bindings.",
  fix: "Bind the role that the platform made for the team, or admin.",
  match: objects(["RoleBinding"]),
  offenders: cel`object.roleRef.kind == 'ClusterRole' && object.roleRef.name == 'cluster-admin' ? ['roleRef is cluster-admin'] : []`,
  good: [
    roleBinding("admin", [developers]),
    // A Role of that name is one of the team's own.
    roleBinding("cluster-admin", [developers], "Role"),
  ],
  bad: [violation(roleBinding("cluster-admin", [developers]), "roleRef is cluster-admin")],
});
