/** A controller of pods that Kyverno makes a rule for out of a rule for pods. */
export type PodController = "deployments" | "statefulsets" | "daemonsets" | "jobs" | "cronjobs" | "replicasets";

/** Where the pod stands in an object of each controller. */
const podPaths: Readonly<Record<PodController, string>> = {
  deployments: "spec.template",
  statefulsets: "spec.template",
  daemonsets: "spec.template",
  replicasets: "spec.template",
  jobs: "spec.template",
  cronjobs: "spec.jobTemplate.spec.template",
};

/**
 * What Kyverno makes of a text of a pod policy when it derives the rule for a controller: every `object.spec` and `object.metadata` is rewritten,
 * in messages too; only `object.metadata.namespace` stays.
 *
 * @see https://github.com/kyverno/kyverno/blob/v1.19.1/pkg/cel/autogen/replacement.go
 *
 * @example
 * autogenText("object.spec.containers.size() > 0", "cronjobs"); // object.spec.jobTemplate.spec.template.spec.containers.size() > 0
 */
export function autogenText(text: string, controller: PodController): string {
  const path = podPaths[controller];
  return text.replace(/(object|oldObject)\.(spec|metadata)(?!\.namespace(?![A-Za-z0-9_]))/g, `$1.${path}.$2`);
}
