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
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const available = metric("kubelet_volume_stats_available_bytes");
const capacity = metric("kubelet_volume_stats_capacity_bytes");
const by = ["namespace", "persistentvolumeclaim"] as const;
const claim = { namespace: "team-data", persistentvolumeclaim: "data-kafka-0" } as const;

/** A volume will be full within a day, if it goes on as in the last six hours. */
export const persistentVolumeFillingUp: Alert = defineAlert({
  name: "PersistentVolumeFillingUp",
  category: "storage",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(
    lessThan(divide(min(available, { by }), max(capacity, { by })), 0.15),
    lessThan(min(predictLinear(available, "6h", secondsOf("1d")), { by }), 0),
  ),
  for: "1h",
  summary: ({ namespace, persistentvolumeclaim }) =>
    `Volume ${namespace}/${persistentvolumeclaim} will be full within a day`,
  description: ({ namespace, persistentvolumeclaim }, value) =>
    `${namespace}/${persistentvolumeclaim} has ${value.percentage} of its space left and, at the pace of the last 6 hours, will be full within 24 hours.`,
  impact: "What writes to it stops when it is full: a database refuses writes, a queue refuses messages.",
  runbook: {
    meaning:
      "Less than 15 % of the volume is free, and the line through the last six hours reaches zero within a day. A volume that is merely full and does not change does not fire.",
    impact:
      "A full volume stops its writer, and most databases need room to clean up: it is much harder to recover than to prevent.",
    diagnosis: [
      {
        text: "How much is left, and how did it go over the week?",
        promql: divide(
          min(select(available, { namespace: "<namespace>", persistentvolumeclaim: "<claim>" }), { by }),
          max(select(capacity, { namespace: "<namespace>", persistentvolumeclaim: "<claim>" }), { by }),
        ),
      },
      {
        text: "Which pod writes to it?",
        command: "kubectl describe persistentvolumeclaim --namespace <namespace> <claim>",
      },
      {
        text: "What takes the space: data, logs of the database, old segments?",
        command: "kubectl exec --namespace <namespace> <pod> -- df -h",
      },
      {
        text: "Can the class grow a volume?",
        command: "kubectl get storageclass --output custom-columns=NAME:.metadata.name,EXPANDS:.allowVolumeExpansion",
      },
    ],
    mitigation: [
      {
        text: "Raise the claim's size in Git, where the class expands volumes: the file system grows while the pod runs. Look at the team's storage quota first.",
      },
      {
        text: "Shorten the retention, or delete what is not needed, with the program's own tools: never with rm below a running database.",
      },
      { text: "If a faulty writer fills it, stop the writer until there is room." },
    ],
  },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "a volume fills steadily",
      after: "63m",
      labels: claim,
      value: 0.14032,
      series: [
        series(available, claim, growing({ from: 16e9, perMinute: -16e6 })),
        series(capacity, claim, steady(100e9)),
      ],
    },
  ],
  quiet: [
    {
      name: "the volume is nearly full and does not change",
      series: [series(available, claim, steady(10e9)), series(capacity, claim, steady(100e9))],
    },
    {
      name: "it fills fast and most of it is free",
      series: [
        series(available, claim, growing({ from: 70e9, perMinute: -100e6 })),
        series(capacity, claim, steady(100e9)),
      ],
    },
    {
      name: "it will be full in two days only",
      series: [
        series(available, claim, growing({ from: 14e9, perMinute: -5e6 })),
        series(capacity, claim, steady(100e9)),
      ],
    },
  ],
});
