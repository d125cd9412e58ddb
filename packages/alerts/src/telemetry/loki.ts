import {
  countOf,
  increase,
  matching,
  max,
  metric,
  platformDashboardUid,
  rate,
  select,
  subtract,
  sum,
  time,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { furtherBackThan } from "../conditions/age.ts";
import { disappears } from "../conditions/disappearance.ts";
import { increaseAbove, keepsRising } from "../conditions/increase.ts";
import { shareAbove } from "../conditions/share.ts";
import { logsOf } from "./component-logs.ts";

const lokiRequests = metric("loki_request_duration_seconds");
const lines = metric("loki_discarded_samples_total");
const flushes = metric("loki_ingester_chunks_flush_requests_total");
const flushFailures = metric("loki_ingester_chunks_flush_failures_total");
const compacted = metric("loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds");
const walFull = metric("loki_ingester_wal_disk_full_failures_total");
const loki = { namespace: "monitoring" } as const;
const ok = { method: "GET", ws: "false", status_code: "200" } as const;
const logs = platformDashboardUid("logs");

/** Loki answers with errors. */
export const lokiRequestErrors: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: {
        metric: countOf(lokiRequests),
        where: { status_code: matching("5..") },
        sample: { ...ok, status_code: "500" },
      },
      whole: { metric: countOf(lokiRequests), sample: ok },
      object: { ...loki, route: "loki_api_v1_push" },
      limit,
      least: 0.05,
    }),
    name: "LokiRequestErrors",
    category: "telemetry",
    severity: "warning",
    software: "loki",
    for: "15m",
    summary: ({ route }) => `Loki answers ${route} with errors`,
    description: ({ namespace, route }, value) =>
      `${value.percentage} of the requests for ${route} to Loki in ${namespace} have failed over the last 5 minutes.`,
    impact: "A push that fails is tried again and at last lost; a query that fails shows no logs.",
    dashboard: logs,
    runbook: {
      meaning:
        "push routes: logs do not come in. query and query_range: people do not see them. A route that begins with a slash is an internal call.",
      impact: "The next incident has no logs.",
      diagnosis: [
        {
          text: "Which routes, which status?",
          promql: sum(rate(select(countOf(lokiRequests), { status_code: matching("5..") }), "5m"), {
            by: ["route", "status_code"],
          }),
        },
        {
          text: "Is it the object store? Slow or refused calls stand in the log.",
          command: `${logsOf("loki")} | grep level=error`,
        },
        {
          text: "Is it out of memory?",
          promql: max(select(metric("container_memory_working_set_bytes"), { container: "loki" }), { by: ["pod"] }),
        },
        {
          text: "Do collectors feel it?",
          promql: sum(rate(metric("otelcol_exporter_send_failed_log_records"), "5m"), { by: ["exporter"] }),
        },
      ],
      mitigation: [
        { text: "If the object store refuses, repair its role or wait for the cloud." },
        { text: "If one query takes all memory, stop it; lower max_query_parallelism." },
        { text: "If more comes in than it can take, add replicas, or drop the loudest stream at the agent." },
      ],
    },
  }),
);

/** Loki throws lines away. */
export const lokiLinesDiscarded: Alert = defineAlert({
  ...keepsRising({ metric: lines, object: { ...loki, reason: "rate_limited" }, sample: { tenant: "fake" } }),
  name: "LokiLinesDiscarded",
  category: "telemetry",
  severity: "warning",
  software: "loki",
  for: "15m",
  summary: ({ reason }) => `Loki discards lines: ${reason}`,
  description: ({ namespace, reason }) =>
    `Loki in ${namespace} has refused log lines for 15 minutes, because of ${reason}.`,
  impact: "These lines are lost for good.",
  dashboard: logs,
  runbook: {
    meaning:
      "A limit protects Loki. rate_limited: too much in all; per_stream_rate_limit: too much of one stream; stream_limit: too many label sets; line_too_long; greater_than_max_sample_age and too_far_behind: too old, usually after an agent was down.",
    impact: "Whoever searches for what happened does not find it, and does not know that something is missing.",
    diagnosis: [
      { text: "How much, and why?", promql: sum(rate(lines, "5m"), { by: ["reason", "tenant"] }) },
      { text: 'Who is the loudest? (LogQL) sum by (service_name) (bytes_rate({service_name=~".+"}[5m]))' },
      {
        text: "Was an agent down before? Then it ends by itself.",
        promql: max(metric("otelcol_process_uptime"), { by: ["pod"] }),
      },
    ],
    mitigation: [
      { text: "If one service logs in a loop, ask its team; until then drop its lines at the agent." },
      { text: "stream_limit: take the label with many values out of the index." },
      { text: "If the amount is right, raise the limit and Loki's resources together." },
    ],
  },
});

