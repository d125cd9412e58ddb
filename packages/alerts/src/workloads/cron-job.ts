import {
  and,
  equal,
  greaterThan,
  lessThan,
  max,
  metric,
  or,
  platformDashboardUid,
  select,
  subtract,
  time,
  unless,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, series, steady } from "../alert/scenario.ts";

const scheduled = metric("kube_cronjob_status_last_schedule_time");
const succeeded = metric("kube_cronjob_status_last_successful_time");
const next = metric("kube_cronjob_next_schedule_time");
const active = metric("kube_cronjob_status_active");
const suspended = metric("kube_cronjob_spec_suspend");
const by = ["namespace", "cronjob"] as const;
const report = { namespace: "team-backend", cronjob: "daily-report" } as const;

const jobs = {
  text: "Which runs were there, and how did they end?",
  command: "kubectl get jobs --namespace <namespace> --sort-by .status.startTime",
} as const;

/** The last run of a CronJob did not succeed. */
export const cronJobFailing: Alert = defineAlert({
  name: "CronJobFailing",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(
    or(
      greaterThan(max(scheduled, { by }), max(succeeded, { by })),
      // It has never succeeded.
      unless(max(scheduled, { by }), max(succeeded, { by })),
    ),
    equal(max(active, { by }), 0),
  ),
  for: "15m",
  summary: ({ namespace, cronjob }) => `The last run of CronJob ${namespace}/${cronjob} has failed`,
  description: ({ namespace, cronjob }) =>
    `${namespace}/${cronjob} has run since it last succeeded, and no run is under way.`,
  impact: "What it should do regularly was not done: a report, a backup, a clean-up, a renewal.",
  runbook: {
    meaning:
      "A Job was made after the last one that succeeded, and it is over: it has failed. Until a run succeeds, the alert stays.",
    impact: "One missed run of a report may not matter; missed backups and renewals add up without anybody seeing it.",
    diagnosis: [
      jobs,
      {
        text: "What did the last one say?",
        command:
          "kubectl logs --namespace <namespace> --selector batch.kubernetes.io/job-name=<job> --tail 100 --prefix",
      },
      { text: "When did it last succeed?", promql: max(select(succeeded, { namespace: "<namespace>" }), { by }) },
      {
        text: "If there are no logs, its pods never ran: see the events.",
        command: "kubectl describe job --namespace <namespace> <job>",
      },
    ],
    mitigation: [
      {
        text: "Repair the cause and run it at once, instead of waiting for the next time.",
        command: "kubectl create job --namespace <namespace> --from cronjob/<cronjob> <cronjob>-again",
      },
      {
        text: "A Job that is made like this does not count as a run of the CronJob: the alert ends after the next one.",
      },
      { text: "If it fails now and then and succeeds the next time, raise its backoffLimit." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name=~"<cronjob>-.*"' },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "the last run has failed",
      after: "5m",
      until: "40m",
      labels: report,
      series: [...runs({ made: 3600, good: 60 }), series(active, report, steady(1, "5m"), steady(0, "35m"), steady(1))],
    },
    {
      name: "it has never succeeded",
      labels: report,
      series: [series(scheduled, report, steady(3600)), series(active, report, steady(0))],
    },
  ],
  quiet: [
    {
      name: "the last run has succeeded",
      series: [...runs({ made: 3600, good: 3660 }), series(active, report, steady(0))],
    },
    { name: "a run is under way", series: [...runs({ made: 3600, good: 60 }), series(active, report, steady(1))] },
  ],
});

/** A CronJob should have run and has not. */
export const cronJobLate: Alert = defineTunableAlert({ value: 3600, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "CronJobLate",
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: by,
    expr: and(lessThan(max(next, { by }), subtract(time(), limit)), equal(max(suspended, { by }), 0)),
    for: "5m",
    summary: ({ namespace, cronjob }) => `CronJob ${namespace}/${cronjob} has not run when it should`,
    description: ({ namespace, cronjob }) =>
      `${namespace}/${cronjob} was due more than ${Math.round(limit / 60)} minutes ago, and no Job was made.`,
    impact: "What it should do regularly is not done.",
    runbook: {
      meaning:
        "The time of the next run is over and the controller has made no Job. A run before it still goes on and concurrencyPolicy is Forbid; startingDeadlineSeconds is too short; a quota or a policy refuses the Job; or more than a hundred runs were missed.",
      impact: "As with a failed run, and nobody sees a failed Job.",
      diagnosis: [
        {
          text: "What does the controller say? JobAlreadyActive, MissSchedule, TooManyMissedTimes, FailedCreate.",
          command: "kubectl describe cronjob --namespace <namespace> <cronjob>",
        },
        jobs,
        { text: "Since when is it due?", promql: max(select(next, { namespace: "<namespace>" }), { by }) },
        {
          text: "Is it this one or all? All: the controller manager is the cloud's.",
          promql: lessThan(max(next, { by }), subtract(time(), limit)),
        },
      ],
      mitigation: [
        { text: "A run that hangs: see JobRunningTooLong; end it." },
        {
          text: "A startingDeadlineSeconds of less than ten seconds never works: the controller looks every ten. Raise it.",
        },
        {
          text: "Run it at once, if it matters.",
          command: "kubectl create job --namespace <namespace> --from cronjob/<cronjob> <cronjob>-again",
        },
        { text: "If all CronJobs are late, tell the platform's team: open a case with the cloud's support." },
      ],
    },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "it was due long ago",
        after: "11m",
        until: "40m",
        labels: report,
        series: [
          series(next, report, steady(600 - limit, "40m"), steady(86_400)),
          series(suspended, report, steady(0)),
        ],
      },
    ],
    quiet: [
      {
        name: "it was due a moment ago",
        series: [series(next, report, steady(0)), series(suspended, report, steady(0))],
      },
      { name: "it is suspended", series: [series(next, report, steady(-limit)), series(suspended, report, steady(1))] },
    ],
  }),
);

