import type { Finding } from "@plinth/core";
import { type Answer, readAnswer } from "../cluster/answer.ts";
import type { Identity } from "../cluster/api-connection.ts";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import { podIn } from "./quota-tenancy-attempts.ts";

const namespace = "team-frontend";
const developer: Identity = { user: "dana", groups: ["frontend-developers", "system:authenticated"] };
const delivery = account("argocd", "argocd-application-controller");
const replicaSets = account("kube-system", "replicaset-controller");
const certificates = account("kyverno", "kyverno-background-controller");

function account(place: string, name: string): Identity {
  return {
    user: `system:serviceaccount:${place}:${name}`,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${place}`, "system:authenticated"],
  };
}

const because = "nothing is created or changed in team-frontend: the team moves to another cluster";

/**
 * In a closed namespace people and Argo CD create and change nothing, controllers go on, and everything may be removed: objects, those with finalizers,
 * and, once it is annotated, the namespace itself.
 */
export async function cordonFindings(
  cluster: Cluster,
): Promise<{ readonly attempts: number; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  let attempts = 0;
  const expect = async (what: string, answer: Promise<Answer>, refused?: string): Promise<void> => {
    attempts += 1;
    const seen = await answer;
    const said = seen.accepted ? "admitted" : seen.message;
    if (refused === undefined ? seen.accepted : !seen.accepted && seen.message.includes(refused)) return;
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      message: `tenancy: in a closed namespace ${what}: ${said}`,
      expected: refused === undefined ? "admitted" : `refused with: ${refused}`,
    });
  };
  for (const object of [settings("kept"), settings("held", ["example.com/held"]), deployment])
    await expect(`an administrator makes ${object.metadata.name}`, cluster.apply(object));

  await expect("a developer creates", cluster.create(settings("new"), { as: developer, dryRun: true }), because);
  await expect("a developer creates a pod", cluster.create(podIn(namespace), { as: developer, dryRun: true }), because);
  await expect(
    "a developer changes",
    cluster.apply(settings("kept", [], "2"), { as: developer, dryRun: true }),
    because,
  );
  await expect("Argo CD changes", cluster.apply(settings("kept", [], "2"), { as: delivery, dryRun: true }), because);
  await expect("a developer scales", scale(cluster, developer), because);

  await expect("a controller makes a pod", cluster.create(podIn(namespace), { as: replicaSets, dryRun: true }));
  await expect(
    "an operator of the platform changes",
    cluster.apply(settings("kept", [], "2"), { as: certificates, dryRun: true }),
  );
  await expect(
    "a developer works elsewhere",
    cluster.create(
      { ...settings("new"), metadata: { name: "new", namespace: "team-open" } },
      { as: developer, dryRun: true },
    ),
  );

  await expect("a developer deletes", cluster.delete(reference("kept"), { as: developer }));
  await expect("a developer deletes what has a finalizer", cluster.delete(reference("held"), { as: developer }));
  await expect("a finalizer is taken away", withoutFinalizers(cluster));

  const itself = { apiVersion: "v1", kind: "Namespace", name: namespace };
  await expect("the namespace is deleted", cluster.delete(itself));
  const gone = await waitFor("the namespace to be gone", async () => (await cluster.get(itself)) === undefined).catch(
    () => false,
  );
  if (!gone)
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      message: "tenancy: a closed namespace that was deleted stays",
      expected: "its objects and itself gone",
    });
  return { attempts, findings };
}

function settings(name: string, finalizers: readonly string[] = [], value = "1"): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace, ...(finalizers.length === 0 ? {} : { finalizers }) },
    data: { value },
  };
}

const labels = { "app.kubernetes.io/name": "web" };
const deployment: KubernetesObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: "web", image: "registry.example.com/web:1.0.0" }] },
    },
  },
};

function reference(name: string): { apiVersion: string; kind: string; name: string; namespace: string } {
  return { apiVersion: "v1", kind: "ConfigMap", name, namespace };
}

function scale(cluster: Cluster, as: Identity): Promise<Answer> {
  return readPatch(
    cluster,
    `/apis/apps/v1/namespaces/${namespace}/deployments/web/scale`,
    { spec: { replicas: 3 } },
    as,
  );
}

function withoutFinalizers(cluster: Cluster): Promise<Answer> {
  return readPatch(
    cluster,
    `/api/v1/namespaces/${namespace}/configmaps/held`,
    { metadata: { finalizers: null } },
    developer,
  );
}

async function readPatch(cluster: Cluster, path: string, body: unknown, as?: Identity): Promise<Answer> {
  return readAnswer(
    await cluster.request({
      method: "PATCH",
      path,
      body,
      contentType: "application/merge-patch+json",
      ...(as === undefined ? {} : { as }),
    }),
  );
}
