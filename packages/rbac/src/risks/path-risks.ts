import type { Risk } from "./risk.ts";
import { goodPractice } from "./sources.ts";

const escalation = goodPractice("kubernetes-rbac---privilege-escalation-risks");

/** Ways that lead somebody, step by step, to more than they have. */
export const pathRisks: readonly Risk[] = [
  {
    id: "escalate-to-everything",
    title: "come to hold every permission",
    why: "The steps end at an identity, or a role, that may everything with everything.",
    severity: "critical",
    source: escalation,
    pattern: { in: "path", reaches: "everything" },
  },
  {
    id: "escalate-to-node",
    title: "come to control nodes",
    why: "Who controls a node is every pod on it, with tokens, Secrets and disks.",
    severity: "critical",
    source: escalation,
    pattern: { in: "path", reaches: "node" },
  },
  {
    id: "escalate-to-cluster",
    title: "come to hold more in the whole cluster",
    why: "The steps end at an identity with permissions in every namespace, or about what belongs to none.",
    severity: "critical",
    source: escalation,
    pattern: { in: "path", reaches: "cluster" },
  },
  {
    id: "escalate-to-namespace",
    title: "come to hold more in another namespace",
    why: "The steps end at an identity with permissions in a namespace that the way did not begin in.",
    severity: "high",
    source: escalation,
    pattern: { in: "path", reaches: "other-namespace" },
  },
  {
    id: "escalate-to-cloud-role",
    title: "come to be a cloud role",
    why: "A pod with the ServiceAccount has the cloud permissions of its role: data stores, queues, keys.",
    severity: "high",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
    pattern: { in: "path", reaches: "cloud-role" },
  },
  {
    id: "escalate-in-namespace",
    title: "come to hold more in the same namespace",
    why: "The steps end at an identity that may more in the namespace in which they begin.",
    severity: "medium",
    source: escalation,
    pattern: { in: "path", reaches: "same-namespace" },
  },
];
