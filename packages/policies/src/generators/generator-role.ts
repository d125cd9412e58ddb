import { buildResource, type Resource } from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import type { Generation } from "./generation.ts";
import { previewRoles } from "./preview-contents.ts";

interface ApiResource {
  readonly group: string;
  readonly resource: string;
}

const rbacGroup = "rbac.authorization.k8s.io";

/** The API's path of each kind that is made. */
const madeKinds: Readonly<Record<string, ApiResource>> = {
  LimitRange: { group: "", resource: "limitranges" },
  NetworkPolicy: { group: "networking.k8s.io", resource: "networkpolicies" },
  PodDisruptionBudget: { group: "policy", resource: "poddisruptionbudgets" },
  ResourceQuota: { group: "", resource: "resourcequotas" },
  RoleBinding: { group: rbacGroup, resource: "rolebindings" },
};

/**
 * What Kyverno's background controller needs beside what it has: it reads what triggers a policy, makes, watches, corrects and removes what it generated
 * (pkg/background/gpol), and binds the roles of teams and no others. Namespaces it may read already.
 *
 * @see https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
export function generatorRole(generations: readonly Generation[]): Resource {
  const made = new Set(
    generations.flatMap(({ trials }) => trials.flatMap(({ makes }) => makes.map(({ kind }) => kind))),
  );
  const triggers = generations.flatMap(({ kinds }) => kinds).filter(({ kind }) => kind !== "Namespace");
  return buildResource(ClusterRole, {
    metadata: {
      name: "policies-generate",
      labels: { "rbac.kyverno.io/aggregate-to-background-controller": "true" },
      annotations: { "kubernetes.io/description": "Kyverno makes what its policies generate, and keeps it." },
    },
    rules: [
      ...rulesFor(triggers, ["get", "list"]),
      ...rulesFor(
        [...made].sort().flatMap((kind) => madeKinds[kind] ?? []),
        ["create", "delete", "get", "list", "update", "watch"],
      ),
      ...(made.has("RoleBinding")
        ? [
            {
              apiGroups: [rbacGroup],
              resources: ["clusterroles"],
              resourceNames: Object.values(previewRoles).sort(),
              verbs: ["bind"],
            },
          ]
        : []),
    ],
  });
}

function rulesFor(resources: readonly ApiResource[], verbs: readonly string[]) {
  return [...Map.groupBy(resources, ({ group }) => group)].map(([group, same]) => ({
    apiGroups: [group],
    resources: [...new Set(same.map(({ resource }) => resource))].sort(),
    verbs: [...verbs],
  }));
}
