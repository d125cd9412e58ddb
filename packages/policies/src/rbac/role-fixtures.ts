import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { Role } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { type MetadataFixture, type ObjectFixture, object, untypedObject } from "../admission/object-fixture.ts";

/** A rule of a role, as the API has it. */
export interface RuleFixture {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

export interface SubjectFixture {
  readonly kind: "Group" | "ServiceAccount" | "User";
  readonly name: string;
  readonly namespace?: string;
}

function copied(rules: readonly RuleFixture[]) {
  return rules.map(({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }) => ({
    ...(apiGroups === undefined ? {} : { apiGroups: [...apiGroups] }),
    ...(resources === undefined ? {} : { resources: [...resources] }),
    ...(resourceNames === undefined ? {} : { resourceNames: [...resourceNames] }),
    ...(nonResourceURLs === undefined ? {} : { nonResourceURLs: [...nonResourceURLs] }),
    verbs: [...verbs],
  }));
}

/** A Role to try policies on. */
export function role(...rules: readonly RuleFixture[]): ObjectFixture {
  return object(Role, { rules: copied(rules) });
}

/** A ClusterRole to try policies on. */
export function clusterRole(...rules: readonly RuleFixture[]): ObjectFixture {
  return object(ClusterRole, { rules: copied(rules) });
}

/** A ClusterRole that is the sum of others, whose rules a controller writes: the API server gives null until then. */
export function aggregatedClusterRole(): ObjectFixture {
  return untypedObject({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { "shop.example.com/aggregate": "true" } }] },
    rules: null,
  });
}

function subjectsOf(subjects: readonly SubjectFixture[]) {
  return subjects.map((subject) =>
    subject.kind === "ServiceAccount" ? { ...subject } : { ...subject, apiGroup: "rbac.authorization.k8s.io" },
  );
}

/** A RoleBinding to try policies on. */
export function roleBinding(
  name: string,
  subjects: readonly SubjectFixture[],
  kind: "ClusterRole" | "Role" = "ClusterRole",
): ObjectFixture {
  return object(RoleBinding, {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name },
    subjects: subjectsOf(subjects),
  });
}

/** A ClusterRoleBinding to try policies on. */
export function clusterRoleBinding(
  name: string,
  subjects: readonly SubjectFixture[],
  metadata: MetadataFixture = {},
): ObjectFixture {
  return object(
    ClusterRoleBinding,
    { roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name }, subjects: subjectsOf(subjects) },
    metadata,
  );
}

/** A binding without subjects, which the API server accepts. */
export function emptyClusterRoleBinding(name: string): ObjectFixture {
  return object(ClusterRoleBinding, { roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name } });
}
