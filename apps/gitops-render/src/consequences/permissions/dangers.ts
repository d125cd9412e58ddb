import type { Resource } from "@plinth/core";
import { type PolicyRule, riskHits, risks, type SubjectName } from "@plinth/rbac";

/** How much harm a permission does in the wrong hands, the worst first. */
export const dangers = ["escalating", "secrets", "writing", "reading"] as const;

export type Danger = (typeof dangers)[number];

/**
 * Risks whose permissions lead to other identities, or to what binds everybody. Wildcards hold verbs and kinds that nobody has read.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac---privilege-escalation-risks
 */
const escalating: ReadonlySet<string> = new Set([
  "all-permissions",
  "wildcard-verbs",
  "wildcard-resources",
  "wildcard-api-groups",
  "escalate-roles",
  "bind-roles",
  "impersonate",
  "write-roles",
  "write-bindings",
  "approve-certificates",
  "create-tokens",
  "enter-pods",
  "debug-pods",
  "reach-kubelets",
  "change-nodes",
  "change-namespaces",
  "create-persistent-volumes",
  "change-webhooks",
  "change-admission-policies",
  "change-api",
  "change-policies",
  "except-from-policies",
  "change-delivery",
  "change-machines",
  "change-cloud-identities",
  "map-cloud-identities",
]);

const aboutSecrets: ReadonlySet<string> = new Set([
  "read-secrets",
  "read-named-secrets",
  "write-secrets",
  "change-external-secrets",
]);

/** What changes something although it is asked for by reading verbs: a WebSocket is opened by a GET. */
const acting: ReadonlySet<string> = new Set(["forward-ports"]);

const readingVerbs: ReadonlySet<string> = new Set(["get", "list", "watch"]);

/** How dangerous a rule is where it holds; in the whole cluster without a namespace. */
export function dangerOf(rule: PolicyRule, namespace: string | undefined): Danger {
  const place = namespace ?? "";
  const ids = carriedRisks(rule, namespace);
  if (ids.some((id) => escalating.has(id))) return "escalating";
  // A Secret of kube-system is a key to the cluster, and so are those of all namespaces together.
  if (ids.includes("read-secrets") && (place === "" || place === "kube-system")) return "escalating";
  if (ids.some((id) => aboutSecrets.has(id))) return "secrets";
  return ids.some((id) => acting.has(id)) || rule.verbs.some((verb) => !readingVerbs.has(verb)) ? "writing" : "reading";
}

/** The risks of the table that a rule carries where it is bound: asked of a role that has nothing else. */
function carriedRisks(rule: PolicyRule, namespace: string | undefined): readonly string[] {
  const key = JSON.stringify([rule, namespace]);
  const ids =
    known.get(key) ??
    riskHits(roleWith(rule, namespace)).flatMap(({ risk, rule: of, path }) =>
      of === undefined || path !== undefined ? [] : [risk.id],
    );
  known.set(key, ids);
  return ids;
}

// The same rules stand in the roles of every namespace and environment.
const known = new Map<string, readonly string[]>();

function roleWith(rule: PolicyRule, namespace: string | undefined): readonly Resource[] {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const [kind, metadata] =
    namespace === undefined ? ["Cluster", { name: "asked" }] : ["", { name: "asked", namespace }];
  return [
    { apiVersion, kind: `${kind}Role`, metadata, rules: [rule] },
    {
      apiVersion,
      kind: `${kind}RoleBinding`,
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: `${kind}Role`, name: "asked" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "asked" }],
    },
  ];
}

const everybody = risks.flatMap(({ id, pattern }) =>
  pattern.in === "subjects" && (id === "bound-to-everybody" || id === "bound-to-masters") ? pattern.anyOf : [],
);

/** True for a group or user that means everybody, or somebody whom no check stops. */
export function isEverybody({ kind, name }: SubjectName): boolean {
  return everybody.some((match) => match.kind === kind && match.name.test(name));
}

/** Kubernetes' own roles that people bind, which no tree holds: how dangerous they are. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const upstreamRoles: ReadonlyMap<string, Danger> = new Map([
  ["cluster-admin", "escalating"],
  ["admin", "escalating"],
  ["edit", "escalating"],
  ["view", "reading"],
]);
