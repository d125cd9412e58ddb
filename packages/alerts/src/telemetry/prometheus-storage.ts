import { increase, metric, platformDashboardUid, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { increaseAbove } from "../conditions/increase.ts";

const compactions = metric("prometheus_tsdb_compactions_failed_total");
const reloads = metric("prometheus_tsdb_reloads_failures_total");
const corruptions = metric("prometheus_tsdb_wal_corruptions_total");
const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;
const dashboard = platformDashboardUid("metrics");
const logs = '{namespace="monitoring", app="prometheus"} |~ "compact|WAL|block"';

/** Prometheus cannot compact its blocks. */
export const prometheusCompactionsFailing: Alert = defineAlert({
  ...increaseAbove({ metric: compactions, object: prometheus, within: "3h", limit: 0 }),
  name: "PrometheusCompactionsFailing",
  category: "telemetry",
  severity: "warning",
  // Two rounds of compaction.
  for: "2h",
  summary: ({ pod }) => `Prometheus ${pod} cannot compact`,
  description: ({ namespace, pod }) => `Compactions in ${namespace}/${pod} have failed for 2 hours.`,
  impact: "The disk fills, queries become slow, and a restart takes long.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning: "Every two hours Prometheus writes what is in memory to a block, and merges blocks. That fails.",
    impact: "The log that is replayed at each start grows without end; so does memory.",
    diagnosis: [
      {
        text: "Is the disk full?",
        command: "kubectl exec --namespace <namespace> <pod> --container prometheus -- df -h /prometheus",
      },
      {
        text: "Which block?",
        command:
          "kubectl logs --namespace <namespace> <pod> --container prometheus --since 3h | grep --ignore-case compact",
      },
      { text: "Can the blocks be loaded?", promql: sum(increase(reloads, "3h"), { by: ["pod"] }) },
    ],
    mitigation: [
      { text: "If the disk is full, enlarge the claim: compaction needs room for the result beside the source." },
      {
        text: "If one block is damaged, move it out of the data folder, and restart: its two hours are lost, the rest is not.",
      },
    ],
  },
});

/** Prometheus cannot load its blocks. */
export const prometheusReloadsFailing: Alert = defineAlert({
  ...increaseAbove({ metric: reloads, object: prometheus, within: "3h", limit: 0 }),
  name: "PrometheusBlockReloadsFailing",
  category: "telemetry",
  severity: "warning",
  for: "2h",
  summary: ({ pod }) => `Prometheus ${pod} cannot load its blocks`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has failed to load blocks from disk for 2 hours.`,
  impact: "Old blocks are not deleted, and older data may be missing in queries.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "After each compaction the list of blocks is read anew. A block cannot be read: it is incomplete, or its files belong to somebody else.",
    impact: "Retention stops: the disk fills.",
    diagnosis: [
      {
        text: "Which block?",
        command: "kubectl logs --namespace <namespace> <pod> --container prometheus --since 3h | grep 'reload'",
      },
      {
        text: "What do the blocks look like?",
        command: "kubectl exec --namespace <namespace> <pod> --container prometheus -- promtool tsdb list /prometheus",
      },
      { text: "Do compactions fail, too?", promql: sum(increase(compactions, "3h"), { by: ["pod"] }) },
    ],
    mitigation: [
      { text: "Move the block that it names out of the data folder; nothing else has to be stopped." },
      { text: "If files belong to another user, set fsGroup of the pod as it was." },
    ],
  },
});

/** The write-ahead log is damaged. */
export const prometheusWalCorrupted: Alert = defineAlert({
  ...increaseAbove({ metric: corruptions, object: prometheus, within: "1h", limit: 0 }),
  name: "PrometheusWalCorrupted",
  category: "telemetry",
  severity: "warning",
  summary: ({ pod }) => `The log of Prometheus ${pod} is damaged`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has found its write-ahead log damaged within the last hour.`,
  impact: "Up to two hours of metrics of this replica are lost.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "At a start, or while it cut the log, Prometheus met a record that it cannot read, and dropped what came after it. A disk that was full, or a node that was cut off, leaves such records.",
    impact: "A gap in the graphs of this replica. Alerts with a long look back may be wrong until it is filled.",
    diagnosis: [
      { text: "What happened before?", command: "kubectl describe pod --namespace <namespace> <pod>" },
      { text: "Does it come again? Then it is the disk.", promql: sum(increase(corruptions, "1d"), { by: ["pod"] }) },
      {
        text: "What does the node say of its disk?",
        command: "kubectl debug node/<node> --stdin --tty --image <debug-image> -- dmesg --level err,warn",
      },
    ],
    mitigation: [
      { text: "Once: nothing. Prometheus has repaired the log by itself." },
      { text: "Again and again: move the pod to another node, and replace the volume." },
    ],
  },
});
