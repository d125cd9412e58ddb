import { describeResource, type Environment, type Finding, fieldAt, isRecord } from "@plinth/core";
import type { Answer } from "../cluster/answer.ts";
import { type Cluster, clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { crdFiles, schemaNames } from "../tools/schemas.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedObject } from "./rendered-tree.ts";
import { teamNamespaceFindings } from "./team-namespaces.ts";

/**
 * A real Kubernetes API server takes each environment, on an empty cluster, in the order in which it is delivered; a second time it changes nothing; what it
 * stores is what Git says, so that Argo CD has nothing to complain about; and the team namespaces do what they are for.
 */
export const apiServer: Judge = {
  name: "api-server",
  purpose: "each environment applies to an empty cluster, twice, and its limits hold",
  tools: clusterTools({ controllerManager: true }),
  judge: async (context) => {
    const crds = await crdFiles(schemaNames);
    if (crds.findings.length > 0) return { read: "nothing", findings: crds.findings };
    const findings: Finding[] = [];
    let objects = 0;
    for (const environment of context.platform.environments) {
      context.signal.throwIfAborted();
      findings.push(
        ...(await withCluster({ controllerManager: true, crds: crds.files }, async (cluster) => {
          const delivered = inOrder(objectsOfEnvironment(context.tree, environment.name));
          objects += delivered.length;
          return [
            ...(await applied(cluster, delivered, environment, context)),
            ...(await teamNamespaceFindings(cluster, context.platform, environment)),
          ];
        })),
      );
    }
    return { read: `${objects} objects, twice, in ${context.platform.environments.length} clusters`, findings };
  },
};

/** Foundation before applications before what delivers them; in each, what others live in first, as kustomize sorts. */
function inOrder(objects: readonly RenderedObject[]): readonly RenderedObject[] {
  const layers = ["foundation/", "application/", "argocd/"];
  const kinds = [
    "Namespace",
    "ResourceQuota",
    "LimitRange",
    "ServiceAccount",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
  ];
  const rank = ({ file, resource }: RenderedObject): number => {
    const kind = kinds.indexOf(resource.kind);
    return layers.findIndex((layer) => file.path.startsWith(layer)) * 100 + (kind === -1 ? kinds.length : kind);
  };
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

async function applied(
  cluster: Cluster,
  objects: readonly RenderedObject[],
  environment: Environment,
  { signal }: JudgeContext,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const refuse = ({ file, resource }: RenderedObject, message: string, expected: string): void => {
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      file: file.path,
      resource: describeResource(resource),
      message: `${message} (${environment.name})`,
      expected,
    });
  };
  const versions = new Map<RenderedObject, string>();
  for (const object of objects) {
    signal.throwIfAborted();
    const answer = await cluster.applyYaml(object.file.text);
    if (!answer.accepted) {
      refuse(object, `the API server refuses it: ${reasonOf(answer)}`, "an object that the API server stores");
      continue;
    }
    versions.set(object, resourceVersion(answer));
    for (const warning of answer.warnings) refuse(object, `the API server warns: ${warning}`, "no warnings");
    for (const path of filledIn(answer.object, object.resource).filter(
      (field) => field !== "spec.replicas" || !isAutoscaled(object, objects),
    ))
      refuse(
        object,
        `the API server fills in ${path}`,
        "what is stored is what Git says: else Argo CD shows a difference for ever",
      );
  }
  for (const [object, version] of versions) {
    const answer = await cluster.applyYaml(object.file.text);
    if (answer.accepted && resourceVersion(answer) !== version && !changesByItself(object))
      refuse(object, "a second apply changes it", "the same object");
  }
  return findings;
}

// The controllers write the status of these between two applies: what is used, the phase, the check of the expressions' types.
const withStatus = new Set(["ResourceQuota", "Namespace", "ValidatingAdmissionPolicy"]);

function changesByItself({ resource }: RenderedObject): boolean {
  return withStatus.has(resource.kind);
}

function reasonOf(answer: Answer): string {
  return answer.accepted ? "" : answer.message;
}

function resourceVersion(answer: Answer): string {
  return answer.accepted ? String(fieldAt(answer.object, "metadata", "resourceVersion")) : "";
}

/** True for an object whose number of pods an autoscaler writes: what Git said of it, the next apply would take back. */
function isAutoscaled({ resource }: RenderedObject, objects: readonly RenderedObject[]): boolean {
  if (resource.kind === "OpenTelemetryCollector") return fieldAt(resource, "spec", "autoscaler") !== undefined;
  return objects.some(
    ({ resource: scaler }) =>
      scaler.kind === "HorizontalPodAutoscaler" &&
      scaler.metadata.namespace === resource.metadata.namespace &&
      fieldAt(scaler, "spec", "scaleTargetRef", "kind") === resource.kind &&
      fieldAt(scaler, "spec", "scaleTargetRef", "name") === resource.metadata.name,
  );
}

// What every object has once it is stored, and no description says; `spec.finalizers` is the namespace controller's.
const serverFields = new Set(["metadata", "status", "spec.finalizers"]);

/** Paths of fields that the stored object has and the description does not. Metadata is the server's own. */
export function filledIn(stored: unknown, described: unknown, path = ""): string[] {
  if (Array.isArray(stored) && Array.isArray(described)) {
    return stored.flatMap((entry, number) => filledIn(entry, described[number], `${path}[${number}]`));
  }
  if (!isRecord(stored) || !isRecord(described)) return [];
  return Object.entries(stored).flatMap(([key, value]) => {
    const below = path === "" ? key : `${path}.${key}`;
    if (serverFields.has(below) || isTranslated(below, described)) return [];
    if (key in described) return filledIn(value, described[key], below);
    return isRecord(value) && Object.keys(value).every((inner) => serverFields.has(`${below}.${inner}`)) ? [] : [below];
  });
}

/** `stringData` of a Secret is stored as `data`; Argo CD translates it the same way before it compares. */
function isTranslated(path: string, described: Readonly<Record<string, unknown>>): boolean {
  return path === "data" && "stringData" in described;
}
