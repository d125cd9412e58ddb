import { and, equal, max, metric, oneOf, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const phase = metric("kube_persistentvolumeclaim_status_phase");
const mounts = metric("kube_pod_spec_volumes_persistentvolumeclaims_info");
const condition = metric("kube_persistentvolumeclaim_status_condition");
const by = ["namespace", "persistentvolumeclaim"] as const;
const claim = { namespace: "team-data", persistentvolumeclaim: "data-kafka-0" } as const;
const mounted = series(mounts, { ...claim, pod: "kafka-0", volume: "data" }, steady(1));

const describeClaim = "kubectl describe persistentvolumeclaim --namespace <namespace> <claim>";

/** A pod wants a volume, and its claim gets none. */
export const persistentVolumeClaimPending: Alert = defineAlert({
  name: "PersistentVolumeClaimPending",
  category: "storage",
  severity: "warning",
  owner: "namespace",
  labels: by,
  // A claim that no pod mounts waits by design, where its class binds with the first consumer.
  expr: and(equal(max(select(phase, { phase: "Pending" }), { by }), 1), equal(max(mounts, { by }), 1)),
  for: "15m",
  summary: ({ namespace, persistentvolumeclaim }) => `Claim ${namespace}/${persistentvolumeclaim} gets no volume`,
  description: ({ namespace, persistentvolumeclaim }) =>
    `A pod mounts ${namespace}/${persistentvolumeclaim}, and the claim has been without a volume for 15 minutes.`,
  impact: "The pod does not start; a StatefulSet makes no further replica.",
  runbook: {
    meaning:
      "The driver has made no volume: the class does not exist, the driver may not or cannot (a quota, a key, a zone), or the pod itself has no node yet, so that nobody knows in which zone the volume must be.",
    impact: "A new replica is missing. Existing data is not affected.",
    diagnosis: [
      {
        text: "What does the provisioner say? ProvisioningFailed and why, or `waiting for first consumer`.",
        command: describeClaim,
      },
      { text: "Is there such a class?", command: "kubectl get storageclass" },
      {
        text: "Does the pod have a node? If not, PodUnschedulable is the cause, not the effect.",
        command: "kubectl get pods --namespace <namespace> --output wide",
      },
      {
        text: "What does the driver's controller say?",
        command:
          "kubectl logs --namespace kube-system --selector app=ebs-csi-controller --container csi-provisioner --since 30m --prefix",
      },
    ],
    mitigation: [
      {
        text: "A class that is not there or is misspelt: correct it in Git; the claim must be deleted and made again, it is empty.",
      },
      { text: "VolumeLimitExceeded or another quota of the account: the platform's team has it raised." },
      { text: "If several namespaces show it, the driver is down or lacks a permission: tell the platform's team." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"ebs-csi-controller-.*" |= "<claim>"' },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "no volume is made",
      after: "5m",
      until: "30m",
      labels: claim,
      series: [mounted, series(phase, { ...claim, phase: "Pending" }, steady(0, "5m"), steady(1, "25m"), steady(0))],
    },
  ],
  quiet: [
    { name: "no pod mounts it", series: [series(phase, { ...claim, phase: "Pending" }, steady(1))] },
    {
      name: "it has a volume",
      series: [
        mounted,
        series(phase, { ...claim, phase: "Pending" }, steady(0)),
        series(phase, { ...claim, phase: "Bound" }, steady(1)),
      ],
    },
  ],
});

/** The volume of a claim is gone. */
export const persistentVolumeClaimLost: Alert = defineAlert({
  name: "PersistentVolumeClaimLost",
  category: "storage",
  severity: "critical",
  owner: "namespace",
  labels: by,
  expr: equal(max(select(phase, { phase: "Lost" }), { by }), 1),
  for: "5m",
  summary: ({ namespace, persistentvolumeclaim }) =>
    `The volume of claim ${namespace}/${persistentvolumeclaim} is gone`,
  description: ({ namespace, persistentvolumeclaim }) =>
    `The PersistentVolume to which ${namespace}/${persistentvolumeclaim} was bound does not exist any more.`,
  impact: "The next pod that mounts it does not start, and the data may be lost.",
  runbook: {
    meaning:
      "Somebody or something has deleted the PersistentVolume while the claim was bound to it. A pod that has it mounted may go on writing until it ends. With the reclaim policy Retain the disk itself is still there.",
    impact: "One copy of the data is at risk; with a single replica, all of it.",
    diagnosis: [
      { text: "Which volume was it?", command: describeClaim },
      {
        text: "Is the disk still there? Look for the tag kubernetes.io/created-for/pvc/name.",
        command: "aws ec2 describe-volumes --filters Name=tag:kubernetes.io/created-for/pvc/name,Values=<claim>",
      },
      { text: "Who deleted it? The audit log has the deletion of the PersistentVolume." },
      {
        text: "Does a pod still write?",
        promql: max(select(mounts, { namespace: "<namespace>" }), { by: ["pod", "persistentvolumeclaim"] }),
      },
    ],
    mitigation: [
      { text: "Do not restart or delete the pod that has it mounted. Take a backup from inside, if it still runs." },
      {
        text: "If the disk is there, make the PersistentVolume again by hand with its id, with claimRef set to the claim, and delete the claim's annotation pv.kubernetes.io/bind-completed: it binds again.",
      },
      { text: "If it is gone, restore the last snapshot or backup into a new claim." },
      {
        text: "Wake whoever owns the data. Stop what deletes volumes (a script, a wrong prune) before anything else is lost.",
      },
    ],
  },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "its volume was deleted",
      after: "5m",
      until: "25m",
      labels: claim,
      series: [
        series(phase, { ...claim, phase: "Lost" }, steady(0, "5m"), steady(1, "20m"), steady(0)),
        series(phase, { ...claim, phase: "Bound" }, steady(1, "5m"), steady(0, "20m"), steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "it has its volume",
      series: [
        series(phase, { ...claim, phase: "Lost" }, steady(0)),
        series(phase, { ...claim, phase: "Bound" }, steady(1)),
      ],
    },
  ],
});

/** A volume was to grow and has not. */
export const volumeResizeFailing: Alert = defineAlert({
  name: "VolumeResizeFailing",
  category: "storage",
  severity: "warning",
  owner: "namespace",
  labels: [...by, "type"],
  expr: equal(
    max(
      select(condition, {
        type: oneOf("FileSystemResizePending", "ControllerResizeError", "NodeResizeError"),
        status: "true",
      }),
      { by: [...by, "type"] },
    ),
    1,
  ),
  for: "30m",
  summary: ({ namespace, persistentvolumeclaim, type }) =>
    `Volume ${namespace}/${persistentvolumeclaim} does not grow: ${type}`,
  description: ({ namespace, persistentvolumeclaim, type }) =>
    `${namespace}/${persistentvolumeclaim} was to become larger, and for 30 minutes its condition ${type} has held.`,
  impact: "The space that was asked for is not there: a volume that was about to be full still is.",
  runbook: {
    meaning:
      "ControllerResizeError: the cloud refuses, mostly because the volume was changed within the last six hours. NodeResizeError: the file system could not be grown. FileSystemResizePending: the disk is larger, and the file system waits for a pod that mounts it.",
    impact: "None for what is there.",
    diagnosis: [
      { text: "Why? VolumeModificationRateExceeded, or an error of the file system.", command: describeClaim },
      {
        text: "What does the driver say?",
        command:
          "kubectl logs --namespace kube-system --selector app=ebs-csi-controller --container csi-resizer --since 1h --prefix",
      },
      {
        text: "Is it mounted?",
        promql: max(select(mounts, { namespace: "<namespace>" }), { by: ["pod", "persistentvolumeclaim"] }),
      },
    ],
    mitigation: [
      { text: "VolumeModificationRateExceeded: it goes on by itself when six hours are over; free space until then." },
      {
        text: "FileSystemResizePending: start a pod that mounts it; where the driver cannot grow a mounted file system, restart the pod.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      {
        text: "A size that the cloud does not give: lower the request in Git to one that it does, above the old one; Kubernetes lets a failed expansion be lowered.",
      },
    ],
  },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "the cloud refuses",
      after: "5m",
      until: "50m",
      labels: { ...claim, type: "ControllerResizeError" },
      series: [
        series(
          condition,
          { ...claim, type: "ControllerResizeError", status: "true" },
          steady(0, "5m"),
          steady(1, "45m"),
          steady(0),
        ),
      ],
    },
  ],
  quiet: [
    {
      name: "it is growing",
      series: [
        series(condition, { ...claim, type: "Resizing", status: "true" }, steady(1)),
        series(condition, { ...claim, type: "ControllerResizeError", status: "true" }, steady(0)),
        series(condition, { ...claim, type: "ControllerResizeError", status: "false" }, steady(1)),
      ],
    },
  ],
});
