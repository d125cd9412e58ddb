import {
  and,
  countOf,
  equal,
  greaterThan,
  matching,
  max,
  metric,
  notEqualTo,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, missing, type Samples, series, steady } from "../alert/scenario.ts";

const operations = metric("storage_operation_duration_seconds");
const driverCalls = metric("csi_operations_seconds");
const attached = metric("kube_volumeattachment_status_attached");
const info = metric("kube_volumeattachment_info");
const source = metric("kube_volumeattachment_spec_source_persistentvolume");
const csi = "kubernetes.io/csi:ebs.csi.aws.com";
const mount = { node: "node-a", volume_plugin: csi } as const;

const driverOnNode = {
  text: "Does the driver run on that node, and what does it say?",
  command:
    "kubectl logs --namespace kube-system --selector app=ebs-csi-node --container ebs-plugin --since 30m --prefix",
} as const;

/** A node cannot mount volumes of a driver. */
export const volumeMountFailing: Alert = defineAlert({
  name: "VolumeMountFailing",
  category: "storage",
  severity: "warning",
  labels: ["node", "volume_plugin"],
  expr: greaterThan(
    sum(
      rate(
        select(countOf(operations), {
          operation_name: "volume_mount",
          status: notEqualTo("success"),
          // Secrets and ConfigMaps are volumes, too: that one is not there is their team's affair.
          volume_plugin: matching("kubernetes.io/csi:.*"),
        }),
        "10m",
      ),
      { by: ["node", "volume_plugin"] },
    ),
    0,
  ),
  for: "15m",
  summary: ({ node, volume_plugin }) => `Node ${node} cannot mount volumes of ${volume_plugin}`,
  description: ({ node, volume_plugin }) =>
    `For 15 minutes attempts to mount volumes of ${volume_plugin} on ${node} have failed.`,
  impact: "Pods with such volumes do not start on that node: databases and queues stay down after they were moved.",
  runbook: {
    meaning:
      "The kubelet asks the CSI driver on its node to stage and mount a volume, and that fails again and again: the disk does not appear, its file system is damaged, the file server does not answer, or the driver's pod on the node is not well.",
    impact: "The pods stay in ContainerCreating: their team has ContainerCreationStuck.",
    diagnosis: [
      {
        text: "Which pods, and which error?",
        command: "kubectl get events --all-namespaces --field-selector reason=FailedMount --sort-by .lastTimestamp",
      },
      {
        text: "Which calls to the driver fail, and with which code?",
        promql: sum(rate(select(countOf(driverCalls), { grpc_status_code: notEqualTo("OK") }), "10m"), {
          by: ["node", "driver_name", "method_name", "grpc_status_code"],
        }),
      },
      driverOnNode,
      {
        text: "Does the kernel complain of the disk or of its file system?",
        command:
          "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host dmesg --level err,warn",
      },
      { text: "EFS: is port 2049 open from the node to the mount target of its zone?" },
    ],
    mitigation: [
      {
        text: "One node only: restart the driver's pod there; if that does not help, cordon the node and move the pod.",
        command:
          "kubectl delete pod --namespace kube-system --selector app=ebs-csi-node --field-selector spec.nodeName=<node>",
      },
      { text: "A damaged file system: take a snapshot first; then let its owner decide on fsck or on a restore." },
      { text: "All nodes since an upgrade of the driver: go back to the previous version of the add-on." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"ebs-csi-node-.*" |~ "(?i)error"' },
  dashboard: platformDashboardUid("storage"),
  fires: [{ name: "a disk cannot be mounted", after: "6m", labels: mount, series: failing({}) }],
  quiet: [
    { name: "mounts succeed", series: failing({ status: "success" }) },
    { name: "a secret is not there", series: failing({ volume_plugin: "kubernetes.io/secret" }) },
    { name: "another operation fails", series: failing({ operation_name: "volume_unmount" }) },
  ],
});

/** A volume is to be attached to a node and is not. */
export const volumeAttachmentPending: Alert = defineAlert({
  name: "VolumeAttachmentPending",
  category: "storage",
  severity: "warning",
  labels: ["volumeattachment", "node"],
  expr: and(
    equal(max(info, { by: ["volumeattachment", "node"] }), 1),
    equal(max(attached, { by: ["volumeattachment"] }), 0),
    { on: ["volumeattachment"] },
  ),
  for: "10m",
  summary: ({ node }) => `A volume is not attached to ${node}`,
  description: ({ volumeattachment, node }) =>
    `${volumeattachment} was made more than 10 minutes ago, and its volume is still not attached to ${node}.`,
  impact: "The pod that needs it does not start.",
  runbook: {
    meaning:
      "The driver has not attached the disk: it is still attached to another machine, mostly one that was lost; the machine has as many disks as it can; or the cloud refuses.",
    impact:
      "A replica with data is down. If it was moved away from a lost node, it waits for that machine to be certainly off.",
    diagnosis: [
      {
        text: "Which volume is it, and what is the error?",
        command: "kubectl get volumeattachment <attachment> --output yaml",
      },
      {
        text: "Which volumes wait?",
        promql: and(
          max(source, { by: ["volumeattachment", "volumename"] }),
          equal(max(attached, { by: ["volumeattachment"] }), 0),
          { on: ["volumeattachment"] },
        ),
      },
      {
        text: "Where is the disk attached in the cloud?",
        command: "aws ec2 describe-volumes --volume-ids <id> --query 'Volumes[].Attachments'",
      },
      {
        text: "What does the driver's controller say?",
        command:
          "kubectl logs --namespace kube-system --selector app=ebs-csi-controller --container csi-attacher --since 30m --prefix",
      },
    ],
    mitigation: [
      {
        text: "Attached to a machine that is gone: stop or terminate that machine in the cloud, and delete its node: Kubernetes then detaches at once instead of after six minutes.",
        command: "kubectl delete node <old node>",
      },
      {
        text: "Attached to a machine that lives: its pod has not ended there; see PodTerminationStuck. Do not detach by force while it runs: two writers destroy a file system.",
      },
      { text: "Too many disks on the machine: move the pod to another one; limit the volumes of that type." },
    ],
  },
  firstQueries: {
    logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"ebs-csi-controller-.*" |= "ControllerPublishVolume"',
  },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "the disk is still elsewhere",
      after: "5m",
      until: "30m",
      labels: { volumeattachment: "csi-1a2b", node: "node-a" },
      series: attachment(missing("5m"), steady(0, "25m"), steady(1)),
    },
  ],
  quiet: [
    { name: "it is attached", series: attachment(steady(1)) },
    { name: "it is attached after a while", series: attachment(steady(0, "8m"), steady(1)) },
  ],
});

function failing(changes: Readonly<Record<string, string>>): readonly InputSeries[] {
  return [
    series<string>(
      countOf(operations),
      { ...mount, operation_name: "volume_mount", status: "fail-unknown", migrated: "false", ...changes },
      steady(0, "5m"),
      growing({ from: 0, perMinute: 1 }),
    ),
  ];
}

function attachment(...samples: Samples): readonly InputSeries[] {
  return [
    series(info, { volumeattachment: "csi-1a2b", attacher: "ebs.csi.aws.com", node: "node-a" }, steady(1)),
    series(attached, { volumeattachment: "csi-1a2b" }, ...samples),
  ];
}
