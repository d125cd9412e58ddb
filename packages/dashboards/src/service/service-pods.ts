import { namespaceOf, podLabelsOf } from "@plinth/core";
import { ago, type Expression, group, type Metric, metric, multiply, type Selector, select } from "@plinth/metrics";
import type { ServiceView } from "./service-row.ts";

/** The pods of a service, among those of its namespace. */
export interface ServicePods {
  readonly namespace: string;
  /** Narrows series of the namespace's pods, or what is made of them, to those of the service. */
  readonly of: (series: Expression | Metric) => Expression;
  /** The same for a selector, as it was some time ago. */
  readonly agoOf: (series: Selector, duration: string) => Expression;
}

/** Pods are told by their label: names do not tell flagd's from flagd-ui's. */
export function servicePods({ platform, service }: Omit<ServiceView, "environment">): ServicePods {
  const namespace = namespaceOf(platform, service);
  const name = podLabelsOf(service)["app.kubernetes.io/name"] ?? service.name;
  const labelled = select(metric("kube_pod_labels"), { namespace, label_app_kubernetes_io_name: name });
  const by = ["namespace", "pod"];
  const matching = { on: by, groupLeft: [] };
  const pods = group(labelled, { by });
  return {
    namespace,
    of: (series) => multiply(series, pods, matching),
    agoOf: (series, duration) => multiply(ago(series, duration), group(ago(labelled, duration), { by }), matching),
  };
}
