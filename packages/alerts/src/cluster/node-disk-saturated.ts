import { divide, greaterThan, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, series } from "../alert/scenario.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const queued = metric("node_disk_io_time_weighted_seconds_total");
const busy = metric("node_disk_io_time_seconds_total");
const by = ["instance", "device"] as const;
const disk = { instance: "10.30.0.7:9100", device: "nvme0n1" } as const;

/** Requests queue up in front of a disk of a node. */
export const nodeDiskSaturated: Alert = defineTunableAlert({ value: 10, unit: "count" }, (limit) =>
  defineAlert({
    name: "NodeDiskSaturated",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(max(rate(queued, "5m"), { by }), limit),
    for: "30m",
    summary: ({ instance, device }) => `Disk ${device} of ${instance} does not keep up`,
    description: ({ instance, device }) =>
      `On average more than ${limit} requests have waited for ${device} of ${instance} for 30 minutes.`,
    impact: "What reads and writes there is slow: databases, image pulls, logs, and in the end the kubelet.",
    runbook: {
      meaning:
        "The queue of the disk is long, and has been for half an hour. On EBS that is nearly always the limit of the volume or of the machine type (IOPS or throughput, or burst credits that are used up), not a broken disk.",
      impact: "Latency of every read and write on that disk is the length of the queue times the time of one request.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "Is it busy all the time (1), or does a long queue of large requests come and go?",
          promql: max(rate(select(busy, { instance: "<instance>" }), "5m"), { by }),
        },
        {
          text: "How long does a request wait?",
          promql: divide(
            sum(rate(select(queued, { instance: "<instance>" }), "5m"), { by }),
            sum(rate(select(busy, { instance: "<instance>" }), "5m"), { by }),
          ),
        },
        {
          text: "Whose volume is it? Compare the device with the attached volumes.",
          command: "kubectl get volumeattachments --output wide",
        },
        {
          text: "Is a limit reached? Look at VolumeQueueLength, BurstBalance and the exceeded-checks of the volume and of the instance in the cloud's metrics.",
        },
      ],
      mitigation: [
        {
          text: "If it is a volume of a team's claim, raise its IOPS or throughput: gp3 takes it while the volume is in use, by a VolumeAttributesClass or in the cloud's console (then in Git, too).",
        },
        {
          text: "If it is the node's own disk, find the pod that writes (logs, emptyDir, image pulls) and move it; raise IOPS in the node class.",
        },
        {
          text: "If neither limit is reached and the device still hangs, treat the disk as broken.",
        },
        replaceNode,
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "the queue is longer",
        after: "4m",
        labels: disk,
        series: [series(queued, disk, growing({ from: 1e6, perMinute: limit * 60 * 1.3 }))],
      },
    ],
    quiet: [
      {
        name: "the queue is shorter",
        series: [series(queued, disk, growing({ from: 1e6, perMinute: limit * 60 * 0.8 }))],
      },
    ],
  }),
);
