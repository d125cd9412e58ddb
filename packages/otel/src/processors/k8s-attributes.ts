import { type Options, type Processor, written } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface K8sAttributesOptions {
  /** Know only the pods of this node: the name of the environment variable that holds the node's name. @default all pods of the cluster */
  readonly nodeFromEnvironment?: string;
  /** Attributes to add: `k8s.pod.name`, `service.name`. @default the processor's own list */
  readonly metadata?: readonly string[];
  /** Whether pod annotations `resource.opentelemetry.io/<attribute>` become attributes. @default false */
  readonly otelAnnotations?: boolean;
  /** Attributes from labels of the pod: `{ "app.version": "app.kubernetes.io/version" }`. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** By what a pod is recognised, first match first: attributes of the data, or the address of who sent it. @default the address */
  readonly recogniseBy?: readonly PodSource[];
  /** Tells two processors apart. */
  readonly name?: string;
}

/** An attribute of the data that names its pod, or the connection that it came by. */
export type PodSource = "connection" | { readonly attribute: string };

/**
 * Adds what the cluster knows of the pod that data came from. Needs `list` and `watch` on pods. Names of Deployments and CronJobs are derived from those
 * of their ReplicaSets and Jobs, which needs no permission.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor
 * @example
 * k8sAttributes({ nodeFromEnvironment: "K8S_NODE_NAME", recogniseBy: [{ attribute: "k8s.pod.uid" }, "connection"] });
 */
export function k8sAttributes({
  nodeFromEnvironment,
  metadata,
  otelAnnotations,
  podLabels,
  recogniseBy,
  name,
}: K8sAttributesOptions = {}): Processor<Signal> {
  return {
    kind: "processor",
    type: "k8s_attributes",
    ...(name === undefined ? {} : { name }),
    options: written({
      auth_type: "serviceAccount",
      filter: nodeFromEnvironment === undefined ? undefined : { node_from_env_var: nodeFromEnvironment },
      extract: extraction(metadata, otelAnnotations, podLabels),
      pod_association: recogniseBy?.map((source) => ({ sources: [podSource(source)] })),
    }),
    carries: everySignal,
  };
}

function podSource(source: PodSource): Options {
  return source === "connection" ? { from: "connection" } : { from: "resource_attribute", name: source.attribute };
}

function extraction(
  metadata: readonly string[] | undefined,
  otelAnnotations: boolean | undefined,
  podLabels: Readonly<Record<string, string>> | undefined,
): Options | undefined {
  if (metadata === undefined && otelAnnotations === undefined && podLabels === undefined) return undefined;
  return written({
    otel_annotations: otelAnnotations,
    metadata,
    labels:
      podLabels && Object.entries(podLabels).map(([attribute, key]) => ({ tag_name: attribute, key, from: "pod" })),
  });
}
