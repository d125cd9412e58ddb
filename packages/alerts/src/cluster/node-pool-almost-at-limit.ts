import { divide, greaterThan, max, metric, platformDashboardUid, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const limits = metric("karpenter_nodepools_limit");
const used = metric("karpenter_nodepools_usage");
const unschedulable = metric("kube_pod_status_unschedulable");
const by = ["nodepool", "resource_type"] as const;
const cpu = { nodepool: "general", resource_type: "cpu" } as const;

/** A NodePool may hardly bring further nodes. */
export const nodePoolAlmostAtLimit: Alert = defineTunableAlert({ value: 0.9, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodePoolAlmostAtLimit",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(divide(max(used, { by }), max(limits, { by })), limit),
    for: "15m",
    summary: ({ nodepool, resource_type }) => `NodePool ${nodepool} is almost at its limit of ${resource_type}`,
    description: ({ nodepool, resource_type }, value) =>
      `The NodePool ${nodepool} has used ${value.percentage} of the ${resource_type} that it may bring, for 15 minutes.`,
    impact: "At the limit no node is added, also not to replace one that is lost: pods stay pending.",
    runbook: {
      meaning:
        "A NodePool's limit guards against a bill that nobody expected. The cluster has grown towards it: more services, a peak, or something that scales without end.",
      impact:
        "None yet. At the limit Karpenter brings nothing, and cannot replace nodes before it removes the old ones.",
      diagnosis: [
        { text: "How near is each limit?", promql: divide(max(used, { by }), max(limits, { by })) },
        {
          text: "Who has grown? Compare requests by namespace with last week.",
          promql: sum(metric("kube_pod_container_resource_requests"), { by: ["namespace", "resource"] }),
        },
        { text: "Do pods wait already?", promql: sum(unschedulable, { by: ["namespace"] }) },
        { text: "Are there nodes that are hardly used?", command: "kubectl get nodeclaims --output wide" },
      ],
      mitigation: [
        {
          text: "If the growth is honest, raise spec.limits in Git, after a look at the account's quota and at the budget.",
        },
        { text: "If one Deployment scales without end, stop that (AutoscalerAtMaximum, retries), not the limit." },
        { text: "If nodes are half empty, look for what blocks consolidation (KarpenterDisruptionFailing)." },
      ],
    },
    dashboard: platformDashboardUid("autoscaling"),
    fires: [
      {
        name: "more is used",
        after: "5m",
        until: "30m",
        labels: cpu,
        value: (1 + limit) / 2,
        series: [
          series(used, cpu, steady(10, "5m"), steady(500 * (1 + limit), "25m"), steady(10)),
          series(limits, cpu, steady(1000)),
        ],
      },
    ],
    quiet: [
      {
        name: "less is used",
        series: [series(used, cpu, steady(1000 * limit * 0.8)), series(limits, cpu, steady(1000))],
      },
      { name: "it has no limit", series: [series(used, cpu, steady(5000))] },
    ],
  }),
);