/** A CronJob has been suspended for hours: perhaps somebody has forgotten it. */
export const cronJobSuspendedForLong: Alert = defineAlert({
  name: "CronJobSuspendedForLong",
  category: "workloads",
  severity: "info",
  owner: "namespace",
  labels: by,
  expr: equal(max(suspended, { by }), 1),
  for: "6h",
  summary: ({ namespace, cronjob }) => `CronJob ${namespace}/${cronjob} has been suspended for 6 hours`,
  description: ({ namespace, cronjob }) => `${namespace}/${cronjob} has been suspended for 6 hours: it does not run.`,
  impact: "What it should do regularly is not done, and no other alert says so.",
  runbook: {
    meaning: "Somebody has set suspend, in Git or by hand, usually for an incident or for maintenance.",
    impact: "None, if it is meant.",
    diagnosis: [
      {
        text: "Who did it, and when?",
        command: "kubectl get cronjob --namespace <namespace> <cronjob> --show-managed-fields --output yaml",
      },
      { text: "When did it last succeed?", promql: max(select(succeeded, { namespace: "<namespace>" }), { by }) },
    ],
    mitigation: [
      {
        text: "If the reason is over, take it back in Git. If it was done by hand, Argo CD takes it back, unless the field is ignored.",
        command: 'kubectl patch cronjob --namespace <namespace> <cronjob> --patch \'{"spec":{"suspend":false}}\'',
      },
      { text: "If it is not needed any more, delete it in Git." },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "it stays suspended",
      after: "5m",
      until: "370m",
      labels: report,
      series: [series(suspended, report, steady(0, "5m"), steady(1, "365m"), steady(0))],
    },
  ],
  quiet: [{ name: "it is suspended for a while", series: [series(suspended, report, steady(1, "5h"), steady(0))] }],
});

function runs({ made, good }: { readonly made: number; readonly good: number }): readonly InputSeries[] {
  return [series(scheduled, report, steady(made)), series(succeeded, report, steady(good))];
}
