import {
  and,
  equal,
  greaterThan,
  lessThan,
  max,
  metric,
  platformDashboardUid,
  select,
  subtract,
  time,
  unless,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const failed = metric("kube_job_failed");
const owner = metric("kube_job_owner");
const started = metric("kube_job_status_start_time");
const active = metric("kube_job_status_active");
const by = ["namespace", "job_name"] as const;
const migration = { namespace: "team-backend", job_name: "checkout-migration" } as const;

const logs = '{k8s_namespace_name="<namespace>"} | k8s_pod_name=~"<job>-.*"';

/** A Job that no CronJob made has failed for good. */
export const jobFailed: Alert = defineAlert({
  name: "JobFailed",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: unless(
    equal(max(select(failed, { condition: "true" }), { by }), 1),
    // The next run of a CronJob may succeed: CronJobFailing looks at that.
    max(select(owner, { owner_kind: "CronJob" }), { by }),
  ),
  for: "1m",
  summary: ({ namespace, job_name }) => `Job ${namespace}/${job_name} has failed`,
  description: ({ namespace, job_name }) =>
    `${namespace}/${job_name} has failed as often as its backoffLimit allows, or has taken longer than its deadline; nobody tries again.`,
  impact: "What it should have done is not done: a migration, an import, a set-up step of a deployment.",
  runbook: {
    meaning:
      "All attempts have failed, or activeDeadlineSeconds was over. The Job stays as it is until somebody deletes it, and the alert with it.",
    impact: "If Argo CD waits for it as a hook, the sync has stopped. A migration may have been applied in part.",
    diagnosis: [
      {
        text: "Why? BackoffLimitExceeded or DeadlineExceeded.",
        command: "kubectl describe job --namespace <namespace> <job>",
      },
      {
        text: "What did its pods say?",
        command:
          "kubectl logs --namespace <namespace> --selector batch.kubernetes.io/job-name=<job> --tail 100 --prefix",
      },
      {
        text: "Are there others?",
        promql: equal(max(select(failed, { namespace: "<namespace>", condition: "true" }), { by }), 1),
      },
    ],
    mitigation: [
      {
        text: "Repair the cause; make sure that it may run twice; then delete it and let Argo CD sync, which makes it again.",
        command: "kubectl delete job --namespace <namespace> <job>",
      },
      { text: "If a migration failed half-way, its author decides whether to go on or back." },
      { text: "If it is not needed any more, delete it; ttlSecondsAfterFinished does so by itself next time." },
    ],
  },
  firstQueries: { logs },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "all attempts have failed",
      after: "5m",
      until: "25m",
      labels: migration,
      series: [
        series(failed, { ...migration, condition: "true" }, steady(0, "5m"), steady(1, "20m"), steady(0)),
        series(owner, { ...migration, owner_kind: "Workflow" }, steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "a CronJob has made it",
      series: [
        series(failed, { ...migration, condition: "true" }, steady(1)),
        series(owner, { ...migration, owner_kind: "CronJob", owner_name: "report" }, steady(1)),
      ],
    },
    {
      name: "it has not failed",
      series: [
        series(failed, { ...migration, condition: "true" }, steady(0)),
        series(failed, { ...migration, condition: "false" }, steady(1)),
      ],
    },
  ],
});

/** A Job does not end. */
export const jobRunningTooLong: Alert = defineTunableAlert({ value: 43_200, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "JobRunningTooLong",
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: by,
    expr: and(lessThan(max(started, { by }), subtract(time(), limit)), greaterThan(max(active, { by }), 0)),
    for: "5m",
    summary: ({ namespace, job_name }) => `Job ${namespace}/${job_name} does not end`,
    description: ({ namespace, job_name }) =>
      `${namespace}/${job_name} was started more than ${Math.round(limit / 3600)} hours ago and still runs.`,
    impact: "What it should do is not done yet; a CronJob that forbids to run twice makes no other meanwhile.",
    runbook: {
      meaning:
        "A pod of the Job is still there: it works, it hangs, it waits for a node or an image, or it fails and is tried again with long pauses.",
      impact: "It holds what it has locked, and its requests of processor and memory.",
      diagnosis: [
        {
          text: "Does its pod run, or does it wait?",
          command:
            "kubectl get pods --namespace <namespace> --selector batch.kubernetes.io/job-name=<job> --output wide",
        },
        {
          text: "Does it make progress?",
          command:
            "kubectl logs --namespace <namespace> --selector batch.kubernetes.io/job-name=<job> --tail 50 --prefix",
        },
        {
          text: "How long do its runs take otherwise?",
          command: "kubectl get jobs --namespace <namespace> --sort-by .status.startTime",
        },
        {
          text: "Which Jobs of the namespace run?",
          promql: greaterThan(max(select(active, { namespace: "<namespace>" }), { by }), 0),
        },
      ],
      mitigation: [
        { text: "If it works and is simply long, raise the threshold of this alert for the namespace." },
        {
          text: "If it hangs, find out for what it waits (a lock, a query) before it is killed; then delete the pod: the Job starts another.",
          command: "kubectl delete pod --namespace <namespace> <pod>",
        },
        { text: "Give it activeDeadlineSeconds, so that next time it fails instead." },
      ],
    },
    firstQueries: { logs },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "it began long ago",
        after: "11m",
        until: "40m",
        labels: migration,
        series: [
          series(started, migration, steady(600 - limit)),
          series(active, migration, steady(1, "40m"), steady(0)),
        ],
      },
    ],
    quiet: [
      {
        name: "it began a moment ago",
        series: [series(started, migration, steady(0)), series(active, migration, steady(1))],
      },
      {
        name: "it has ended",
        series: [series(started, migration, steady(-limit)), series(active, migration, steady(0))],
      },
    ],
  }),
);
