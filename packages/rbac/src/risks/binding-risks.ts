import type { Risk } from "./risk.ts";
import { goodPractice, kubescape, kubiScan } from "./sources.ts";

/** Bindings that reach more people, or more permissions, than they seem to. */
export const bindingRisks: readonly Risk[] = [
  {
    id: "bound-to-everybody",
    title: "be anybody",
    why: "The group holds everybody who is logged in, every pod, or everybody who can reach the API server.",
    severity: "high",
    source: goodPractice("least-privilege"),
    pattern: {
      in: "subjects",
      anyOf: [
        { kind: "Group", name: /^system:(authenticated|unauthenticated)$/ },
        { kind: "Group", name: /^system:serviceaccounts(:.+)?$/ },
        { kind: "User", name: /^system:anonymous$/ },
      ],
    },
  },
  {
    id: "bound-to-default-service-account",
    title: "be any pod that names no ServiceAccount",
    why: "The default ServiceAccount is every pod's that says nothing: each of them gains what one needs.",
    severity: "medium",
    source: "https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts",
    pattern: { in: "subjects", anyOf: [{ kind: "ServiceAccount", name: /^default$/ }] },
  },
  {
    id: "bound-to-user",
    title: "be a single person",
    why: "A person who leaves keeps what is bound to their name, and nobody sees it in the groups of the identity provider.",
    severity: "low",
    source: kubiScan,
    pattern: { in: "subjects", anyOf: [{ kind: "User", name: /^(?!system:)/ }] },
  },
  {
    id: "bound-to-masters",
    title: "pass every check",
    why: "The group system:masters is asked nothing: taking the binding away takes nothing away.",
    severity: "high",
    source: goodPractice("least-privilege"),
    pattern: { in: "subjects", anyOf: [{ kind: "Group", name: /^system:masters$/ }] },
  },
  {
    id: "bind-cluster-admin",
    title: "hold cluster-admin, Kubernetes' role that may everything",
    why: "Whoever holds it owns the namespace, or the cluster.",
    severity: "critical",
    source: kubescape("C-0185"),
    pattern: { in: "role-reference", names: ["cluster-admin"] },
  },
  {
    id: "bind-upstream-roles",
    title: "hold Kubernetes' own admin or edit",
    why: "Both read and write Secrets, run commands in pods, impersonate ServiceAccounts and make their tokens.",
    severity: "high",
    source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
    pattern: { in: "role-reference", names: ["admin", "edit"] },
  },
  {
    id: "aggregated-into-edit",
    title: "add rules to Kubernetes' own admin or edit by a label",
    why: "Everybody who holds edit or admin gains the rules, in namespaces that the role never names.",
    severity: "medium",
    source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",
    pattern: {
      in: "aggregation",
      labels: ["rbac.authorization.k8s.io/aggregate-to-admin", "rbac.authorization.k8s.io/aggregate-to-edit"],
    },
  },
  {
    id: "aggregated-into-view",
    title: "add more than reading to Kubernetes' own view by a label",
    why: "Everybody who holds view gains the rules, and nobody expects a viewer to write.",
    severity: "medium",
    source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",
    pattern: {
      in: "aggregation",
      labels: ["rbac.authorization.k8s.io/aggregate-to-view"],
      harmless: ["get", "list", "watch"],
    },
  },
];
