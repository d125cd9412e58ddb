import { greaterThan, increase, metric, platformDashboardUid, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const failures = metric("karpenter_voluntary_disruption_queue_failures_total");
const by = ["reason"] as const;
const drifted = { reason: "drifted" } as const;

/** Karpenter decides again and again to replace nodes, and cannot carry it out. */
export const karpenterDisruptionFailing: Alert = defineTunableAlert({ value: 5, unit: "count" }, (limit) =>
  defineAlert({
    name: "KarpenterDisruptionFailing",
    category: "cluster",
    severity: "info",
    labels: by,
    expr: greaterThan(sum(increase(failures, "1h"), { by }), limit),
    for: "30m",
    summary: ({ reason }) => `Karpenter cannot replace nodes: ${reason}`,
    description: ({ reason }) =>
      `More than ${limit} times an hour Karpenter has decided to replace nodes (${reason}) and could not carry it out.`,
    impact: "Nodes stay that should be replaced: old images, empty or too expensive machines.",
    runbook: {
      meaning:
        "To replace a node Karpenter orders the new one first. The new one did not come or did not become ready in time, or the old one got pods that must not be moved; then the decision is dropped and made again.",
      impact: "drifted: security updates of the node image do not arrive. underutilized and empty: money.",
      diagnosis: [
        {
          text: "Which kind of decision fails?",
          promql: sum(increase(failures, "1h"), { by: ["reason", "decision"] }),
        },
        {
          text: "Do the new nodes come, and become ready (NodeClaimNotRegistered)?",
          command: "kubectl get nodeclaims --output wide",
        },
        {
          text: "Why? The events of NodeClaims and nodes say it: DisruptionBlocked names the pod or the budget.",
          command: "kubectl get events --all-namespaces --field-selector reason=DisruptionBlocked",
        },
      ],
      mitigation: [
        {
          text: "New nodes that do not come: KarpenterCloudErrors, KarpenterInsufficientCapacity, NodePoolAlmostAtLimit say why.",
        },
        { text: "Pods that must not be moved: ask their team whether karpenter.sh/do-not-disrupt is still needed." },
      ],
    },
    firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"karpenter-.*" |= "disrupt"' },
    dashboard: platformDashboardUid("autoscaling"),
    fires: [
      {
        name: "more decisions fail",
        after: "46m",
        labels: drifted,
        series: [series(failures, drifted, growing({ from: 1000, perMinute: (limit * 1.3) / 60 }))],
      },
    ],
    quiet: [
      {
        name: "fewer decisions fail",
        series: [series(failures, drifted, growing({ from: 1000, perMinute: (limit * 0.8) / 60 }))],
      },
      { name: "some failed long ago", series: [series(failures, drifted, steady(40))] },
    ],
  }),
);
