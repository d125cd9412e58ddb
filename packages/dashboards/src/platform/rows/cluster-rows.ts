import {
  and,
  avg,
  count,
  divide,
  equal,
  increase,
  max,
  metric,
  min,
  noneOf,
  notEqualTo,
  type Operand,
  oneOf,
  or,
  rate,
  select,
  subtract,
  sum,
  time,
  topk,
  vector,
} from "@plinth/metrics";
import type { Panel } from "../../model/dashboard.ts";
import { dashboardLink } from "../../model/link.ts";
import { stat } from "../../model/panel.ts";
import { barGauge } from "../../model/panel-league.ts";
import { column, table } from "../../model/panel-table.ts";
import { alertList } from "../../model/panel-words.ts";
import { query } from "../../model/query.ts";
import { badAbove, badBelow } from "../../model/thresholds.ts";
import { window } from "../topic.ts";
import type { TopicRow } from "./topic-row.ts";

/** Where nothing is counted there is none of it. */
const orNone = (counted: Operand) => or(counted, vector(0));
const shareOf = (resource: string) =>
  divide(
    sum(select(metric("kube_pod_container_resource_requests"), { resource })),
    sum(select(metric("kube_node_status_allocatable"), { resource })),
  );
const shares = { unit: "percentunit", min: 0, max: 1, width: 4 } as const;
const full = badAbove({ warning: 0.8, bad: 0.95 });

const clusterNow: readonly Panel[] = [
  stat(
    "Nodes that are not ready",
    orNone(
      sum(select(metric("kube_node_status_condition"), { condition: "Ready", status: oneOf("false", "unknown") })),
    ),
    {
      unit: "short",
      decimals: 0,
      width: 4,
      legend: "nodes",
      thresholds: badAbove({ bad: 1 }),
      description: "Nodes that take no pods. The dashboard about nodes says what is wrong with them.",
      links: [dashboardLink("Nodes", "platform-nodes", { description: "Each node." })],
    },
  ),
  stat("Pods that wait", orNone(sum(select(metric("kube_pod_status_phase"), { phase: "Pending" }))), {
    unit: "short",
    decimals: 0,
    width: 4,
    legend: "pods",
    thresholds: badAbove({ warning: 1, bad: 10 }),
    description: "Pods without a node, or whose image or volume is not there yet.",
  }),
  stat("CPU requested", shareOf("cpu"), {
    ...shares,
    legend: "requested",
    thresholds: full,
    description: "Share of the nodes' processors that pods hold. Near 100 % new pods wait for a node.",
  }),
  stat("Memory requested", shareOf("memory"), {
    ...shares,
    legend: "requested",
    thresholds: full,
    description: "Share of the nodes' memory that pods hold. Near 100 % new pods wait for a node.",
  }),
  stat("Alerts that page", orNone(count(select(metric("ALERTS"), { alertstate: "firing", severity: "critical" }))), {
    unit: "short",
    decimals: 0,
    width: 4,
    legend: "alerts",
    thresholds: badAbove({ bad: 1 }),
    description: "Alerts of the severity critical that fire now.",
  }),
  stat("Warnings", orNone(count(select(metric("ALERTS"), { alertstate: "firing", severity: "warning" }))), {
    unit: "short",
    decimals: 0,
    width: 4,
    legend: "alerts",
    thresholds: badAbove({ warning: 1, bad: 20 }),
    description: "Alerts of the severity warning that fire now.",
  }),
  alertList("Open alerts", '{severity=~"critical|warning"}', {
    width: 24,
    description: "What fires in this cluster. Each leads to its runbook and its panel.",
  }),
];

const instances = { by: ["instance"] } as const;
const disks = { fstype: noneOf("tmpfs", "ramfs", "overlay", "squashfs", "iso9660", "nsfs") } as const;
const filesystems = select(metric("node_filesystem_avail_bytes"), disks);
const sizes = select(metric("node_filesystem_size_bytes"), disks);

const nodesNow: readonly Panel[] = [
  table(
    "Nodes by use",
    [
      query(
        "cpu",
        subtract(1, avg(rate(select(metric("node_cpu_seconds_total"), { mode: "idle" }), window), instances)),
      ),
      query(
        "memory",
        subtract(
          1,
          divide(
            min(metric("node_memory_MemAvailable_bytes"), instances),
            max(metric("node_memory_MemTotal_bytes"), instances),
          ),
        ),
      ),
      query("disk", max(subtract(1, divide(filesystems, sizes)), instances)),
      query(
        "load",
        divide(
          max(metric("node_load5"), instances),
          count(rate(select(metric("node_cpu_seconds_total"), { mode: "idle" }), window), instances),
        ),
      ),
    ],
    {
      unit: "percentunit",
      sortBy: "CPU",
      description:
        "How much of each machine is used: the fullest first. Load above 100 % means that processes wait for a processor.",
      columns: [
        column("Instance", { label: "instance" }),
        column("CPU", { query: "cpu" }, { thresholds: badAbove({ warning: 0.8, bad: 0.95 }) }),
        column("Load", { query: "load" }, { thresholds: badAbove({ warning: 1, bad: 2 }) }),
        column("Memory", { query: "memory" }, { thresholds: badAbove({ warning: 0.85, bad: 0.95 }) }),
        column("Fullest disk", { query: "disk" }, { thresholds: badAbove({ warning: 0.8, bad: 0.9 }) }),
      ],
    },
  ),
];

