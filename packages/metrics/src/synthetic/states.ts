import type { Row } from "./row.ts";

/** The label whose value says how something is, and the value that it has while all is well. */
interface State {
  readonly label: string;
  readonly well: string | ((row: Row) => string);
}

/** Metrics that say of each thing in which of some states it is: 1 for that one, 0 for all others. */
const states: Readonly<Record<string, State>> = {
  kube_pod_status_phase: { label: "phase", well: "Running" },
  kube_pod_status_ready: { label: "condition", well: "true" },
  kube_node_status_condition: { label: "status", well: ({ condition }) => (condition === "Ready" ? "true" : "false") },
  kube_deployment_status_condition: {
    label: "status",
    well: ({ condition }) => (condition === "ReplicaFailure" ? "false" : "true"),
  },
  kube_horizontalpodautoscaler_status_condition: {
    label: "status",
    well: ({ condition }) => (condition === "ScalingLimited" ? "false" : "true"),
  },
  kube_persistentvolumeclaim_status_phase: { label: "phase", well: "Bound" },
  kube_persistentvolumeclaim_status_condition: { label: "status", well: "false" },
  kube_persistentvolume_status_phase: { label: "phase", well: "Bound" },
  kube_namespace_status_phase: { label: "phase", well: "Active" },
  kube_job_failed: { label: "condition", well: "false" },
  certmanager_certificate_ready_status: { label: "condition", well: "True" },
  certmanager_clusterissuer_ready_status: { label: "condition", well: "True" },
  externalsecret_status_condition: {
    label: "status",
    well: ({ condition }) => (condition === "Ready" ? "True" : "False"),
  },
  secretstore_status_condition: { label: "status", well: "True" },
  clustersecretstore_status_condition: { label: "status", well: "True" },
  operator_nodeclaim_status_condition_count: {
    label: "status",
    well: ({ type }) => (type === "Drifted" ? "False" : "True"),
  },
  operator_nodepool_status_condition_count: { label: "status", well: "True" },
};

// Only what is in trouble has these: most things have no such series.
const sparse: ReadonlySet<string> = new Set([
  "kube_pod_status_reason",
  "kube_pod_container_status_waiting_reason",
  "kube_pod_init_container_status_waiting_reason",
  "kube_pod_container_status_terminated_reason",
  "kube_pod_container_status_last_terminated_reason",
]);

// 0 while all is well.
const badWhenTrue: ReadonlySet<string> = new Set([
  "kube_pod_status_unschedulable",
  "kube_pod_container_status_waiting",
  "kube_pod_init_container_status_running",
  "kube_node_spec_unschedulable",
  "kube_cronjob_spec_suspend",
  "node_filesystem_readonly",
  "aggregator_unavailable_apiservice",
]);

/** Where a thing stands among its like: one in about a dozen is in trouble, one at least where there are several. */
export interface Standing {
  readonly index: number;
  readonly count: number;
}

/** Which trouble a thing has: 1 for the first one in trouble, and so on; 0 for most. */
export function troubleOf({ index, count }: Standing): number {
  const troubled = count < 3 ? 0 : Math.max(1, Math.floor(count / 12));
  return index >= count - troubled ? count - index : 0;
}

/** Says that only what is in trouble has the metric. */
export function isSparse(metric: string): boolean {
  return sparse.has(metric);
}

/** Whether the thing has this one of the troubles: those in trouble have one each. */
export function isThere(variant: number, standing: Standing): boolean {
  const troubled = Math.max(1, Math.floor(standing.count / 12));
  return standing.index === standing.count - 1 - (variant % troubled);
}

/** The value of something that is 0 or 1. */
export function stateValue(metric: string, row: Row, standing: Standing, variants: readonly Row[]): number {
  const trouble = troubleOf(standing);
  const state = states[metric];
  if (state === undefined) {
    if (sparse.has(metric)) return 1;
    return badWhenTrue.has(metric) === trouble > 0 ? 1 : 0;
  }
  const { label, well } = state;
  const usual = typeof well === "string" ? well : well(row);
  const others = [...new Set(variants.map((variant) => variant[label] ?? ""))].filter((value) => value !== usual);
  const actual = trouble === 0 ? usual : (others[(trouble - 1) % others.length] ?? usual);
  return row[label] === actual ? 1 : 0;
}
