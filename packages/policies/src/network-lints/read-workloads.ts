import { describeResource, fieldAt, listAt, type Resource, textMapAt } from "@plinth/core";
import type { TransportProtocol } from "../network/rule.ts";
import type { Cluster, Workload } from "../reachability/cluster.ts";
import { matchesSelector } from "../reachability/label-selector.ts";

/** A Service, as far as policies are concerned. */
export interface LintedService {
  readonly described: string;
  /** Without an address of its own: its ports are not translated. */
  readonly headless: boolean;
  readonly ports: readonly {
    readonly path: string;
    readonly port: number;
    readonly targetPort: number | string;
    readonly protocol: TransportProtocol;
  }[];
  /** The workloads that its selector finds; none without a selector. */
  readonly workloads: readonly Workload[];
}

/** Pods that a resource makes, or that it is. */
export interface LintedPods {
  readonly described: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  /** A Pod that no controller owns. */
  readonly bare: boolean;
  /** The node's kind where EKS cannot enforce policies. */
  readonly platform?: "Windows" | "Fargate";
  /** Where the pod's fields stand: `spec`, `spec.template.spec`. */
  readonly path: string;
}

/** The Services among resources; what is not written as a Service should be is left to its schema. */
export function readServices(cluster: Cluster, resources: readonly Resource[]): readonly LintedService[] {
  return resources
    .filter(({ apiVersion, kind }) => apiVersion === "v1" && kind === "Service")
    .map((resource) => {
      const spec = fieldAt(resource, "spec");
      const selector = textMapAt(spec, "selector");
      const namespace = resource.metadata.namespace ?? "default";
      return {
        described: describeResource(resource),
        headless: fieldAt(spec, "clusterIP") === "None",
        ports: listAt(spec, "ports").flatMap((entry, index) => {
          const port = fieldAt(entry, "port");
          if (typeof port !== "number") return [];
          const target = fieldAt(entry, "targetPort");
          const protocol = fieldAt(entry, "protocol");
          return [
            {
              path: `spec.ports[${index}]`,
              port,
              targetPort: typeof target === "number" || typeof target === "string" ? target : port,
              protocol: protocol === "UDP" || protocol === "SCTP" ? protocol : ("TCP" as const),
            },
          ];
        }),
        workloads:
          Object.keys(selector).length === 0
            ? []
            : cluster.workloads.filter(
                (workload) =>
                  workload.namespace === namespace && matchesSelector({ matchLabels: selector }, workload.labels),
              ),
      };
    });
}

// Where each kind keeps its pods: https://kubernetes.io/docs/concepts/workloads/controllers/
const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Rollout: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** The pods that resources are or make. */
export function readPods(resources: readonly Resource[]): readonly LintedPods[] {
  return resources.flatMap((resource): LintedPods[] => {
    const path = podPaths[resource.kind];
    if (path === undefined) return [];
    const pod = fieldAt(resource, ...path);
    const spec = fieldAt(pod, "spec");
    const platform = platformOf(fieldAt(spec, "nodeSelector"));
    return [
      {
        described: describeResource(resource),
        namespace: resource.metadata.namespace ?? "default",
        labels: textMapAt(pod, "metadata", "labels"),
        hostNetwork: fieldAt(spec, "hostNetwork") === true,
        bare: resource.kind === "Pod" && listAt(resource.metadata, "ownerReferences").length === 0,
        ...(platform === undefined ? {} : { platform }),
        path: [...path, "spec"].join("."),
      },
    ];
  });
}

function platformOf(nodeSelector: unknown): LintedPods["platform"] {
  if (fieldAt(nodeSelector, "kubernetes.io/os") === "windows") return "Windows";
  return fieldAt(nodeSelector, "eks.amazonaws.com/compute-type") === "fargate" ? "Fargate" : undefined;
}
