import { and, divide, equal, lessThan, max, metric, min, noneOf, predictLinear, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const available = metric("node_filesystem_avail_bytes");
const size = metric("node_filesystem_size_bytes");
const readOnly = metric("node_filesystem_readonly");
// Not file systems that are memory, or a view of another one. Said once: the others are joined to these.
const onDisk = { fstype: noneOf("tmpfs", "ramfs", "overlay", "squashfs", "iso9660", "nsfs") } as const;
const by = ["instance", "device", "mountpoint"] as const;

/** A file system of a node has less than a tenth of its space left. */
export const nodeFilesystemAlmostFull: Alert = defineAlert({
  name: "NodeFilesystemAlmostFull",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: and(
    lessThan(divide(min(available, { by }), max(select(size, onDisk), { by })), 0.1),
    equal(max(readOnly, { by }), 0),
  ),
  for: "15m",
  summary: ({ instance, mountpoint }) => `File system ${mountpoint} of ${instance} is almost full`,
  description: ({ instance, device, mountpoint }, value) =>
    `${device} at ${mountpoint} of ${instance} has ${value.percentage} of its space left.`,
  impact: "The kubelet evicts pods and deletes images soon; when it is full, nothing on the node can write.",
  runbook: {
    meaning:
      "Less than a tenth of a file system of a node is free, and it is one that can be written. The kubelet begins to delete unused images at 85 % and evicts pods when less than a tenth is left: it has not helped.",
    impact:
      "Pods are evicted one after the other and images are pulled again. A full disk stops the container runtime, and with it every pod of the node.",
    diagnosis: [
      {
        text: "Which file systems are affected, and for how long will it last?",
        promql: lessThan(divide(min(available, { by }), max(select(size, onDisk), { by })), 0.15),
      },
      {
        text: "Does it grow? A negative value is full in four hours.",
        promql: min(
          predictLinear(select(available, { instance: "<instance>", mountpoint: "<mountpoint>" }), "2h", 4 * 3600),
          { by: ["mountpoint"] },
        ),
      },
      {
        text: "What takes the space? Containers' logs and writable layers lie below /var/lib, the node's own logs below /var/log.",
        command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host du -xh -d 2 /var",
      },
      {
        text: "Which pods write to their own layer or to an emptyDir?",
        command: "kubectl get --raw /api/v1/nodes/<node>/proxy/stats/summary",
      },
    ],
    mitigation: [
      {
        text: "Delete the pod that writes too much; its space is given back with it. Then ask its owner for a limit of ephemeral-storage.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      {
        text: "If it is images or old logs, drain the node and let the autoscaler replace it.",
        command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data",
      },
      {
        text: "If every node fills up, the disks are too small: raise their size in the node class and let the nodes rotate.",
      },
    ],
  },
  fires: [
    {
      name: "a twelfth is left",
      after: "5m",
      until: "40m",
      labels: { instance: "10.30.0.7:9100", device: "/dev/nvme0n1p1", mountpoint: "/" },
      value: 0.08,
      series: [
        series(available, disk("ext4"), steady(12e9, "5m"), steady(8e9, "35m"), steady(60e9)),
        series(size, disk("ext4"), steady(100e9)),
        series(readOnly, disk("ext4"), steady(0)),
      ],
    },
  ],
  quiet: [
    {
      name: "an eighth is left",
      series: [
        series(available, disk("ext4"), steady(12.5e9)),
        series(size, disk("ext4"), steady(100e9)),
        series(readOnly, disk("ext4"), steady(0)),
      ],
    },
    {
      name: "the file system is read-only",
      series: [
        series(available, disk("ext4"), steady(0)),
        series(size, disk("ext4"), steady(100e9)),
        series(readOnly, disk("ext4"), steady(1)),
      ],
    },
    {
      name: "it is memory",
      series: [
        series(available, disk("tmpfs"), steady(0)),
        series(size, disk("tmpfs"), steady(100e9)),
        series(readOnly, disk("tmpfs"), steady(0)),
      ],
    },
  ],
});

function disk(fstype: string): {
  readonly instance: string;
  readonly device: string;
  readonly mountpoint: string;
  readonly fstype: string;
} {
  return { instance: "10.30.0.7:9100", device: "/dev/nvme0n1p1", mountpoint: "/", fstype };
}
