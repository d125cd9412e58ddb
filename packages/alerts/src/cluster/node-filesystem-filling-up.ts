import {
  and,
  divide,
  equal,
  lessThan,
  max,
  min,
  platformDashboardUid,
  predictLinear,
  secondsOf,
  select,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, type SampleStretch, series, steady } from "../alert/scenario.ts";
import { byFilesystem as by, filesystem, onDisk, rootFilesystem } from "./node-filesystems.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const { available, size, readOnly } = filesystem;

/** A file system of a node will be full within a day, if it goes on as in the last six hours. */
export const nodeFilesystemFillingUp: Alert = defineAlert({
  name: "NodeFilesystemFillingUp",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: and(
    and(
      // The kubelet deletes images only at 85 %: before that, a line that falls says nothing.
      lessThan(divide(min(available, { by }), max(select(size, onDisk), { by })), 0.4),
      lessThan(min(predictLinear(available, "6h", secondsOf("1d")), { by }), 0),
    ),
    equal(max(readOnly, { by }), 0),
  ),
  for: "1h",
  summary: ({ instance, mountpoint }) => `File system ${mountpoint} of ${instance} will be full within a day`,
  description: ({ instance, device, mountpoint }, value) =>
    `${device} at ${mountpoint} of ${instance} has ${value.percentage} of its space left and, at the pace of the last 6 hours, will be full within 24 hours.`,
  impact: "Not yet any. Without a change the kubelet deletes images and then evicts pods within a day.",
  runbook: {
    meaning:
      "The line through the last six hours reaches zero within a day, and less than 40 % is free. Something writes steadily: logs of a container, an emptyDir volume, core dumps, or images that nobody deletes yet.",
    impact:
      "There is time, until NodeFilesystemAlmostFull: at 15 % left of the images' file system the kubelet deletes images, at 10 % of its own it evicts pods.",
    diagnosis: [
      nodeOfInstance,
      {
        text: "How fast does it go? The space that is left over the last days tells a slow leak from a burst.",
        promql: divide(
          min(select(available, { instance: "<instance>", mountpoint: "<mountpoint>" }), { by }),
          max(select(size, { instance: "<instance>", mountpoint: "<mountpoint>" }), { by }),
        ),
      },
      {
        text: "Which pods write to their layer, their logs or an emptyDir? Look for ephemeral-storage.",
        command: "kubectl get --raw /api/v1/nodes/<node>/proxy/stats/summary",
      },
      {
        text: "Or the system itself?",
        command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host du -xh -d 2 /var",
      },
    ],
    mitigation: [
      {
        text: "Find the writer and tell its team: logs belong to stdout, scratch files into an emptyDir with sizeLimit, and each container has a limit of ephemeral-storage.",
      },
      {
        text: "If it will not wait until the morning, delete that pod; its space is given back.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      replaceNode,
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "a disk fills steadily",
      after: "1m",
      labels: rootFilesystem,
      value: 0.3717,
      series: disk("ext4", growing({ from: 39e9, perMinute: -30e6 })),
    },
  ],
  quiet: [
    { name: "it fills as fast and half is left", series: disk("ext4", growing({ from: 75e9, perMinute: -60e6 })) },
    { name: "it will be full in three days", series: disk("ext4", growing({ from: 39e9, perMinute: -9e6 })) },
    { name: "it is full and does not change", series: disk("ext4", steady(12e9)) },
    { name: "it is memory", series: disk("tmpfs", growing({ from: 39e9, perMinute: -30e6 })) },
    { name: "it is read-only", series: disk("ext4", growing({ from: 39e9, perMinute: -30e6 }), 1) },
  ],
});

function disk(fstype: string, left: SampleStretch, locked = 0): readonly InputSeries[] {
  const labels = { ...rootFilesystem, fstype };
  return [
    series(available, labels, left),
    series(size, labels, steady(100e9)),
    series(readOnly, labels, steady(locked)),
  ];
}
