import { labelKeys } from "@plinth/core";

/** How much depends on the service that data comes from: critical, high, medium or low. */
export const criticalityAttribute = "service.criticality";

/**
 * Who owns the service that data comes from. There is no semantic convention for it, so it is called as on the objects of the cluster: one key for the same
 * thing, whose label in Prometheus is `plinth_dev_team`.
 */
export const teamAttribute: string = labelKeys.team;

/** What the agents set on data of a pod. No uid of a workload: each would need one more permission. */
export const podAttributes: readonly string[] = [
  "k8s.namespace.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.cronjob.name",
  "k8s.job.name",
  "k8s.pod.name",
  "k8s.pod.uid",
  "k8s.container.name",
  "k8s.node.name",
  "container.image.name",
  "container.image.tags",
  "service.namespace",
  "service.name",
  "service.version",
  "service.instance.id",
];

/** Attributes of resources that the platform itself sets. */
export const platformAttributes: readonly string[] = [
  ...podAttributes,
  criticalityAttribute,
  teamAttribute,
  "deployment.environment.name",
  "k8s.cluster.name",
  "cloud.region",
  "cloud.account.id",
];
