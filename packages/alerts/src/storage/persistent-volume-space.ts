import {
  and,
  divide,
  lessThan,
  max,
  metric,
  min,
  platformDashboardUid,
  predictLinear,
  secondsOf,
  select,
} from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, type SampleStretch, series, steady } from "../alert/scenario.ts";

const available = metric("kubelet_volume_stats_available_bytes");
const capacity = metric("kubelet_volume_stats_capacity_bytes");
const inodes = metric("kubelet_volume_stats_inodes");
const freeInodes = metric("kubelet_volume_stats_inodes_free");
const by = ["namespace", "persistentvolumeclaim"] as const;
const claim = { namespace: "team-data", persistentvolumeclaim: "data-kafka-0" } as const;
const left = divide(min(available, { by }), max(capacity, { by }));

const course = {
  text: "How much is left, and how did it go over the week?",
  promql: divide(
    min(select(available, { namespace: "<namespace>", persistentvolumeclaim: "<claim>" }), { by }),
    max(select(capacity, { namespace: "<namespace>", persistentvolumeclaim: "<claim>" }), { by }),
  ),
} as const;

const mounting = {
  text: "Which pod mounts it, and may its class grow?",
  command: "kubectl describe persistentvolumeclaim --namespace <namespace> <claim>",
} as const;

const grow: Runbook["mitigation"][number] = {
  text: "Raise the claim's size in Git, where the class expands volumes: the file system grows while the pod runs. An EBS volume can be changed once in six hours: choose a size that lasts. Look at the team's storage quota first.",
  command: "kubectl get storageclass --output custom-columns=NAME:.metadata.name,EXPANDS:.allowVolumeExpansion",
};

/** A volume is all but full. */
export const persistentVolumeAlmostFull: Alert = defineTunableAlert({ value: 0.03, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "PersistentVolumeAlmostFull",
    category: "storage",
    severity: "critical",
    owner: "namespace",
    labels: by,
    expr: lessThan(left, limit),
    for: "5m",
    summary: ({ namespace, persistentvolumeclaim }) => `Volume ${namespace}/${persistentvolumeclaim} is all but full`,
    description: ({ namespace, persistentvolumeclaim }, value) =>
      `${namespace}/${persistentvolumeclaim} has ${value.percentage} of its space left.`,
    impact: "The next write may fail: a database stops or becomes read-only, a queue refuses messages.",
    runbook: {
      meaning:
        "Hardly anything is left in the volume, whether it still fills or not. PersistentVolumeFillingUp should have come before, unless it filled within an hour.",
      impact: "Databases that have run full are hard to start again: they need room to recover. Act before that.",
      diagnosis: [
        course,
        mounting,
        {
          text: "What takes the space: data, write-ahead logs that nobody archives, old segments, a dump that somebody left?",
          command: "kubectl exec --namespace <namespace> <pod> -- du -x -d 2 <mount path>",
        },
      ],
      mitigation: [
        grow,
        {
          text: "If it cannot grow now, delete what can be made again, with the program's own tools: old segments by retention, dumps, logs. Never with rm below a running database.",
        },
        {
          text: "Write-ahead logs that pile up belong to a replica or an archive that does not take them: repair that, do not delete them.",
        },
        {
          text: "If it has run full already, wake whoever owns the data; stop the writers, grow the volume, then start the database alone.",
        },
      ],
    },
    firstQueries: { logs: '{k8s_namespace_name="<namespace>"} |= "No space left on device"' },
    dashboard: platformDashboardUid("storage"),
    fires: [
      {
        name: "hardly anything is left",
        after: "5m",
        until: "30m",
        labels: claim,
        value: limit * 0.75,
        series: volume(steady(50e9, "5m"), steady(100e9 * limit * 0.75, "25m"), steady(50e9)),
      },
    ],
    quiet: [{ name: "a little more is left", series: volume(steady(100e9 * limit * 1.5)) }],
  }),
);

