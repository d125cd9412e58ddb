import { and, divide, equal, lessThan, max, min, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";
import { byFilesystem as by, filesystem, onDisk, rootFilesystem } from "./node-filesystems.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const { inodes, freeInodes, readOnly } = filesystem;

/** A file system of a node has hardly any inodes left: no file can be made, however much space there is. */
export const nodeFilesystemFewInodes: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeFilesystemFewInodes",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: and(
      lessThan(divide(min(freeInodes, { by }), max(select(inodes, onDisk), { by })), limit),
      equal(max(readOnly, { by }), 0),
    ),
    for: "15m",
    summary: ({ instance, mountpoint }) => `File system ${mountpoint} of ${instance} is short of inodes`,
    description: ({ instance, device, mountpoint }, value) =>
      `${device} at ${mountpoint} of ${instance} has ${value.percentage} of its inodes left.`,
    impact: "At 5 % the kubelet evicts pods; without any, nothing on the node can create a file, with space left.",
    runbook: {
      meaning:
        "Each file takes an inode, and their number is fixed when an ext4 file system is made. Millions of small files use them up long before the space: a cache, a queue on disk, session files, unpacked images with many layers.",
      impact: "Programs fail with `No space left on device` while df shows space, which misleads whoever looks.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "How many are left, and since when does it fall?",
          promql: divide(
            min(select(freeInodes, { instance: "<instance>" }), { by }),
            max(select(inodes, { instance: "<instance>" }), { by }),
          ),
        },
        {
          text: "Where are the many small files?",
          command:
            "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host du --inodes -x -d 3 /var",
        },
        {
          text: "Whose volume or layer is it? The folder below /var/lib/kubelet/pods is the pod's uid.",
          command:
            "kubectl get pods --all-namespaces --output custom-columns=UID:.metadata.uid,NAMESPACE:.metadata.namespace,NAME:.metadata.name",
        },
      ],
      mitigation: [
        {
          text: "Delete the pod that has them; its emptyDir volumes and its layer go with it.",
          command: "kubectl delete pod --namespace <namespace> <pod>",
        },
        replaceNode,
        {
          text: "If it happens on all nodes, use XFS in the node class, which makes inodes as they are needed, or larger disks.",
        },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "too few are left",
        after: "5m",
        until: "40m",
        labels: rootFilesystem,
        value: (limit * 8) / 10,
        series: disk("ext4", 0, steady(5e5, "5m"), steady(limit * 8e5, "35m"), steady(9e5)),
      },
    ],
    quiet: [
      { name: "a few more are left", series: disk("ext4", 0, steady(limit * 13e5)) },
      { name: "the file system is read-only", series: disk("ext4", 1, steady(0)) },
      { name: "it is memory", series: disk("tmpfs", 0, steady(0)) },
    ],
  }),
);

function disk(fstype: string, locked: number, ...left: Samples): readonly InputSeries[] {
  const labels = { ...rootFilesystem, fstype };
  return [
    series(freeInodes, labels, ...left),
    series(inodes, labels, steady(1e6)),
    series(readOnly, labels, steady(locked)),
  ];
}
