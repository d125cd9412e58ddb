import { describeResource, type Finding, fieldAt, listAt, textsAt } from "@plinth/core";
import type { PolicyRule } from "@plinth/rbac";
import type { Identity } from "../cluster/api-connection.ts";
import { ClusterError } from "../cluster/cluster-error.ts";
import type { KubernetesObject, ObjectMetadata } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import type { RenderedObject } from "./rendered-tree.ts";

/** Group of every RBAC object. */
export const rbacGroup = "rbac.authorization.k8s.io";
export const rbacVersion = "rbac.authorization.k8s.io/v1";

/** Every RBAC object that the cluster holds; on an empty one those of Kubernetes itself. */
export async function rbacObjectsIn(cluster: Cluster): Promise<readonly KubernetesObject[]> {
  const kinds = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];
  return (await Promise.all(kinds.map((kind) => cluster.list({ apiVersion: rbacVersion, kind })))).flat();
}

/** Waits for the controller manager to aggregate Kubernetes' own roles: until then anybody could bind them, as they give nothing. */
export async function defaultRolesHaveRules(cluster: Cluster): Promise<void> {
  for (const name of ["view", "edit", "admin"])
    await waitFor(`the rules of the ClusterRole ${name}`, async () => {
      const role = await cluster.get({ apiVersion: rbacVersion, kind: "ClusterRole", name });
      return role !== undefined && listAt(role, "rules").length > 0;
    });
}

/** Gives the cluster the namespaces and RBAC objects, and waits until its authorizer goes by them. */
export async function applyAccess(cluster: Cluster, objects: readonly RenderedObject[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  // Namespaces first: the others lie in them.
  for (const { file, resource } of objects.toSorted((a, b) => rank(a) - rank(b))) {
    const answer = await cluster.applyYaml(file.text);
    if (!answer.accepted)
      findings.push({
        code: "rejected-by-judge",
        severity: "error",
        file: file.path,
        resource: describeResource(resource),
        message: `the API server refuses it: ${answer.message}`,
        expected: "an object that the API server stores",
      });
  }
  await authorizerKnowsAll(cluster);
  return findings;
}

function rank({ resource }: RenderedObject): number {
  return resource.kind === "Namespace" ? 0 : 1;
}

/** The authorizer watches each of the four kinds in the order of their changes: once it knows the last of each, it knows all. */
export async function authorizerKnowsAll(cluster: Cluster): Promise<void> {
  // A new name each time: else the last one is known already.
  const name = `last-${crypto.randomUUID()}`;
  const rules = [{ apiGroups: [""], resources: [name], verbs: ["get"] }];
  const subjects = [{ kind: "User", apiGroup: rbacGroup, name }];
  const scopes = [
    { prefix: "", metadata: { name, namespace: "default" } },
    { prefix: "Cluster", metadata: { name } },
  ] as const;
  for (const { prefix, metadata } of scopes) {
    await stored(cluster, { apiVersion: rbacVersion, kind: `${prefix}Role`, metadata, rules });
    const roleRef = { apiGroup: rbacGroup, kind: `${prefix}Role`, name };
    await stored(cluster, { apiVersion: rbacVersion, kind: `${prefix}RoleBinding`, metadata, roleRef, subjects });
    await waitFor("the authorizer to know all roles and bindings", async () => {
      // Without a namespace only the ClusterRoleBinding answers.
      const { allowed } = await cluster.canI({ user: name, verb: "get", resource: name, ...inNamespaceOf(metadata) });
      return allowed;
    });
  }
}

function inNamespaceOf({ namespace }: ObjectMetadata): { namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

/** @throws ClusterError when the server refuses what a judge itself has made up */
export async function stored(cluster: Cluster, object: KubernetesObject): Promise<void> {
  const answer = await cluster.apply(object);
  if (!answer.accepted) throw new ClusterError(`${object.kind} ${object.metadata.name} is refused: ${answer.message}`);
}

/** All that somebody may do in a namespace, by the server's own word; what holds in the whole cluster is among it. */
export async function rulesFor(cluster: Cluster, as: Identity, namespace: string): Promise<readonly PolicyRule[]> {
  const { status, body } = await cluster.request({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    body: { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } },
    as,
  });
  if (status !== 201 || fieldAt(body, "status", "incomplete") !== false)
    throw new ClusterError(`What ${as.user} may in ${namespace} is not answered: ${JSON.stringify(body)}`);
  return ["resourceRules", "nonResourceRules"].flatMap((field) => listAt(body, "status", field)).map(policyRule);
}

/** A rule as the API server writes it. */
export function policyRule(rule: unknown): PolicyRule {
  return {
    apiGroups: textsAt(rule, "apiGroups"),
    resources: textsAt(rule, "resources"),
    resourceNames: textsAt(rule, "resourceNames"),
    nonResourceURLs: textsAt(rule, "nonResourceURLs"),
    verbs: textsAt(rule, "verbs"),
  };
}
