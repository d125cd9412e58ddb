import { describeResource, type Environment, emitYaml, type Finding, fieldAt, plan, type Resource } from "@plinth/core";
import { otel } from "@plinth/otel";
import { type Cluster, clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { filledIn } from "./api-server.ts";
import type { Judge, JudgeContext } from "./judge.ts";

/**
 * The collectors of production as Kubernetes runs them without the operator, which the platform itself does not choose: an API server takes each object, has
 * nothing to fill in but addresses, and warns only of the agents, which need their node.
 */
export const plainCollectors: Judge = {
  name: "plain-collectors",
  purpose: "the collectors run without the operator, too, and all but the agents are restricted",
  tools: clusterTools({}),
  judge: async (context) => {
    const findings: Finding[] = [];
    const planned = plan(context.platform, otel({ runBy: "kubernetes" }));
    findings.push(...planned.findings);
    let objects = 0;
    for (const environment of context.platform.environments.filter(({ production }) => production)) {
      const resources = planned.files.flatMap(({ resource, entry }) =>
        resource !== undefined && (entry.environment ?? environment.name) === environment.name ? [resource] : [],
      );
      objects += resources.length;
      findings.push(...(await withCluster({}, (cluster) => applied(cluster, resources, environment, context))));
    }
    return { read: `${objects} objects`, findings };
  },
};

async function applied(
  cluster: Cluster,
  resources: readonly Resource[],
  environment: Environment,
  { signal }: JudgeContext,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of new Set(resources.flatMap(({ metadata }) => metadata.namespace ?? [])))
    await cluster.applyYaml(emitYaml(namespace(name)));
  for (const resource of resources) {
    signal.throwIfAborted();
    const problem = (message: string, expected: string): void => {
      findings.push({
        code: "rejected-by-judge",
        severity: "error",
        resource: describeResource(resource),
        message: `${message} (${environment.name})`,
        expected,
      });
    };
    const answer = await cluster.applyYaml(emitYaml(resource));
    if (!answer.accepted) {
      problem(`the API server refuses it: ${answer.message}`, "an object that the API server stores");
      continue;
    }
    const warned = answer.warnings.filter((warning) => !(resource.kind === "DaemonSet" && /PodSecurity/.test(warning)));
    for (const warning of warned) problem(`the API server warns: ${warning}`, "no warnings");
    for (const path of filledIn(answer.object, resource).filter((field) => !isGivenOut(resource, field)))
      problem(`the API server fills in ${path}`, "what is stored is what Git says");
  }
  return findings;
}

/** A namespace that says what breaks the level `restricted` without refusing it. */
function namespace(name: string): Resource {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "pod-security.kubernetes.io/warn": "restricted" } },
  };
}

/** Addresses that the cluster gives out, the status of a claim, and the number of pods that an autoscaler writes. */
function isGivenOut(resource: Resource, path: string): boolean {
  if (resource.kind === "StatefulSet") return /^spec\.volumeClaimTemplates\[\d+\]\.status$/.test(path);
  if (resource.kind === "Service") return /^spec\.(clusterIPs?|ipFamilies)$/.test(path);
  return (
    resource.kind === "Deployment" && path === "spec.replicas" && fieldAt(resource, "spec", "replicas") === undefined
  );
}
