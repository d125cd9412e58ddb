import { equal, increase, max, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { hasHappened } from "../conditions/event.ts";
import { stateHolds } from "../conditions/state.ts";

const locations = metric("velero_backup_location_status_gauge");
const restores = metric("velero_restore_failed_total");
const failedSnapshots = metric("velero_csi_snapshot_failure_total");
const schedule = { schedule: "daily" } as const;
const dashboard = platformDashboardUid("backups");
const logs = '{namespace="velero"} |~ "level=error"';

/** The place for backups cannot be reached. */
export const veleroLocationUnavailable: Alert = defineAlert({
  ...stateHolds({ metric: locations, object: { backup_location_name: "default" }, is: 0 }),
  name: "VeleroLocationUnavailable",
  category: "platform",
  severity: "warning",
  software: "velero",
  for: "15m",
  summary: ({ backup_location_name }) => `Backups cannot be stored in ${backup_location_name}`,
  description: ({ backup_location_name }) =>
    `Velero has not been able to reach the place ${backup_location_name} for 15 minutes.`,
  impact: "The next backup will fail, and no restore is possible.",
  dashboard,
  runbook: {
    meaning: "Velero looks at the bucket each minute and cannot list it: permission, name, region, or the way there.",
    impact: "Existing backups are safe if the bucket is; they cannot be used from here.",
    diagnosis: [
      { text: "The reason:", command: "velero backup-location get" },
      {
        text: "What does the log say?",
        command: "kubectl logs --namespace velero deployment/velero --since 15m | grep BackupStorageLocation",
      },
      {
        text: "Did the role or the bucket's policy change?",
        command: "kubectl describe serviceaccount --namespace velero velero",
      },
      { text: "Are all places hit?", promql: equal(max(select(locations), { by: ["backup_location_name"] }), 0) },
    ],
    mitigation: [
      { text: "Take the change of role, policy or key back." },
      { text: "If the bucket is gone, escalate at once: then so are the backups." },
    ],
  },
});

/** A restore failed. */
export const veleroRestoreFailed: Alert = defineAlert({
  ...hasHappened({ metric: restores, object: schedule, within: "30m" }),
  name: "VeleroRestoreFailed",
  category: "platform",
  severity: "warning",
  software: "velero",
  summary: "A restore failed",
  description: ({ schedule }) => `A restore from a backup of ${schedule} has failed within the last 30 minutes.`,
  impact: "Whoever restores has not got back what was lost.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "A restore ended as Failed: in an emergency it is the emergency, in an exercise it is the reason for exercises.",
    impact: "What should come back has not.",
    diagnosis: [
      { text: "What failed?", command: "velero restore describe <restore> --details" },
      { text: "With which errors?", command: "velero restore logs <restore> | grep level=error" },
      {
        text: "Do admission policies refuse the old objects?",
        promql: sum(increase(select(metric("kyverno_admission_requests_total"), { request_allowed: "false" }), "30m"), {
          by: ["resource_kind", "resource_namespace"],
        }),
      },
    ],
    mitigation: [
      {
        text: "If policies refuse, restore into the namespace with a declared exception, not by turning policies off.",
      },
      { text: "If objects exist already, use --existing-resource-policy update, or restore into another namespace." },
      { text: "If the backup itself is broken, take the one before: velero backup get." },
    ],
  },
});

/** Snapshots of volumes fail. */
export const veleroSnapshotsFailing: Alert = defineAlert({
  // Each backup is a series of its own, which begins with its first failure.
  ...hasHappened({ metric: failedSnapshots, object: schedule, sample: { backupName: "daily-1" }, within: "1h" }),
  name: "VeleroSnapshotsFailing",
  category: "platform",
  severity: "warning",
  software: "velero",
  summary: ({ schedule }) => `Volumes of ${schedule} are not backed up`,
  description: ({ schedule }) => `The snapshot of a volume for ${schedule} has failed within the last hour.`,
  impact: "Objects are backed up, their data is not.",
  dashboard,
  runbook: {
    meaning: "The CSI driver did not make the snapshots that Velero asked for in time, or refused.",
    impact: "After a restore these volumes would be empty.",
    diagnosis: [
      {
        text: "Which ones, and why?",
        command: "kubectl get volumesnapshots,volumesnapshotcontents --all-namespaces",
      },
      {
        text: "Is there a class with Velero's label for the driver?",
        command: "kubectl get volumesnapshotclasses --show-labels",
      },
      {
        text: "What does the snapshot controller say?",
        command: "kubectl logs --namespace kube-system --selector app=snapshot-controller --since 1h",
      },
      { text: "Since when?", promql: sum(increase(failedSnapshots, "1d"), { by: ["schedule"] }) },
    ],
    mitigation: [
      { text: "If the cloud limits snapshots, delete old ones: their number for each account is limited." },
      { text: "If a class is missing, add it with the label velero.io/csi-volumesnapshot-class." },
      { text: "Then make the backup anew.", command: "velero backup create --from-schedule <schedule> --wait" },
    ],
  },
});
