import { and, equal, max, min, minOverTime, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { byFilesystem as by, filesystem, onDisk, rootFilesystem } from "./node-filesystems.ts";
import { nodeOfInstance } from "./node-of-instance.ts";

const { readOnly } = filesystem;
const ext4 = { ...rootFilesystem, fstype: "ext4" } as const;
const tmpfs = { ...rootFilesystem, fstype: "tmpfs" } as const;

/** A file system of a node that could be written has become read-only: its disk has failed. */
export const nodeFilesystemReadOnly: Alert = defineAlert({
  name: "NodeFilesystemReadOnly",
  category: "cluster",
  severity: "critical",
  labels: by,
  // Some file systems are read-only on purpose, such as the root of Bottlerocket: only a change counts.
  expr: and(equal(max(select(readOnly, onDisk), { by }), 1), equal(min(minOverTime(readOnly, "1d"), { by }), 0)),
  for: "2m",
  summary: ({ instance, mountpoint }) => `File system ${mountpoint} of ${instance} has become read-only`,
  description: ({ instance, device, mountpoint }) =>
    `${device} at ${mountpoint} of ${instance} could be written within the last day and cannot any more.`,
  impact: "Pods of the node cannot write, while the node may still say that it is ready and take new ones.",
  runbook: {
    meaning:
      "The kernel has seen errors of the disk or of the file system and has made it read-only to save what is there. This does not heal.",
    impact:
      "Containers cannot be created, logs are not written, and databases on the node stop. The kubelet may go on to report ready, so that new pods are placed where they cannot start.",
    diagnosis: [
      nodeOfInstance,
      {
        text: "What does the kernel say? Look for I/O errors of the device.",
        command:
          "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host dmesg --level err,warn",
      },
      { text: "Is the volume impaired? Look at the volume's status checks in the cloud's console." },
      {
        text: "Which pods with a volume run there? They are the urgent ones.",
        command: "kubectl get pods --all-namespaces --field-selector spec.nodeName=<node> --output wide",
      },
    ],
    mitigation: [
      { text: "Keep new pods away at once.", command: "kubectl cordon <node>" },
      {
        text: "Move the pods. An eviction may hang because the node cannot write; then delete the pods with force only when the machine is stopped, or a database may run twice.",
        command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data --timeout 5m",
      },
      {
        text: "Stop the machine in the cloud's console and delete the node: volumes are released and pods start elsewhere.",
        command: "kubectl delete node <node>",
      },
      {
        text: "Do not remount it for writing: what is on it may be damaged. If it held data (local volumes), escalate to the owners of the data before the machine is gone.",
      },
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "the kernel remounts it",
      after: "10m",
      labels: rootFilesystem,
      series: [series(readOnly, ext4, steady(0, "10m"), steady(1))],
    },
  ],
  quiet: [
    { name: "it has always been read-only", series: [series(readOnly, ext4, steady(1))] },
    { name: "it can be written", series: [series(readOnly, ext4, steady(0))] },
    { name: "it is memory", series: [series(readOnly, tmpfs, steady(0, "10m"), steady(1))] },
  ],
});
