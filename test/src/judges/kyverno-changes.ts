import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emitYaml, type Finding, type Resource } from "@plinth/core";
import { defaultSecurityContext, placedFixture } from "@plinth/policies";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import { type Cluster, clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import type { Judge } from "./judge.ts";
import { type ChangeCase, changeCases, nameOf, printedFile } from "./kyverno-changes-cases.ts";
import { objectFindings, printedObjects, rowFindings } from "./kyverno-changes-findings.ts";
import { kyvernoOutputs } from "./kyverno-reports.ts";

/**
 * What policies change, make and delete, through the Kyverno command line: each object comes out as its fixture says, what comes out is stored the same when it
 * is sent again, and nothing else is touched. A real API server then takes what came out, and Pod Security `restricted` the pods.
 */
export const kyvernoChanges: Judge = {
  name: "kyverno-changes",
  purpose: "policies change, make and delete what they say, and an API server takes the result",
  tools: ["kyverno", ...clusterTools()],
  judge: async ({ platform, workFolder, signal }) => {
    const now = Date.now();
    const cases = changeCases(platform, (hours) => new Date(now - hours * 3_600_000).toISOString());
    const folder = join(workFolder, "cases");
    const outputs = await kyvernoOutputs(cases, folder, signal);
    const printed = cases.map((_, index) => printedIn(join(folder, String(index), printedFile)));
    const objects = cases.flatMap(({ changed }, index) =>
      (printed[index] ?? []).filter((object) => changed.has(nameOf(object))),
    );
    signal.throwIfAborted();
    return {
      read: `${cases.length} policies, ${sum(cases, ({ rows }) => rows.length)} objects, ${objects.length} of them on an API server`,
      findings: [
        ...cases.flatMap((each, index) => [
          ...rowFindings(each, outputs[index] ?? ""),
          ...objectFindings(each, printed[index] ?? []),
        ]),
        ...(await withCluster({}, (cluster) => appliedFindings(cluster, objects))),
      ],
    };
  },
};

function sum(cases: readonly ChangeCase[], count: (each: ChangeCase) => number): number {
  return cases.reduce((total, each) => total + count(each), 0);
}

function printedIn(file: string): readonly KubernetesObject[] {
  return existsSync(file) ? printedObjects(readFileSync(file, "utf8")) : [];
}

/** Everything is taken as it came out, without a warning, in namespaces that enforce Pod Security `restricted` where pods are to be hardened. */
async function appliedFindings(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of namespaces) await namespaceWithAccount(cluster, name, {});
  for (const object of objects) {
    const answer = await cluster.apply(object, { dryRun: true });
    if (!answer.accepted) findings.push(refused(object, answer.message));
    else for (const warning of answer.warnings) findings.push(refused(object, warning));
  }
  findings.push(...(await restrictedFindings(cluster)));
  return findings;
}

/** Pods that say nothing are refused by `restricted`, and taken with what the default writes. */
async function restrictedFindings(cluster: Cluster): Promise<Finding[]> {
  const findings: Finding[] = [];
  const namespace = "restricted";
  await namespaceWithAccount(cluster, namespace, { "pod-security.kubernetes.io/enforce": "restricted" });
  for (const [index, { before, after }] of defaultSecurityContext.changes.entries()) {
    const place = { name: `pod-${index + 1}`, namespace };
    const sent = await cluster.applyYaml(emitYaml(placedFixture(before, place)), { dryRun: true });
    const stored = await cluster.applyYaml(emitYaml(placedFixture(after, place)), { dryRun: true });
    if (sent.accepted)
      findings.push(refused(placedFixture(before, place), "Pod Security takes the pod without the default already"));
    if (!stored.accepted) findings.push(refused(placedFixture(after, place), stored.message));
  }
  return findings;
}

/** A pod needs the ServiceAccount that a controller makes in a whole cluster. */
async function namespaceWithAccount(
  cluster: Cluster,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
  await cluster.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } });
}

function refused(object: Resource | KubernetesObject, message: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    resource: nameOf(object),
    message: `the API server says of ${nameOf(object)}: ${message}`,
    expected: "an object that is stored as it is",
  };
}
