import { parseQuantity } from "@plinth/core";
import type { Metric } from "../catalogue/metric.ts";
import type { Facts } from "./facts.ts";
import { fractionOf } from "./random.ts";
import { keyOf, type Row } from "./row.ts";
import type { Workload } from "./workloads.ts";

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** How much of something is usual: a number, or what depends on what it is about. Counters: in a second. */
type Usual = number | ((row: Row, facts: Facts) => number);

const replicas: Usual = (row, facts) => workloadOf(row, facts)?.pods.length ?? 1;
const requested =
  (share: number): Usual =>
  (row, facts) => {
    const { cpu = 0, memory = 0 } = workloadOf(row, facts) ?? {};
    return (row["resource"] === "cpu" ? cpu : memory) * share;
  };
const memoryOf =
  (share: number): Usual =>
  (row, facts) =>
    (workloadOf(row, facts)?.memory ?? 0) * share;
const perLabel =
  (label: string, table: Readonly<Record<string, number>>): Usual =>
  (row) =>
    table[row[label] ?? ""] ?? 0;
const nodeAmounts = { cpu: 7.9, memory: 30 * gibibyte, pods: 58, ephemeral_storage: 90 * gibibyte };

/** What is usual of gauges, and of counters that are no matter of taste: parts must stay smaller than their wholes. */
const usual: Readonly<Record<string, Usual>> = {
  container_cpu_usage_seconds_total: (row, facts) => (workloadOf(row, facts)?.cpu ?? 0) * 0.4,
  container_cpu_cfs_periods_total: 10,
  container_cpu_cfs_throttled_periods_total: 0.3,
  container_memory_working_set_bytes: memoryOf(0.6),
  container_memory_rss: memoryOf(0.45),
  kube_pod_container_resource_requests: requested(1),
  kube_pod_container_resource_limits: (row, facts) => amount(requested(row["resource"] === "cpu" ? 2 : 1), row, facts),
  kube_deployment_spec_replicas: replicas,
  kube_deployment_status_replicas: replicas,
  kube_deployment_status_replicas_available: replicas,
  kube_deployment_status_replicas_unavailable: 0,
  kube_deployment_status_replicas_updated: replicas,
  kube_statefulset_replicas: replicas,
  kube_statefulset_status_replicas_ready: replicas,
  kube_statefulset_status_replicas_updated: replicas,
  kube_daemonset_status_desired_number_scheduled: replicas,
  kube_daemonset_status_number_ready: replicas,
  kube_daemonset_status_current_number_scheduled: replicas,
  kube_daemonset_status_number_available: replicas,
  kube_daemonset_status_updated_number_scheduled: replicas,
  kube_daemonset_status_number_misscheduled: 0,
  kube_job_status_active: 1,
  kube_cronjob_status_active: 0,
  kube_horizontalpodautoscaler_spec_max_replicas: (row, facts) => amount(replicas, row, facts) * 2,
  kube_horizontalpodautoscaler_spec_min_replicas: 1,
  kube_horizontalpodautoscaler_status_current_replicas: replicas,
  kube_horizontalpodautoscaler_status_desired_replicas: replicas,
  kube_poddisruptionbudget_status_current_healthy: replicas,
  kube_poddisruptionbudget_status_desired_healthy: 1,
  kube_poddisruptionbudget_status_expected_pods: replicas,
  kube_poddisruptionbudget_status_pod_disruptions_allowed: 1,
  kube_node_status_allocatable: perLabel("resource", nodeAmounts),
  kube_node_status_capacity: perLabel("resource", { ...nodeAmounts, cpu: 8, memory: 32 * gibibyte }),
  kube_resourcequota: (row, facts) => hardLimit(row, facts) * (row["type"] === "used" ? 0.55 : 1),
  kube_persistentvolumeclaim_resource_requests_storage_bytes: 20 * gibibyte,
  kubelet_volume_stats_available_bytes: 9 * gibibyte,
  kubelet_volume_stats_capacity_bytes: 20 * gibibyte,
  kubelet_volume_stats_used_bytes: 11 * gibibyte,
  kubelet_volume_stats_inodes: 1_310_720,
  kubelet_volume_stats_inodes_free: 1_250_000,
  kubelet_volume_stats_inodes_used: 60_720,
  kubelet_running_pods: 22,
  kubelet_certificate_manager_client_ttl_seconds: 20 * 86_400,
  kubelet_certificate_manager_server_ttl_seconds: 26 * 86_400,
  node_cpu_seconds_total: perLabel("mode", {
    idle: 0.62,
    iowait: 0.01,
    irq: 0.005,
    nice: 0.001,
    softirq: 0.01,
    steal: 0.003,
    system: 0.07,
    user: 0.2,
  }),
  node_load1: 2.4,
  node_load5: 2.2,
  node_memory_MemTotal_bytes: 32 * gibibyte,
  node_memory_MemAvailable_bytes: 14 * gibibyte,
  node_filesystem_size_bytes: 100 * gibibyte,
  node_filesystem_avail_bytes: 43 * gibibyte,
  node_filesystem_free_bytes: 45 * gibibyte,
  node_filesystem_files: 52_428_800,
  node_filesystem_files_free: 51_900_000,
  node_network_receive_bytes_total: 3_000_000,
  node_network_transmit_bytes_total: 2_600_000,
  node_network_receive_packets_total: 4000,
  node_network_transmit_packets_total: 3600,
  node_network_receive_errs_total: 0.002,
  node_network_transmit_errs_total: 0.001,
  node_network_receive_drop_total: 0.01,
  node_network_transmit_drop_total: 0.002,
  node_disk_io_time_seconds_total: 0.12,
  node_disk_io_time_weighted_seconds_total: 0.3,
  node_nf_conntrack_entries: 21_000,
  node_nf_conntrack_entries_limit: 262_144,
  node_timex_offset_seconds: 0.000_02,
  node_timex_maxerror_seconds: 0.001,
  node_vmstat_pgmajfault: 0.4,
  apiserver_storage_size_bytes: 310 * mebibyte,
  apiserver_storage_objects: 900,
  apiserver_current_inflight_requests: 9,
  apiserver_flowcontrol_current_inqueue_requests: 1,
  alertmanager_alerts: perLabel("state", { active: 6, suppressed: 2, unprocessed: 0 }),
  alertmanager_cluster_members: 2,
  alertmanager_config_hash: 243_125_871,
  alertmanager_cluster_failed_peers: 0,
  prometheus_tsdb_head_series: 820_000,
  prometheus_rule_group_rules: 14,
  prometheus_notifications_alertmanagers_discovered: 2,
  prometheus_operator_managed_resources: perLabel("state", { selected: 40, rejected: 0 }),
  otelcol_exporter_queue_size: 90,
  otelcol_exporter_queue_capacity: 1000,
  otelcol_process_memory_rss: 140 * mebibyte,
  otelcol_process_uptime: 1,
  otelcol_loadbalancer_num_backends: 2,
  karpenter_nodepools_limit: perLabel("resource_type", { cpu: 200, memory: 800 * gibibyte, nodes: 30 }),
  karpenter_nodepools_usage: perLabel("resource_type", { cpu: 96, memory: 380 * gibibyte, nodes: 12 }),
  karpenter_scheduler_queue_depth: 1,
  node_total_hourly_cost: 0.37,
  node_cpu_hourly_cost: 0.03,
  node_ram_hourly_cost: 0.004,
  container_cpu_allocation: (row, facts) => workloadOf(row, facts)?.cpu ?? 0,
  container_memory_allocation_bytes: memoryOf(1),
  pv_hourly_cost: 0.0001,
  pilot_xds: 24,
  trivy_image_vulnerabilities: perLabel("severity", { Critical: 1, High: 4, Medium: 18, Low: 30, Unknown: 1 }),
  trivy_image_exposedsecrets: 0,
  trivy_resource_configaudits: perLabel("severity", { Critical: 0, High: 1, Medium: 3, Low: 7 }),
  workqueue_depth: 3,
  scrape_duration_seconds: 0.03,
  scrape_samples_scraped: 900,
};

