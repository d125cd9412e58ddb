import type { Risk } from "./risk.ts";
import { goodPractice, kubescape } from "./sources.ts";

/** Rules that say more than anybody has read. */
export const wildcardRisks: readonly Risk[] = [
  {
    id: "all-permissions",
    title: "do everything with everything",
    why: "Whoever holds it owns the namespace, or the cluster: it stands for every other risk.",
    severity: "critical",
    source: kubescape("C-0035"),
    pattern: { in: "wildcard", field: "everything" },
  },
  {
    id: "wildcard-verbs",
    title: "do everything with a resource",
    why: "A star among the verbs holds deletecollection, escalate, bind and impersonate too, and every verb that a later version adds.",
    severity: "high",
    source: goodPractice("least-privilege"),
    pattern: { in: "wildcard", field: "verbs" },
  },
  {
    id: "wildcard-resources",
    title: "use every resource of an API group",
    why: "A star among the resources holds Secrets and subresources too, and every kind that is installed later.",
    severity: "high",
    source: goodPractice("least-privilege"),
    pattern: { in: "wildcard", field: "resources" },
  },
  {
    id: "wildcard-api-groups",
    title: "use a resource of every API group",
    why: "A star among the API groups gives the same plural in groups that nobody thought of, and in those that come later.",
    severity: "medium",
    source: kubescape("C-0187"),
    pattern: { in: "wildcard", field: "apiGroups" },
  },
  {
    id: "wildcard-paths",
    title: "use every path beside the API's resources",
    why: "Every path holds /logs, /debug/pprof and /metrics: what the control plane prints and keeps in memory.",
    severity: "medium",
    source: goodPractice("least-privilege"),
    pattern: { in: "wildcard", field: "nonResourceURLs" },
  },
];