const ofPod = ["namespace", "pod"] as const;
const byPod = { by: ofPod } as const;
// cAdvisor's series without a container are the sums of a pod.
const containers = { container: notEqualTo("") } as const;
const cpuByPod = sum(rate(select(metric("container_cpu_usage_seconds_total"), containers), window), byPod);
const memoryByPod = sum(select(metric("container_memory_working_set_bytes"), containers), byPod);
const LISTED = 20;
/** Only those that the first column lists: what the table joins would otherwise bring every pod. */
const amongBusiest = (value: Operand) => and(value, topk(LISTED, cpuByPod), { on: ofPod });

const pods: readonly Panel[] = [
  table(
    "Busiest pods",
    [
      query("cpu", topk(LISTED, cpuByPod)),
      query(
        "requested",
        amongBusiest(sum(select(metric("kube_pod_container_resource_requests"), { resource: "cpu" }), byPod)),
      ),
      query("memory", amongBusiest(memoryByPod)),
      query(
        "limit",
        amongBusiest(
          divide(memoryByPod, sum(select(metric("kube_pod_container_resource_limits"), { resource: "memory" }), byPod)),
        ),
      ),
      query("restarts", amongBusiest(sum(increase(metric("kube_pod_container_status_restarts_total"), "1d"), byPod))),
    ],
    {
      unit: "short",
      sortBy: "CPU used",
      height: 10,
      description: `The ${LISTED} pods that use most CPU, in cores, with what they asked for. A pod near its memory limit is killed next.`,
      columns: [
        column("Namespace", { label: "namespace" }),
        column("Pod", { label: "pod" }),
        column("CPU used", { query: "cpu" }),
        column("CPU requested", { query: "requested" }),
        column("Memory", { query: "memory" }, { unit: "bytes" }),
        column(
          "Of its limit",
          { query: "limit" },
          { unit: "percentunit", thresholds: badAbove({ warning: 0.8, bad: 0.95 }) },
        ),
        column("Restarts in a day", { query: "restarts" }, { thresholds: badAbove({ warning: 1, bad: 5 }) }),
      ],
    },
  ),
  barGauge("Why containers wait", orNone(sum(metric("kube_pod_container_status_waiting_reason"), { by: ["reason"] })), {
    unit: "short",
    decimals: 0,
    width: 12,
    legend: "{{reason}}",
    thresholds: badAbove({ warning: 1, bad: 10 }),
    description:
      "Containers that do not run, by reason: CrashLoopBackOff starts and ends again, ImagePullBackOff has no image.",
  }),
  barGauge(
    "Why containers ended last",
    sum(equal(metric("kube_pod_container_status_last_terminated_reason"), 1), { by: ["reason"] }),
    {
      unit: "short",
      decimals: 0,
      width: 12,
      legend: "{{reason}}",
      description: "How the last run of each container ended. OOMKilled had too little memory.",
    },
  ),
];

const days = 86_400;

/** What the cluster itself is known by. */
export const clusterRows: readonly TopicRow[] = [
  { topic: "cluster", id: "now", title: "Now", panels: () => clusterNow },
  { topic: "nodes", id: "by-node", title: "Each machine", panels: () => nodesNow },
  { topic: "workloads", id: "pods", title: "Pods and containers", panels: () => pods },
  {
    topic: "storage",
    id: "fullest",
    title: "Each volume",
    panels: () => [
      table(
        "Volumes by use",
        [
          query(
            "used",
            max(divide(metric("kubelet_volume_stats_used_bytes"), metric("kubelet_volume_stats_capacity_bytes")), {
              by: ["namespace", "persistentvolumeclaim"],
            }),
          ),
          query(
            "left",
            min(metric("kubelet_volume_stats_available_bytes"), { by: ["namespace", "persistentvolumeclaim"] }),
          ),
        ],
        {
          unit: "percentunit",
          sortBy: "Used",
          description: "The fullest volumes first: a full one stops whatever writes to it.",
          columns: [
            column("Namespace", { label: "namespace" }),
            column("Claim", { label: "persistentvolumeclaim" }),
            column("Used", { query: "used" }, { thresholds: badAbove({ warning: 0.8, bad: 0.9 }) }),
            column("Left", { query: "left" }, { unit: "bytes" }),
          ],
        },
      ),
    ],
  },
  {
    topic: "certificates",
    id: "by-certificate",
    title: "Each certificate",
    panels: () => [
      table(
        "Certificates by time left",
        [
          query(
            "left",
            subtract(
              min(metric("certmanager_certificate_expiration_timestamp_seconds"), {
                by: ["namespace", "name", "issuer_name"],
              }),
              time(),
            ),
          ),
        ],
        {
          unit: "s",
          description: "When each certificate ends: below three days clients are about to refuse it.",
          columns: [
            column("Namespace", { label: "namespace" }),
            column("Certificate", { label: "name" }),
            column("Issuer", { label: "issuer_name" }),
            column("Time left", { query: "left" }, { thresholds: badBelow({ warning: 14 * days, bad: 3 * days }) }),
          ],
        },
      ),
    ],
  },
];
