import { greaterThan, max, metric, platformDashboardUid, select, sum, topk } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const size = metric("apiserver_storage_size_bytes");
const objects = metric("apiserver_storage_objects");
const server = { job: "apiserver" } as const;

/**
 * The database behind the API grows towards its limit of 8 GiB.
 *
 * @see https://etcd.io/docs/latest/dev-guide/limit/
 */
export const clusterDatabaseAlmostFull: Alert = defineTunableAlert({ value: 6e9, unit: "bytes" }, (limit) =>
  defineAlert({
    name: "ClusterDatabaseAlmostFull",
    category: "cluster",
    severity: "warning",
    expr: greaterThan(max(select(size, server)), limit),
    for: "15m",
    summary: "The database behind the Kubernetes API is almost full",
    description: `The database file behind the API server is larger than ${limit / 1e9} GB; it may have 8 GiB.`,
    impact: "When it is full, the cluster can be read and not changed: no deployment, no scheduling, no repair.",
    runbook: {
      meaning:
        "etcd holds all objects, and its file may have 8 GiB. What grows is nearly always one kind: finished Jobs and pods, events, reports of scanners and policy engines, Helm's release Secrets, or custom resources that an operator writes without end.",
      impact:
        "At the limit etcd takes no more writes until it has been made smaller, which on EKS only the cloud can do.",
      diagnosis: [
        { text: "Which kinds have the most objects?", promql: topk(10, sum(objects, { by: ["resource"] })) },
        {
          text: "Few and large objects do not show there. Are there Secrets or ConfigMaps of hundreds of kilobytes?",
          command: "kubectl get secrets --all-namespaces --field-selector type=helm.sh/release.v1",
        },
        { text: "How fast does it grow? Compare with last week.", promql: max(select(size, server)) },
      ],
      mitigation: [
        { text: "Stop what writes: pause the operator or the CronJob that makes them." },
        {
          text: "Delete what is not needed, in portions, and let it be made no more: ttlSecondsAfterFinished for Jobs, a history limit for releases and reports.",
          command: "kubectl delete jobs --namespace <namespace> --field-selector status.successful=1",
        },
        {
          text: "The file does not shrink by itself after that. Open a case with the cloud's support early: they defragment it. Above 7.5 GB, treat this as critical.",
        },
      ],
    },
    dashboard: platformDashboardUid("api-server"),
    fires: [
      {
        name: "it is larger",
        after: "5m",
        until: "30m",
        labels: {},
        series: [
          series(
            size,
            { ...server, storage_cluster_id: "etcd-0" },
            steady(1e9, "5m"),
            steady(limit * 1.2, "25m"),
            steady(1e9),
          ),
        ],
      },
    ],
    quiet: [
      {
        name: "it is smaller",
        series: [series(size, { ...server, storage_cluster_id: "etcd-0" }, steady(limit * 0.9))],
      },
      {
        name: "that of an aggregated server is larger",
        series: [series(size, { job: "aggregated", storage_cluster_id: "etcd-0" }, steady(limit * 1.2))],
      },
    ],
  }),
);
