import {
  allocatedCost,
  and,
  divide,
  type Expression,
  greaterThan,
  hoursOfMonth,
  max,
  metric,
  multiply,
  platformDashboardUid,
  select,
  sum,
  topk,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, series, steady } from "../alert/scenario.ts";
import { disappears } from "../conditions/disappearance.ts";

const cores = metric("container_cpu_allocation");
const memory = metric("container_memory_allocation_bytes");
const corePrice = metric("node_cpu_hourly_cost");
const memoryPrice = metric("node_ram_hourly_cost");
const nodePrice = metric("node_total_hourly_cost");
const dashboard = platformDashboardUid("cost");
const gib = 1024 ** 3;

/** What containers that run now would cost in a month, for each combination of labels. */
const monthlyCost = (by: readonly string[]): Expression => multiply(allocatedCost(by), hoursOfMonth);

const namespace = { namespace: "team-backend" } as const;

/** One container, one node, and prices of 1: half of the cost is processors, half memory. */
function costing(month: number): readonly InputSeries[] {
  const half = month / 2 / hoursOfMonth;
  const container = { ...namespace, pod: "checkout-1", container: "checkout", node: "node-a" };
  return [
    series(cores, container, steady(half)),
    series(memory, container, steady(half * gib)),
    series(corePrice, { node: "node-a", instance_type: "m7i.large" }, steady(1)),
    series(memoryPrice, { node: "node-a", instance_type: "m7i.large" }, steady(1)),
  ];
}

/** A namespace costs more than its budget. */
export const namespaceOverBudget: Alert = defineTunableAlert({ value: 2_000, unit: "count" }, (limit) =>
  defineAlert({
    name: "NamespaceOverBudget",
    category: "cost",
    severity: "info",
    owner: "namespace",
    software: "opencost",
    labels: ["namespace"],
    expr: greaterThan(monthlyCost(["namespace"]), limit),
    // A working day: what scales up by day and down by night is no surprise.
    for: "12h",
    summary: ({ namespace }) => `${namespace} costs more than its budget`,
    description: ({ namespace }) =>
      `What runs in ${namespace} would cost more than ${limit} a month, and has done so for 12 hours.`,
    impact: "The team's budget is used up before the month is.",
    dashboard,
    runbook: {
      meaning:
        "Cores and memory that the namespace's containers request or use (whichever is more), at the price of the nodes that they are on, for a month of 730 hours; in the currency of OpenCost's price list. Volumes, load balancers and traffic come on top. The budget is the alert's threshold: set it for each environment and team.",
      impact:
        "None for users. The team spends money that was planned for something else, each day until somebody looks.",
      diagnosis: [
        { text: "Which pods cost most?", promql: topk(10, monthlyCost(["namespace", "pod"])) },
        { text: "Do they use what they request?", command: "kubectl top pods --namespace <namespace> --containers" },
        {
          text: "Do replicas stand at an autoscaler's minimum that is too high?",
          command: "kubectl get horizontalpodautoscalers --namespace <namespace>",
        },
      ],
      mitigation: [
        { text: "Lower requests to what is used at the peak, with a quarter to spare; in Git." },
        { text: "Let development and staging sleep at night." },
        { text: "If the growth is wanted, ask for a larger budget: the platform's lead decides." },
      ],
    },
    fires: [{ name: "it costs a little more", labels: namespace, series: costing(limit * 1.2) }],
    quiet: [{ name: "it costs a little less", series: costing(limit * 0.8) }],
  }),
);

const nodes = (before: number, now: number): readonly InputSeries[] => [
  series(nodePrice, { node: "node-a", instance_type: "m7i.large" }, steady(before, "1440m"), steady(now)),
];

/** The nodes cost much more than yesterday. */
export const clusterCostJump: Alert = defineTunableAlert({ value: 1.3, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "ClusterCostJump",
    category: "cost",
    severity: "info",
    software: "opencost",
    labels: [],
    expr: and(
      greaterThan(divide(sum(nodePrice), sum({ ...select(nodePrice), offset: "1d" })), limit),
      // Small clusters jump with each node.
      greaterThan(sum(nodePrice), 1),
    ),
    for: "3h",
    summary: "The nodes cost much more than yesterday",
    description: (_, value) =>
      `The nodes have cost ${value.percentage} of what they cost at the same hour of yesterday, for 3 hours.`,
    impact: "If it stays so, so does the bill.",
    dashboard,
    runbook: {
      meaning:
        "The sum of the nodes' hourly prices has grown from one day to the next: more nodes, larger ones, or on-demand instead of spot.",
      impact:
        "None for users. The bill grows by this much each day, and a jump that nobody meant rarely goes away by itself.",
      diagnosis: [
        { text: "Which kinds of machines?", promql: sum(nodePrice, { by: ["instance_type"] }) },
        {
          text: "For whom were they ordered?",
          command: "kubectl get nodeclaims --sort-by .metadata.creationTimestamp --output wide",
        },
        {
          text: "Whose requests grew?",
          promql: sum(select(metric("kube_pod_container_resource_requests"), { resource: "cpu" }), {
            by: ["namespace"],
          }),
        },
        {
          text: "Are nodes kept from being given back? Pods with do-not-disrupt or a budget of 0 hold them.",
          command: "kubectl get events --all-namespaces --field-selector reason=DisruptionBlocked",
        },
      ],
      mitigation: [
        { text: "If an autoscaler ran away, give it a lower maximum, and look for the loop." },
        { text: "If spot is not to be had, wait, or allow more kinds of machines." },
        { text: "If nodes are half empty, let Karpenter consolidate." },
      ],
    },
    fires: [
      {
        name: "they cost a little too much more",
        after: "1440m",
        labels: {},
        value: limit * 1.1,
        series: nodes(1, 1.1 * limit),
      },
    ],
    quiet: [
      { name: "they cost somewhat more", series: nodes(10, 10 * limit * 0.95) },
      { name: "there is hardly anything", series: nodes(0.1, 0.9) },
      { name: "they cost less", series: nodes(9, 2) },
    ],
  }),
);

/** Nobody knows what things cost. */
export const costDataMissing: Alert = defineAlert({
  ...disappears(nodePrice),
  name: "CostDataMissing",
  category: "cost",
  severity: "info",
  software: "opencost",
  for: "1h",
  summary: "There are no prices",
  description: "Prometheus has seen no price of a node for more than an hour.",
  impact: "Budgets are not watched.",
  dashboard,
  runbook: {
    meaning: "OpenCost does not run, is not scraped, or cannot get the cloud's price list.",
    impact: "Graphs and alerts of cost are empty.",
    diagnosis: [
      { text: "Does it run?", command: "kubectl get pods --namespace opencost" },
      {
        text: "Can it read prices, and Prometheus?",
        command:
          "kubectl logs --namespace opencost --selector app.kubernetes.io/name=opencost --since 1h | grep --ignore-case -e error -e pricing",
      },
      {
        text: "If it runs: is it scraped?",
        promql: max(select(metric("up"), { namespace: "opencost" }), { by: ["job", "pod"] }),
      },
    ],
    mitigation: [
      { text: "If the price list cannot be had, give it a custom one; relative costs are right all the same." },
      { text: "If it cannot reach Prometheus, correct the address." },
    ],
  },
});