/** Loki cannot write to the object store. */
export const lokiFlushesFailing: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: flushFailures },
      whole: { metric: flushes },
      object: { ...loki, pod: "loki-0" },
      limit,
      least: 0.01,
    }),
    name: "LokiFlushesFailing",
    category: "telemetry",
    severity: "critical",
    software: "loki",
    for: "15m",
    summary: ({ pod }) => `Loki ${pod} cannot write to the object store`,
    description: ({ namespace, pod }, value) =>
      `${value.percentage} of the chunks that ${namespace}/${pod} wanted to store have failed over the last 5 minutes.`,
    impact: "Logs pile up in memory and on the pod's disk; when either is full they are lost.",
    dashboard: logs,
    runbook: {
      meaning:
        "Chunks are kept in memory and in the log on disk until they are in the object store. They do not get there.",
      impact: "Nothing is missing yet. A restart replays hours; a full disk loses them.",
      diagnosis: [
        { text: "Why? AccessDenied, SlowDown, timeout:", command: `${logsOf("loki")} | grep 'failed to flush'` },
        { text: "How long does the disk last?", promql: sum(increase(walFull, "1h"), { by: ["pod"] }) },
        {
          text: "Did the role or the bucket's policy change?",
          command: "kubectl describe serviceaccount --namespace <namespace> loki",
        },
      ],
      mitigation: [
        { text: "Take the change of role, bucket policy or key back." },
        { text: "Do not restart Loki while it fails: the memory is the only copy that is quick." },
        { text: "If the disk fills, enlarge the claim now." },
      ],
    },
  }),
);

/** Loki's disk is full. */
export const lokiWalDiskFull: Alert = defineAlert({
  ...increaseAbove({ metric: walFull, object: { ...loki, pod: "loki-0" }, within: "15m", limit: 0 }),
  name: "LokiWalDiskFull",
  category: "telemetry",
  severity: "critical",
  software: "loki",
  summary: ({ pod }) => `The disk of Loki ${pod} is full`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} could not write to its log within the last 15 minutes: the disk is full.`,
  impact: "If the pod ends now, logs that are only in its memory are lost.",
  dashboard: logs,
  runbook: {
    meaning: "Loki goes on taking lines, and no longer writes them to disk.",
    impact: "A crash loses up to two hours of logs.",
    diagnosis: [
      { text: "How full?", command: "kubectl exec --namespace <namespace> <pod> -- df -h /var/loki" },
      { text: "Because flushes fail?", promql: sum(rate(flushFailures, "5m"), { by: ["pod"] }) },
    ],
    mitigation: [
      {
        text: "Enlarge the claim; most storage classes do it while the pod runs.",
        command: "kubectl edit persistentvolumeclaim --namespace <namespace> <claim>",
      },
      { text: "If flushes fail, repair that first: see LokiFlushesFailing." },
    ],
  },
});

/** Loki's index is not compacted. */
export const lokiCompactorStale: Alert = defineTunableAlert({ value: 10_800, unit: "seconds" }, (seconds) =>
  defineAlert({
    ...furtherBackThan({ metric: compacted, object: loki, seconds }),
    name: "LokiCompactorStale",
    category: "telemetry",
    severity: "warning",
    software: "loki",
    for: "30m",
    summary: "Loki's index is not compacted",
    description: ({ namespace }) =>
      `The index of Loki in ${namespace} was last compacted more than ${Math.round(seconds / 3600)} hours ago.`,
    impact: "Queries become slow, and logs that should be deleted are kept.",
    dashboard: logs,
    runbook: {
      meaning:
        "One compactor merges the index every ten minutes and deletes what is past its retention. It has not succeeded.",
      impact: "Costs grow, and so does what is kept longer than was promised.",
      diagnosis: [
        { text: "How many seconds ago?", promql: subtract(time(), max(compacted)) },
        { text: "Why?", command: `${logsOf("loki")} | grep compactor` },
        {
          text: "Is it out of memory while it merges?",
          command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=loki",
        },
      ],
      mitigation: [
        { text: "If it may not delete, add the permission to the role." },
        { text: "If it is out of memory, raise the limit." },
        { text: "If two compactors run, stop one." },
      ],
    },
  }),
);

/** Loki is down. */
export const lokiDown: Alert = defineAlert({
  ...disappears(metric("loki_build_info")),
  name: "LokiDown",
  category: "telemetry",
  severity: "warning",
  software: "loki",
  for: "5m",
  summary: "Loki is down",
  description: "Prometheus has not seen Loki for 15 minutes.",
  impact: "There are no logs to look at. Agents keep what they can and then lose the rest.",
  dashboard: logs,
  runbook: {
    meaning:
      "Prometheus has reached no pod of Loki for five minutes: it is not running, it hangs, or the network between the two is closed.",
    impact: "Users feel nothing; every diagnosis by logs has to go to the pods.",
    diagnosis: [
      {
        text: "Do its pods run? A long start is the replay of its log.",
        command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=loki",
      },
      {
        text: "Why did they end?",
        command: "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=loki --previous --tail 100",
      },
      {
        text: "How full are the agents' queues?",
        promql: max(metric("otelcol_exporter_queue_size"), { by: ["pod", "exporter"] }),
      },
    ],
    mitigation: [
      {
        text: "If it is killed while it replays, raise its memory: ingester.wal.replay_memory_ceiling is a share of it.",
      },
      { text: "If a new version does not start, revert it in Git." },
      { text: "Meanwhile: kubectl logs, with --previous for what has ended." },
    ],
  },
});
