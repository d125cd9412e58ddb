import { operandKinds, workloadKinds } from "./pod-making-kinds.ts";
import type { Risk } from "./risk.ts";
import { goodPractice, kubescape, rbacPolice } from "./sources.ts";
import { changing, removing, writing } from "./verbs.ts";

/** Ways into pods, and to pods of one's own. */
export const podRisks: readonly Risk[] = [
  {
    id: "create-workloads",
    title: "decide what pods run",
    why: "A pod runs with any ServiceAccount of the namespace and mounts any Secret of it, whatever RBAC says of Secrets.",
    severity: "high",
    source: goodPractice("workload-creation"),
    pattern: { in: "rule", anyOf: [{ verbs: writing, resources: workloadKinds }] },
  },
  {
    id: "create-operands",
    title: "write what operators make pods of",
    why: "The operator makes pods of it, or puts containers into other people's, with the ServiceAccount that it names.",
    severity: "high",
    source: goodPractice("workload-creation"),
    pattern: { in: "rule", anyOf: [{ verbs: writing, resources: operandKinds }] },
  },
  {
    id: "enter-pods",
    title: "run commands in pods",
    why: "Who is inside a pod is its ServiceAccount, and reads every Secret that is mounted.",
    severity: "high",
    source: kubescape("C-0002"),
    // A WebSocket upgrade is a GET: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
    pattern: { in: "rule", anyOf: [{ verbs: ["create", "get"], resources: { "": ["pods/attach", "pods/exec"] } }] },
  },
  {
    id: "debug-pods",
    title: "add containers to running pods",
    why: "An ephemeral container shares what the pod has: its processes, its network, its token.",
    severity: "high",
    source: rbacPolice("pods_ephemeral_ctrs"),
    pattern: { in: "rule", anyOf: [{ verbs: changing, resources: { "": ["pods/ephemeralcontainers"] } }] },
  },
  {
    id: "forward-ports",
    title: "reach ports of pods through the API server",
    why: "The way leads past every network policy, to ports that were meant for localhost.",
    severity: "medium",
    source: kubescape("C-0063"),
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: ["create", "delete", "get", "patch", "update"],
          resources: { "": ["pods/portforward", "pods/proxy", "services/proxy"] },
        },
      ],
    },
  },
  {
    id: "delete-workloads",
    title: "delete workloads, services or volume claims",
    why: "A service is taken down without changing a line of it, and a deleted claim takes its data along.",
    severity: "low",
    source: kubescape("C-0007"),
    pattern: {
      in: "rule",
      anyOf: [
        {
          verbs: removing,
          resources: {
            "": ["persistentvolumeclaims", "pods", "replicationcontrollers", "secrets", "services"],
            apps: ["daemonsets", "deployments", "replicasets", "statefulsets"],
            batch: ["cronjobs", "jobs"],
            "argoproj.io": ["rollouts"],
          },
        },
      ],
    },
  },
  {
    id: "delete-collections",
    title: "delete every object of a kind in one request",
    why: "One request empties a namespace, and nobody is asked object by object.",
    severity: "medium",
    source: kubescape("C-0007"),
    // A star as the resource stands for whatever a rule names: deletecollection on anything at all.
    pattern: { in: "rule", anyOf: [{ verbs: ["deletecollection"], resources: { "*": ["*"] } }] },
  },
];