/** How long half of the events of a histogram take, in its own unit. */
const medians: Readonly<Record<string, number>> = {
  istio_request_duration_milliseconds: 38,
  coredns_dns_request_duration_seconds: 0.0008,
  coredns_proxy_request_duration_seconds: 0.0015,
  argocd_app_reconcile: 0.6,
  kubelet_pod_start_sli_duration_seconds: 2.4,
  pilot_proxy_convergence_time: 0.15,
};

// Counters of what should not happen.
const rare =
  /fail|error|reject|refuse|drop|discard|broken|panic|corrupt|missed|exceeded|duplicate|out_of_order|evict|termina|throttled|full|matches|restart|backend_updates/;

/** Labels of events that went wrong, and how many of all do. */
const wrong: readonly { readonly label: string; readonly value: RegExp; readonly share: number }[] = [
  { label: "status_code", value: /^(STATUS_CODE_ERROR|5..|error)$/, share: 0.002 },
  { label: "code", value: /^[45]..$/, share: 0.002 },
  { label: "response_code", value: /^5..$/, share: 0.002 },
  { label: "http_response_status_code", value: /^5..$/, share: 0.002 },
  { label: "http_response_status_code", value: /^4..$/, share: 0.01 },
  { label: "rpc_response_status_code", value: /^(?!OK$)/, share: 0.002 },
  { label: "rpc_grpc_status_code", value: /^(?!0$)/, share: 0.002 },
  { label: "status", value: /^(4..|5..|999|fail.*|failure)$/, share: 0.01 },
  { label: "result", value: /^(fail|error|warn|skip)$/, share: 0.02 },
  { label: "rule_result", value: /^(fail|error|warn|skip)$/, share: 0.02 },
  { label: "rcode", value: /^(SERVFAIL|REFUSED|NOTIMP|FORMERR)$/, share: 0.002 },
  { label: "phase", value: /^(Failed|Error)$/, share: 0.03 },
  { label: "failed", value: /^true$/, share: 0.003 },
  { label: "success", value: /^false$/, share: 0.003 },
  { label: "request_allowed", value: /^false$/, share: 0.02 },
  { label: "grpc_status_code", value: /^(?!OK$)/, share: 0.01 },
];

