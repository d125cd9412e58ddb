import { equal, max, metric, oneOf, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const phase = metric("kube_persistentvolume_status_phase");
const reference = metric("kube_persistentvolume_claim_ref");
const by = ["persistentvolume", "phase"] as const;
const volume = { persistentvolume: "pvc-2f6c9e1d" } as const;

/** A volume could not be made, or could not be given back. */
export const persistentVolumeErrors: Alert = defineAlert({
  name: "PersistentVolumeErrors",
  category: "storage",
  severity: "warning",
  labels: by,
  expr: equal(max(select(phase, { phase: oneOf("Failed", "Pending") }), { by }), 1),
  for: "10m",
  summary: ({ persistentvolume, phase }) => `Volume ${persistentvolume} is ${phase}`,
  description: ({ persistentvolume, phase }) =>
    `The PersistentVolume ${persistentvolume} has been ${phase} for 10 minutes.`,
  impact: "Failed: the volume is still there and paid for, and nobody can use it. Pending: its claim waits.",
  runbook: {
    meaning:
      "Failed means that the claim was deleted and the volume could not be: the driver may not, or the cloud still sees it attached. Pending means that the volume object was made and is not usable yet.",
    impact: "Data that should be deleted is still there, which matters if it was to be deleted for good.",
    diagnosis: [
      { text: "What does it say?", command: "kubectl describe persistentvolume <volume>" },
      {
        text: "Which claim was it?",
        promql: max(select(reference, { persistentvolume: "<volume>" }), { by: ["claim_namespace", "name"] }),
      },
      {
        text: "What does the driver's controller say? UnauthorizedOperation, VolumeInUse, a key that is not there any more.",
        command:
          "kubectl logs --namespace kube-system --selector app=ebs-csi-controller --container csi-provisioner --since 1h --prefix",
      },
      { text: "Does the cloud still see it attached?", command: "aws ec2 describe-volumes --volume-ids <id>" },
    ],
    mitigation: [
      { text: "Attached to a machine that is gone: detach it in the cloud; the driver then goes on by itself." },
      { text: "A permission or a key: give it back to the driver's role." },
      {
        text: "If the data is to be kept, set the reclaim policy to Retain before you do anything.",
        command:
          'kubectl patch persistentvolume <volume> --patch \'{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}\'',
      },
      {
        text: "If the volume is gone in the cloud, delete the object.",
        command: "kubectl delete persistentvolume <volume>",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"ebs-csi-controller-.*" |= "<volume>"' },
  dashboard: platformDashboardUid("storage"),
  fires: [
    {
      name: "it cannot be deleted",
      after: "5m",
      until: "25m",
      labels: { ...volume, phase: "Failed" },
      series: [
        series(phase, { ...volume, phase: "Failed" }, steady(0, "5m"), steady(1, "20m"), steady(0)),
        series(phase, { ...volume, phase: "Pending" }, steady(0)),
        series(phase, { ...volume, phase: "Released" }, steady(0)),
      ],
    },
  ],
  quiet: [
    {
      name: "it is bound",
      series: [
        series(phase, { ...volume, phase: "Failed" }, steady(0)),
        series(phase, { ...volume, phase: "Bound" }, steady(1)),
      ],
    },
  ],
});
