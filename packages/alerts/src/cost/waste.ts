import {
  ago,
  and,
  divide,
  equal,
  greaterThan,
  lessThan,
  max,
  maxOverTime,
  metric,
  notEqualTo,
  oneOf,
  platformDashboardUid,
  rate,
  select,
  sum,
  unless,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, missing, type Samples, series, steady } from "../alert/scenario.ts";
import { stateHolds } from "../conditions/state.ts";

const requested = metric("kube_pod_container_resource_requests");
const allocatable = metric("kube_node_status_allocatable");
const used = metric("container_cpu_usage_seconds_total");
const volumes = metric("kube_persistentvolume_status_phase");
const claims = metric("kube_persistentvolumeclaim_status_phase");
const mounts = metric("kube_pod_spec_volumes_persistentvolumeclaims_info");
const dashboard = platformDashboardUid("cost");
const pod = { namespace: "team-backend", pod: "checkout-1", container: "checkout" } as const;

const cluster = (share: number, cores: number): readonly InputSeries[] => [
  series(requested, { ...pod, node: "node-a", resource: "cpu", unit: "core" }, steady(cores * share)),
  series(requested, { ...pod, node: "node-a", resource: "memory", unit: "byte" }, steady(cores * 900)),
  series(allocatable, { node: "node-a", resource: "cpu", unit: "core" }, steady(cores)),
  series(allocatable, { node: "node-a", resource: "memory", unit: "byte" }, steady(cores * 90_000)),
];

/** Most of the cluster is not asked for. */
export const clusterIdle: Alert = defineTunableAlert({ value: 0.4, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "ClusterIdle",
    category: "cost",
    severity: "info",
    labels: [],
    expr: and(
      lessThan(
        divide(sum(select(requested, { resource: "cpu" })), sum(select(allocatable, { resource: "cpu" }))),
        limit,
      ),
      // A cluster that stands at its minimum cannot be smaller.
      greaterThan(sum(select(allocatable, { resource: "cpu" })), 16),
    ),
    for: "12h",
    summary: "Most of the cluster is not asked for",
    description: (_, value) => `Pods have requested only ${value.percentage} of the processors for 12 hours.`,
    impact: "Nodes are paid for that nobody needs.",
    dashboard,
    runbook: {
      meaning:
        "The nodes offer much more than pods request, by day and by night. Nodes are not given back: pods that must not be moved hold them, or the smallest group is too large.",
      impact:
        "None for users. Nodes are paid for that nobody asks for: the autoscaler does not take them away, or is not allowed to.",
      diagnosis: [
        { text: "Which nodes are empty?", promql: sum(select(requested, { resource: "cpu" }), { by: ["node"] }) },
        {
          text: "Why are they not given back?",
          command: "kubectl get events --all-namespaces --field-selector reason=DisruptionBlocked",
        },
        {
          text: "Which budgets allow no disruption?",
          promql: equal(
            max(metric("kube_poddisruptionbudget_status_pod_disruptions_allowed"), {
              by: ["namespace", "poddisruptionbudget"],
            }),
            0,
          ),
        },
      ],
      mitigation: [
        { text: "Set consolidationPolicy to WhenEmptyOrUnderutilized." },
        { text: "Correct budgets that can never allow anything: minAvailable equal to the replicas." },
        { text: "Lower the minimum of fixed node groups." },
      ],
    },
    fires: [
      {
        name: "a little less is requested than should be",
        labels: {},
        value: limit * 0.8,
        series: cluster(limit * 0.8, 20),
      },
    ],
    quiet: [
      { name: "enough is requested", series: cluster(limit * 1.1, 20) },
      { name: "the cluster is small", series: cluster(limit * 0.5, 12) },
    ],
  }),
);

const using = (share: number, cores: number): readonly InputSeries[] => [
  series(used, pod, growing({ from: 0, perMinute: 60 * cores * share })),
  series(
    used,
    { namespace: "team-backend", pod: "checkout-1", container: "" },
    growing({ from: 0, perMinute: 6_000 * cores }),
  ),
  series(requested, { ...pod, node: "node-a", resource: "cpu", unit: "core" }, steady(cores)),
  series(requested, { ...pod, node: "node-a", resource: "memory", unit: "byte" }, steady(cores * 9_000)),
];

/** A namespace uses little of what it requests. */
export const namespaceOverRequested: Alert = defineTunableAlert({ value: 0.15, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NamespaceOverRequested",
    category: "cost",
    severity: "info",
    owner: "namespace",
    labels: ["namespace"],
    expr: and(
      lessThan(
        divide(
          // The series without a container is the sum of the pod.
          sum(rate(select(used, { container: notEqualTo("") }), "1h"), { by: ["namespace"] }),
          sum(select(requested, { resource: "cpu" }), { by: ["namespace"] }),
          { on: ["namespace"] },
        ),
        limit,
      ),
      greaterThan(sum(select(requested, { resource: "cpu" }), { by: ["namespace"] }), 4),
    ),
    for: "12h",
    summary: ({ namespace }) => `${namespace} uses little of what it requests`,
    description: ({ namespace }, value) =>
      `${namespace} has used only ${value.percentage} of the processors that it requests, for 12 hours.`,
    impact: "The room is paid for, and no other pod may have it.",
    dashboard,
    runbook: {
      meaning:
        "Requests keep room free on nodes, used or not. For half a day, peaks of an hour included, hardly any of it was used.",
      impact: "Other teams wait for nodes, and all pay for them.",
      diagnosis: [
        {
          text: "Which pods use how much?",
          promql: sum(rate(select(used, { namespace: "<namespace>", container: notEqualTo("") }), "1h"), {
            by: ["pod"],
          }),
        },
        {
          text: "And request?",
          promql: sum(select(requested, { namespace: "<namespace>", resource: "cpu" }), { by: ["pod"] }),
        },
        { text: "Are they meant for peaks that come once a month? Then say so in the model." },
      ],
      mitigation: [
        { text: "Set requests to the 95th percentile of a week's use; leave limits of memory as they are." },
        { text: "Use fewer replicas and an autoscaler instead of room for the peak." },
      ],
    },
    fires: [
      {
        name: "it uses a little less than it should",
        after: "1m",
        labels: { namespace: "team-backend" },
        value: limit * 0.8,
        series: using(limit * 0.8, 6),
      },
    ],
    quiet: [
      { name: "it uses enough", series: using(limit * 1.1, 6) },
      { name: "it requests little", series: using(limit * 0.5, 3) },
    ],
  }),
);

