import type { Processor } from "../configuration/component.ts";
import type { Signal } from "../configuration/signal.ts";
import { ottlText, transform } from "../processors/transform.ts";
import { criticalityAttribute, teamAttribute } from "./platform-attributes.ts";

/**
 * Attributes of the resource that become labels of every metric: what one selects and groups by, and what tells one series from another. The rest
 * (uids, image digests, start times) would only make series.
 */
export const metricLabelAttributes: readonly string[] = [
  "service.name",
  "service.namespace",
  "service.instance.id",
  criticalityAttribute,
  teamAttribute,
  "deployment.environment.name",
  "k8s.cluster.name",
  "k8s.node.name",
  "k8s.namespace.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.pod.name",
  "k8s.container.name",
  "k8s.volume.name",
  "k8s.persistentvolumeclaim.name",
];

/** Leaves a metric those attributes of its resource that become labels. */
export function metricLabels(): Processor<Signal> {
  return transform({
    name: "labels",
    metrics: [`keep_keys(resource.attributes, [${metricLabelAttributes.map(ottlText).join(", ")}])`],
  });
}
