import { and, divide, equal, lessThan, max, min, platformDashboardUid, predictLinear, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { byFilesystem as by, filesystem, onDisk, rootFilesystem } from "./node-filesystems.ts";

const { available, size, readOnly } = filesystem;

const bytes = 100e9;

/** A file system of a node has less than a tenth of its space left. */
export const nodeFilesystemAlmostFull: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (least) =>
  defineAlert({
    name: "NodeFilesystemAlmostFull",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: and(
      lessThan(divide(min(available, { by }), max(select(size, onDisk), { by })), least),
      equal(max(readOnly, { by }), 0),
    ),
    for: "15m",
    summary: ({ instance, mountpoint }) => `File system ${mountpoint} of ${instance} is almost full`,
    description: ({ instance, device, mountpoint }, value) =>
      `${device} at ${mountpoint} of ${instance} has ${value.percentage} of its space left.`,
    impact: "The kubelet evicts pods and deletes images soon; when it is full, nothing on the node can write.",
    runbook: {
      meaning: `Less than ${Math.round(least * 100)} % of a file system of a node is free, and it is one that can be written. The kubelet begins to delete unused images at 85 % and evicts pods when less than a tenth is left: it has not helped.`,
      impact:
        "Pods are evicted one after the other and images are pulled again. A full disk stops the container runtime, and with it every pod of the node.",
      diagnosis: [
        {
          text: "Which file systems are affected, and for how long will it last?",
          promql: lessThan(divide(min(available, { by }), max(select(size, onDisk), { by })), 1.5 * least),
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
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "less is left",
        after: "5m",
        until: "40m",
        labels: rootFilesystem,
        value: 0.8 * least,
        series: [
          series(
            available,
            disk("ext4"),
            steady(1.2 * least * bytes, "5m"),
            steady(0.8 * least * bytes, "35m"),
            steady(bytes),
          ),
          series(size, disk("ext4"), steady(bytes)),
          series(readOnly, disk("ext4"), steady(0)),
        ],
      },
    ],
    quiet: [
      {
        name: "a little more is left",
        series: [
          series(available, disk("ext4"), steady(1.25 * least * bytes)),
          series(size, disk("ext4"), steady(bytes)),
          series(readOnly, disk("ext4"), steady(0)),
        ],
      },
      {
        name: "the file system is read-only",
        series: [
          series(available, disk("ext4"), steady(0)),
          series(size, disk("ext4"), steady(bytes)),
          series(readOnly, disk("ext4"), steady(1)),
        ],
      },
      {
        name: "it is memory",
        series: [
          series(available, disk("tmpfs"), steady(0)),
          series(size, disk("tmpfs"), steady(bytes)),
          series(readOnly, disk("tmpfs"), steady(0)),
        ],
      },
    ],
  }),
);

function disk(fstype: string): typeof rootFilesystem & { readonly fstype: string } {
  return { ...rootFilesystem, fstype };
}