/** A volume belongs to nobody. */
export const persistentVolumeOrphaned: Alert = defineAlert({
  ...stateHolds({
    metric: volumes,
    where: { phase: oneOf("Released", "Available") },
    object: { persistentvolume: "pvc-0a1b2c" },
    sample: { phase: "Released" },
    unlike: [{ phase: "Bound" }],
  }),
  name: "PersistentVolumeOrphaned",
  category: "cost",
  severity: "info",
  // Released volumes are kept on purpose for a while: they are the last way back.
  for: "2h",
  summary: ({ persistentvolume }) => `Volume ${persistentvolume} belongs to nobody`,
  description: ({ persistentvolume }) => `No claim is bound to ${persistentvolume}, and nothing deletes it.`,
  impact: "The disk is paid for.",
  dashboard,
  runbook: {
    meaning:
      "The claim was deleted and the volume kept (reclaim policy Retain), or a volume was made that no claim wants.",
    impact: "None. It may be the only copy of somebody's data.",
    diagnosis: [
      {
        text: "Whose was it?",
        command:
          "kubectl get persistentvolume <persistentvolume> --output jsonpath='{.spec.claimRef.namespace}/{.spec.claimRef.name}'",
      },
      { text: "Are there more?", promql: sum(volumes, { by: ["phase"] }) },
      { text: "Is it in a backup?", command: "velero backup get" },
    ],
    mitigation: [
      {
        text: "Ask the team that it was. Only then delete it, and the cloud's disk behind it: with Retain that is not done by itself.",
      },
      { text: "To use it again, remove spec.claimRef.uid and bind a new claim to it by volumeName." },
    ],
  },
});

const claim = { namespace: "team-data", persistentvolumeclaim: "old-export" } as const;
const by = ["namespace", "persistentvolumeclaim"] as const;
/** The pod is gone for a little less than two days. */
const mountedAgain: Samples = [steady(1, "60m"), missing("2870m"), steady(1)];

/** A claim that has been bound from the start. */
const bound = (...other: readonly InputSeries[]): readonly InputSeries[] => [
  series(claims, { ...claim, phase: "Bound" }, steady(1)),
  series(claims, { ...claim, phase: "Pending" }, steady(0)),
  ...other,
];

/** A claim that no pod mounts. */
export const persistentVolumeClaimUnused: Alert = defineAlert({
  name: "PersistentVolumeClaimUnused",
  category: "cost",
  severity: "info",
  owner: "namespace",
  labels: by,
  // Bound for two days, and not mounted since: a claim that has just been made waits for its pod.
  expr: unless(
    equal(max(ago(select(claims, { phase: "Bound" }), "2d"), { by }), 1),
    max(maxOverTime(mounts, "2d"), { by }),
  ),
  for: "1h",
  summary: ({ namespace, persistentvolumeclaim }) => `No pod uses the claim ${namespace}/${persistentvolumeclaim}`,
  description: ({ namespace, persistentvolumeclaim }) =>
    `No pod has mounted ${namespace}/${persistentvolumeclaim} for 2 days.`,
  impact: "The disk is paid for.",
  dashboard,
  runbook: {
    meaning:
      "The claim is bound to a disk and nobody mounts it: what is left of a StatefulSet that was scaled down or removed, most often. A Job that runs once a week brings it up, too: then leave it.",
    impact:
      "None for users. The volume is paid for each month, and whoever finds it in a year no longer knows whether it may go.",
    diagnosis: [
      {
        text: "Whose is it? Labels and the name of a StatefulSet's template say so.",
        command: "kubectl describe persistentvolumeclaim --namespace <namespace> <persistentvolumeclaim>",
      },
      {
        text: "How large?",
        promql: max(metric("kube_persistentvolumeclaim_resource_requests_storage_bytes"), {
          by: ["namespace", "persistentvolumeclaim"],
        }),
      },
      { text: "Does Git still have it?", command: "argocd app resources <app> | grep PersistentVolumeClaim" },
    ],
    mitigation: [
      { text: "Take a snapshot if the data may be needed, then take the claim out of Git." },
      {
        text: "For StatefulSets set persistentVolumeClaimRetentionPolicy.whenScaled to Delete where the data can be made again.",
      },
    ],
  },
  fires: [{ name: "nobody mounts it", after: "2880m", labels: claim, series: bound() }],
  quiet: [
    {
      name: "a pod mounts it again in time",
      series: bound(series(mounts, { ...claim, pod: "export-1", volume: "data" }, ...mountedAgain)),
    },
    {
      name: "it is not bound yet",
      series: [
        series(claims, { ...claim, phase: "Bound" }, steady(0)),
        series(claims, { ...claim, phase: "Pending" }, steady(1)),
      ],
    },
  ],
});