/** The usual amount of a gauge. */
export function gaugeLevel(metric: Metric, row: Row, facts: Facts): number {
  const known = usual[metric.name];
  return known === undefined ? byUnit(metric) : amount(known, row, facts);
}

// Sizes and limits. Numbers of things do not move either.
const sizes =
  /(_limits?|_capacity|_capacity_bytes|_size_bytes|MemTotal_bytes|_inodes|_files|_allocatable|_requests|_requests_storage_bytes|_hash|_hourly_cost|_allocation|_allocation_bytes|resourcequota)$/;

/** True of a gauge that stays as it is. */
export function isSteady({ name }: Metric, level: number): boolean {
  return sizes.test(name) || (Number.isInteger(level) && level <= 1000);
}

/** How much a counter usually rises in a second; of a histogram, how many events there are. */
export function counterRate(metric: Metric, row: Row, facts: Facts): number {
  const known = usual[metric.name];
  if (known !== undefined) return amount(known, row, facts);
  const base = metric.type === "counter" ? perSecond(metric) : 2;
  const seldom = rare.test(metric.name) ? 0.001 : 1;
  const share = wrong.reduce((product, { label, value, share: part }) => {
    const found = row[label];
    return found !== undefined && value.test(found) ? product * part : product;
  }, 1);
  return base * seldom * share * (0.4 + 1.2 * fractionOf(`rate ${metric.source} ${keyOf(withoutParts(row))}`));
}

function perSecond({ unit }: Metric): number {
  if (unit === "bytes") return 40_000;
  return unit === "seconds" ? 0.2 : 2;
}

/** True of a counter that hardly ever rises. */
export function isRare(metric: Metric, row: Row, facts: Facts): boolean {
  return counterRate(metric, row, facts) < 0.05;
}

/** How long half of the events take. */
export function medianOf({ name }: Metric, row: Row): number {
  const usualMedian = medians[name] ?? 0.02;
  return usualMedian * (0.6 + fractionOf(`median ${name} ${keyOf(withoutParts(row))}`));
}

// Errors and successes of one thing go together.
function withoutParts(row: Row): Row {
  const { status_code: _, code: __, response_code: ___, failed: ____, ...rest } = row;
  return rest;
}

function byUnit({ unit }: Metric): number {
  return {
    seconds: 0.05,
    milliseconds: 50,
    bytes: 200 * mebibyte,
    cores: 0.2,
    ratio: 0.3,
    count: 3,
    timestamp: 0,
    boolean: 1,
    info: 1,
  }[unit];
}

function amount(known: Usual, row: Row, facts: Facts): number {
  return typeof known === "number" ? known : known(row, facts);
}

const workloadLabels = [
  "container",
  "deployment",
  "statefulset",
  "daemonset",
  "horizontalpodautoscaler",
  "poddisruptionbudget",
] as const;

const byName = new WeakMap<Facts, ReadonlyMap<string, Workload>>();

function workloadOf(row: Row, facts: Facts): Workload | undefined {
  const known = byName.get(facts) ?? new Map(facts.workloads.map((workload) => [workload.name, workload]));
  byName.set(facts, known);
  for (const label of workloadLabels) {
    const workload = known.get(row[label] ?? "");
    if (workload !== undefined) return workload;
  }
  return undefined;
}

const quotaFields = {
  "requests.cpu": "cpu",
  "requests.memory": "memory",
  "limits.memory": "memory",
  "requests.storage": "storage",
  pods: "pods",
  services: "services",
  "services.loadbalancers": "loadBalancers",
  persistentvolumeclaims: "persistentVolumeClaims",
} as const;

function hardLimit({ namespace, resource = "" }: Row, { platform, environment }: Facts): number {
  const team = platform.teams.find((candidate) => candidate.namespace === namespace);
  const quota = team?.quotas.get(environment.name);
  const field = Object.entries(quotaFields).find(([name]) => name === resource)?.[1];
  const value = quota === undefined || field === undefined ? 0 : quota[field];
  return typeof value === "number" ? value : Number(parseQuantity(value)?.nanos ?? 0n) / 1e9;
}
