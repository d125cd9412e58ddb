import type { Finding } from "@plinth/core";
import { type Answer, readAnswer } from "../cluster/answer.ts";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { pod } from "./quota-tenancy-attempts.ts";

const strange = "quay.io/debug:1";
const own = "registry.example.com/backend/debug:1.0.0";
const refused = `team-backend may not use the image ${strange}`;

/** What runs cannot be changed into what the team may not use; the rest of it can be changed. */
export async function changeFindings(
  cluster: Cluster,
): Promise<{ readonly attempts: number; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const made = [await cluster.create(pod()), await cluster.create(deployment)];
  const patch = async (path: string, body: unknown): Promise<Answer> =>
    readAnswer(
      await cluster.request({ method: "PATCH", path, body, contentType: "application/strategic-merge-patch+json" }),
    );
  const debug = (image: string): Promise<Answer> =>
    patch("/api/v1/namespaces/team-backend/pods/attempt/ephemeralcontainers", {
      spec: { ephemeralContainers: [{ name: `debug-${image.length}`, image }] },
    });
  const deploy = (body: unknown): Promise<Answer> =>
    patch("/apis/apps/v1/namespaces/team-backend/deployments/web", body);
  const withImage = (image: string): unknown => ({
    spec: { template: { spec: { containers: [{ name: "main", image }] } } },
  });
  const cases: readonly { readonly what: string; readonly answer: Answer; readonly refused?: string }[] = [
    ...made.map((answer) => ({ what: "what is changed is made", answer })),
    { what: "a pod is given a strange container for debugging", answer: await debug(strange), refused },
    { what: "a pod is given one of the team's registry", answer: await debug(own) },
    { what: "a Deployment is given a strange image", answer: await deploy(withImage(strange)), refused },
    { what: "a Deployment is given an image of the team's registry", answer: await deploy(withImage(own)) },
    { what: "a Deployment is given a label", answer: await deploy({ metadata: { labels: { changed: "true" } } }) },
  ];
  for (const { what, answer, refused: expected } of cases) {
    const said = answer.accepted ? "admitted" : answer.message;
    if (expected === undefined ? answer.accepted : !answer.accepted && answer.message.includes(expected)) continue;
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      message: `tenancy: ${what}: ${said}`,
      expected: expected === undefined ? "admitted" : `refused with: ${expected}`,
    });
  }
  return { attempts: cases.length, findings };
}

const labels = { "app.kubernetes.io/name": "web" };
const deployment: KubernetesObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "team-backend" },
  spec: {
    replicas: 0,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: "main", image: own }] } },
  },
};