/** A volume will be full within four days, if it goes on as in the last six hours. */
export const persistentVolumeFullInFourDays: Alert = defineAlert({
  name: "PersistentVolumeFullInFourDays",
  category: "storage",
  severity: "info",
  owner: "namespace",
  labels: by,
  expr: and(lessThan(left, 0.3), lessThan(min(predictLinear(available, "6h", secondsOf("4d")), { by }), 0)),
  for: "1h",
  summary: ({ namespace, persistentvolumeclaim }) =>
    `Volume ${namespace}/${persistentvolumeclaim} will be full within four days`,
  description: ({ namespace, persistentvolumeclaim }, value) =>
    `${namespace}/${persistentvolumeclaim} has ${value.percentage} of its space left and, at the pace of the last 6 hours, will be full within four days.`,
  impact: "None yet: there is time to act by daylight.",
  runbook: {
    meaning:
      "Less than 30 % is free, and the line through the last six hours reaches zero within four days. PersistentVolumeFillingUp warns when it is one day.",
    impact: "None, if somebody acts within the week.",
    diagnosis: [
      course,
      mounting,
      {
        text: "Is it growth (more users, longer retention) or a fault (logs that are not rotated, a clean-up that does not run)?",
        command: "kubectl get cronjobs --namespace <namespace>",
      },
    ],
    mitigation: [grow, { text: "Shorten the retention, or repair the clean-up, if the data is not needed." }],
  },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "it fills slowly",
      after: "1m",
      labels: claim,
      value: 0.2839,
      series: volume(growing({ from: 29e9, perMinute: -10e6 })),
    },
  ],
  quiet: [
    { name: "it fills as slowly and half is free", series: volume(growing({ from: 55e9, perMinute: -12e6 })) },
    { name: "it will be full in ten days", series: volume(growing({ from: 29e9, perMinute: -2e6 })) },
    { name: "it does not change", series: volume(steady(20e9)) },
  ],
});

/** A volume is short of inodes: no file can be made, however much space there is. */
export const persistentVolumeFewInodes: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "PersistentVolumeFewInodes",
    category: "storage",
    severity: "warning",
    owner: "namespace",
    labels: by,
    // A file system without a number of inodes, such as EFS, has 0 of 0: that is not less than anything.
    expr: lessThan(divide(min(freeInodes, { by }), max(inodes, { by })), limit),
    for: "15m",
    summary: ({ namespace, persistentvolumeclaim }) =>
      `Volume ${namespace}/${persistentvolumeclaim} is short of inodes`,
    description: ({ namespace, persistentvolumeclaim }, value) =>
      `${namespace}/${persistentvolumeclaim} has ${value.percentage} of its inodes left.`,
    impact: "Without any, no file can be created, though there is space: writers fail as if the volume were full.",
    runbook: {
      meaning:
        "Each file takes an inode, and ext4 fixes their number when the file system is made. The volume holds very many small files.",
      impact: "Programs report `No space left on device` while df shows space.",
      diagnosis: [
        {
          text: "How many are left?",
          promql: divide(
            min(select(freeInodes, { namespace: "<namespace>" }), { by }),
            max(select(inodes, { namespace: "<namespace>" }), { by }),
          ),
        },
        {
          text: "Where are the files?",
          command: "kubectl exec --namespace <namespace> <pod> -- du --inodes -x -d 3 <mount path>",
        },
        mounting,
      ],
      mitigation: [
        { text: "Delete what is not needed, with the program's own tools: sessions, caches, old segments." },
        {
          text: "Growing the volume brings inodes in proportion.",
          ...(grow.command === undefined ? {} : { command: grow.command }),
        },
        {
          text: "For the next volume choose XFS in the StorageClass (csi.storage.k8s.io/fstype): it makes inodes as they are needed.",
        },
      ],
    },
    dashboard: platformDashboardUid("storage"),
    fires: [
      {
        name: "too few are left",
        after: "5m",
        until: "40m",
        labels: claim,
        value: limit * 0.75,
        series: [
          series(freeInodes, claim, steady(5e5, "5m"), steady(limit * 7.5e5, "35m"), steady(9e5)),
          series(inodes, claim, steady(1e6)),
        ],
      },
    ],
    quiet: [
      {
        name: "a few more are left",
        series: [series(freeInodes, claim, steady(limit * 1.5e6)), series(inodes, claim, steady(1e6))],
      },
      {
        name: "the file system has no number of inodes",
        series: [series(freeInodes, claim, steady(0)), series(inodes, claim, steady(0))],
      },
    ],
  }),
);

function volume(...free: readonly SampleStretch[]): readonly InputSeries[] {
  return [series(available, claim, ...free), series(capacity, claim, steady(100e9))];
}
