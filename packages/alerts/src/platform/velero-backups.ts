import { equal, increase, max, metric, platformDashboardUid, subtract, sum, time } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { furtherBackThan } from "../conditions/age.ts";
import { increaseAbove } from "../conditions/increase.ts";

const failures = metric("velero_backup_failure_total");
const partial = metric("velero_backup_partial_failure_total");
const lastSuccess = metric("velero_backup_last_successful_timestamp");
const locations = metric("velero_backup_location_status_gauge");
const failedSnapshots = metric("velero_csi_snapshot_failure_total");
const schedule = { schedule: "daily" } as const;
const dashboard = platformDashboardUid("backups");
const logs = '{namespace="velero"} |~ "level=error"';

/** A backup failed. */
export const veleroBackupFailed: Alert = defineAlert({
  ...increaseAbove({ metric: failures, object: schedule, within: "1h", limit: 0 }),
  name: "VeleroBackupFailed",
  category: "platform",
  severity: "warning",
  software: "velero",
  summary: ({ schedule }) => `A backup of ${schedule} failed`,
  description: ({ schedule }) => `A backup of the schedule ${schedule} has failed within the last hour.`,
  impact: "There is one backup less to go back to.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning: "Velero could not make the backup at all: nothing of it can be restored.",
    impact: "What changed since the last good backup would be lost with the cluster.",
    diagnosis: [
      { text: "Which backup, and why?", command: "velero backup describe <backup> --details" },
      { text: "What does its log say?", command: "velero backup logs <backup> | grep level=error" },
      { text: "Is the place for backups there?", promql: equal(max(locations, { by: ["backup_location_name"] }), 0) },
      { text: "Did others fail?", promql: sum(increase(failures, "1d"), { by: ["schedule"] }) },
    ],
    mitigation: [
      { text: "Repair the cause: the role's permission, the bucket, a hook that does not end." },
      {
        text: "Make the backup now instead of waiting for the next day.",
        command: "velero backup create --from-schedule <schedule> --wait",
      },
    ],
  },
});

/** A backup lacks something. */
export const veleroBackupIncomplete: Alert = defineAlert({
  ...increaseAbove({ metric: partial, object: schedule, within: "1h", limit: 0 }),
  name: "VeleroBackupIncomplete",
  category: "platform",
  severity: "warning",
  software: "velero",
  summary: ({ schedule }) => `A backup of ${schedule} lacks something`,
  description: ({ schedule }) => `A backup of the schedule ${schedule} within the last hour could not take everything.`,
  impact: "A restore of this backup would lack objects or volumes.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "The backup is there, and some of its objects or volumes are not. Most often a snapshot timed out, or a hook in one pod failed.",
    impact: "It is known only at the restore what is missing, unless somebody looks now.",
    diagnosis: [
      { text: "What is missing?", command: "velero backup describe <backup> --details" },
      { text: "Each error, with its object:", command: "velero backup logs <backup> | grep level=error" },
      {
        text: "Are snapshots the reason?",
        promql: sum(increase(failedSnapshots, "1d"), { by: ["schedule"] }),
      },
      { text: "Which snapshots hang?", command: "kubectl get volumesnapshots --all-namespaces" },
    ],
    mitigation: [
      { text: "If a snapshot timed out, raise --item-operation-timeout or csi-snapshot-timeout." },
      { text: "If a pod's hook failed, repair it with its team; a hook that is not needed any more goes." },
      { text: "Then make the backup anew.", command: "velero backup create --from-schedule <schedule> --wait" },
    ],
  },
});

/** There is no recent backup. */
export const veleroBackupStale: Alert = defineTunableAlert({ value: 93_600, unit: "seconds" }, (seconds) =>
  defineAlert({
    ...furtherBackThan({ metric: lastSuccess, object: schedule, seconds }),
    name: "VeleroBackupStale",
    category: "platform",
    // The promise of how much may be lost is broken, whatever the reason.
    severity: "critical",
    software: "velero",
    for: "30m",
    summary: ({ schedule }) => `There is no recent backup of ${schedule}`,
    description: ({ schedule }) =>
      `The last good backup of the schedule ${schedule} is more than ${Math.round(seconds / 3600)} hours old.`,
    impact: "If the cluster were lost now, more than a day's changes would be gone.",
    dashboard,
    firstQueries: { logs },
    runbook: {
      meaning:
        "Of a schedule that runs daily, no backup has succeeded for longer than a day and two hours of leeway. Backups fail, hang, or are not begun: a paused schedule makes no failure, only silence.",
      impact: "Nothing for users. It is the one alert that is noticed too late if it is not noticed now.",
      diagnosis: [
        {
          text: "How many seconds old is the last good one?",
          promql: subtract(time(), max(lastSuccess, { by: ["schedule"] })),
        },
        {
          text: "What became of the last ones?",
          command: "velero backup get --selector velero.io/schedule-name=<schedule>",
        },
        {
          text: "Is the schedule paused, or its cron expression wrong?",
          command: "velero schedule describe <schedule>",
        },
        {
          text: "Does one backup hang and hold up all others?",
          command: "kubectl get backups --namespace velero | grep InProgress",
        },
        { text: "Does Velero run?", command: "kubectl get pods --namespace velero" },
      ],
      mitigation: [
        {
          text: "If one hangs, restart Velero: it marks the hanging one as failed and goes on.",
          command: "kubectl rollout restart deployment --namespace velero velero",
        },
        { text: "Make a backup now.", command: "velero backup create --from-schedule <schedule> --wait" },
        { text: "If none succeeds today, escalate, and hold back risky changes until one does." },
      ],
    },
  }),
);
