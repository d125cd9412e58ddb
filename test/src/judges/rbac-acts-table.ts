import type { Environment, Platform } from "@plinth/core";
import type { ApiRequest } from "../cluster/api-connection.ts";
import { rbacGroup, rbacVersion } from "./rbac-cluster.ts";

/** Somebody who logs in with a token of their own. */
export type Actor =
  | "viewer"
  | "developer"
  | "admin"
  | "neighbour"
  | "platform viewer"
  | "platform operator"
  | "platform admin";

/** Something that somebody does, and where it must be let through: nowhere when left out. */
export interface Act {
  /** After "tries to". */
  readonly words: string;
  readonly by: readonly Actor[];
  readonly request: (namespace: string) => Omit<ApiRequest, "as" | "token">;
  readonly allowed?: (environment: Environment) => boolean;
}

/** The groups of each actor: those of one team, of another, and of the platform. */
export function groupsOfActors({ teams, groups }: Platform): ReadonlyMap<Actor, string> {
  const [team, neighbour = team] = teams;
  if (team === undefined || neighbour === undefined) return new Map();
  return new Map<Actor, string>([
    ["viewer", team.groups.viewers],
    ["developer", team.groups.developers],
    ["admin", team.groups.admins],
    ["neighbour", neighbour.groups.admins],
    ["platform viewer", groups.viewers],
    ["platform operator", groups.operators],
    ["platform admin", groups.admins],
  ]);
}

const everywhere = (): boolean => true;
const wherePeopleWrite = ({ access }: Environment): boolean => access.writers === "developers";
const whereExecIsOpen = ({ access, production }: Environment): boolean => access.exec && !production;
const dryRun = "dryRun=All&fieldValidation=Strict";
const mergePatch = "application/merge-patch+json";
const team: readonly Actor[] = ["viewer", "developer", "admin"];

const core = (namespace: string, rest: string): string => `/api/v1/namespaces/${namespace}/${rest}`;

/** What people try. `first-pod` and `credentials` are there to be found. */
export const acts: readonly Act[] = [
  {
    words: "read a Secret",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({ method: "GET", path: core(namespace, "secrets/credentials") }),
  },
  {
    words: "list Secrets",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({ method: "GET", path: core(namespace, "secrets") }),
  },
  {
    words: "read a Secret",
    by: ["platform admin"],
    request: (namespace) => ({ method: "GET", path: core(namespace, "secrets/credentials") }),
    allowed: everywhere,
  },
  {
    words: "run a command in a pod",
    by: ["developer", "admin"],
    request: (namespace) => ({ method: "POST", path: core(namespace, "pods/first-pod/exec?command=id&stdout=true") }),
    allowed: whereExecIsOpen,
  },
  {
    words: "run a command in a pod",
    by: ["viewer", "neighbour", "platform viewer"],
    request: (namespace) => ({ method: "POST", path: core(namespace, "pods/first-pod/exec?command=id&stdout=true") }),
  },
  {
    words: "run a command in a pod",
    by: ["platform admin"],
    request: (namespace) => ({ method: "POST", path: core(namespace, "pods/first-pod/exec?command=id&stdout=true") }),
    allowed: whereExecIsOpen,
  },
  {
    words: "add a debug container to a pod",
    by: [...team, "neighbour", "platform viewer"],
    request: (namespace) => ({
      method: "PATCH",
      path: `${core(namespace, "pods/first-pod/ephemeralcontainers")}?${dryRun}`,
      contentType: mergePatch,
      body: {},
    }),
  },
  {
    words: "raise the quota",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({
      method: "PATCH",
      path: `${core(namespace, `resourcequotas/${namespace}`)}?${dryRun}`,
      contentType: mergePatch,
      body: { spec: { hard: { pods: "10000" } } },
    }),
  },
  {
    words: "raise the quota",
    by: ["platform admin"],
    request: (namespace) => ({
      method: "PATCH",
      path: `${core(namespace, `resourcequotas/${namespace}`)}?${dryRun}`,
      contentType: mergePatch,
      body: { spec: { hard: { pods: "10000" } } },
    }),
    allowed: everywhere,
  },
  {
    words: "lower the namespace's Pod Security level",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({
      method: "PATCH",
      path: `/api/v1/namespaces/${namespace}?${dryRun}`,
      contentType: mergePatch,
      body: { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } },
    }),
  },
  {
    words: "remove the default deny",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({
      method: "DELETE",
      path: `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/default-deny?${dryRun}`,
    }),
  },
  {
    words: "see pods",
    by: [...team, "platform viewer", "platform operator", "platform admin"],
    request: (namespace) => ({ method: "GET", path: core(namespace, "pods") }),
    allowed: everywhere,
  },
  {
    words: "see pods of another team",
    by: ["neighbour"],
    request: (namespace) => ({ method: "GET", path: core(namespace, "pods") }),
  },
  {
    words: "ship a ConfigMap",
    by: ["developer", "admin"],
    request: (namespace) => ({
      method: "POST",
      path: `${core(namespace, "configmaps")}?${dryRun}`,
      body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shipped" } },
    }),
    allowed: wherePeopleWrite,
  },
  {
    words: "restart a pod",
    by: ["developer", "admin", "platform operator", "platform admin"],
    request: (namespace) => ({ method: "DELETE", path: `${core(namespace, "pods/first-pod")}?${dryRun}` }),
    allowed: everywhere,
  },
  {
    words: "take the identity of a ServiceAccount",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({
      method: "POST",
      path: core(namespace, "serviceaccounts/default/token"),
      body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
    }),
  },
  {
    words: "make themselves cluster-admin",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: () => ({
      method: "POST",
      path: `/apis/${rbacVersion}/clusterrolebindings?${dryRun}`,
      body: {
        apiVersion: rbacVersion,
        kind: "ClusterRoleBinding",
        metadata: { name: "mine" },
        roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ apiGroup: rbacGroup, kind: "User", name: "me" }],
      },
    }),
  },
  {
    words: "write a Role that reads Secrets",
    by: [...team, "neighbour", "platform viewer", "platform operator"],
    request: (namespace) => ({
      method: "POST",
      path: `/apis/${rbacVersion}/namespaces/${namespace}/roles?${dryRun}`,
      body: {
        apiVersion: rbacVersion,
        kind: "Role",
        metadata: { name: "mine", namespace },
        rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
      },
    }),
  },
  {
    words: "write a Role that sees pods",
    by: ["admin"],
    request: (namespace) => ({
      method: "POST",
      path: `/apis/${rbacVersion}/namespaces/${namespace}/roles?${dryRun}`,
      body: {
        apiVersion: rbacVersion,
        kind: "Role",
        metadata: { name: "seers", namespace },
        rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
      },
    }),
    allowed: wherePeopleWrite,
  },
];
