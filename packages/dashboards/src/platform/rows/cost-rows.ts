import {
  allocatedCost,
  divide,
  type Expression,
  hoursOfMonth,
  metric,
  multiply,
  type Operand,
  oneOf,
  or,
  select,
  subtract,
  sum,
  vector,
} from "@plinth/metrics";
import type { Panel } from "../../model/dashboard.ts";
import { stat, timeseries } from "../../model/panel.ts";
import { barGauge } from "../../model/panel-league.ts";
import { column, table } from "../../model/panel-table.ts";
import { query } from "../../model/query.ts";
import { badAbove } from "../../model/thresholds.ts";
import type { TopicRow } from "./topic-row.ts";

const monthly = (cost: Operand): Expression => multiply(cost, hoursOfMonth);
const nodes = sum(metric("node_total_hourly_cost"));
const idle = subtract(nodes, allocatedCost([]));
const byNamespace = ["namespace"] as const;
const currency = "in the currency of OpenCost's price list; volumes, load balancers and traffic come on top";

const spending: readonly Panel[] = [
  stat("A month of this cluster", monthly(nodes), {
    unit: "short",
    decimals: 0,
    width: 8,
    legend: "month",
    description: `What the nodes that there are now cost in 730 hours, ${currency}. Each environment is a cluster of its own.`,
  }),
  stat("Of it idle", divide(idle, nodes), {
    unit: "percentunit",
    width: 8,
    legend: "idle",
    thresholds: badAbove({ warning: 0.35, bad: 0.6 }),
    description: "Share of what the nodes cost that no container requests or uses: fewer or smaller nodes would do.",
  }),
  stat("A month of what is idle", monthly(idle), {
    unit: "short",
    decimals: 0,
    width: 8,
    legend: "month",
    description: `What the idle part of the nodes costs in 730 hours, ${currency}.`,
  }),
  barGauge("A month by namespace", monthly(allocatedCost(byNamespace)), {
    unit: "short",
    decimals: 0,
    width: 12,
    legend: "{{namespace}}",
    description: `What the containers of each namespace cost in 730 hours, ${currency}. A team's namespace is team-<name>.`,
  }),
  timeseries("Cost per hour by namespace", allocatedCost(byNamespace), {
    unit: "short",
    width: 12,
    min: 0,
    stacked: true,
    legend: "{{namespace}}",
    description: "How the cost of what containers hold moves: a step is a deployment, a slope is growth.",
  }),
];

const byImage = ["namespace", "resource_name", "container_name"] as const;
const severe = (severity: string): Expression =>
  sum(select(metric("trivy_image_vulnerabilities"), { severity }), { by: byImage });

const images: readonly Panel[] = [
  table(
    "Images by what is known of them",
    [
      query("critical", severe("Critical")),
      query("high", severe("High")),
      query("secrets", sum(metric("trivy_image_exposedsecrets"), { by: byImage })),
    ],
    {
      unit: "short",
      decimals: 0,
      sortBy: "Critical",
      height: 10,
      description:
        "Known vulnerabilities and readable secrets in the images that run. The report of the workload names each, with the version that repairs it.",
      columns: [
        column("Namespace", { label: "namespace" }),
        column("Workload", { label: "resource_name" }),
        column("Container", { label: "container_name" }),
        column("Critical", { query: "critical" }, { thresholds: badAbove({ bad: 1 }) }),
        column("High", { query: "high" }, { thresholds: badAbove({ warning: 1, bad: 20 }) }),
        column("Secrets", { query: "secrets" }, { thresholds: badAbove({ bad: 1 }) }),
      ],
    },
  ),
  barGauge(
    "Configurations that are found wrong",
    or(
      sum(select(metric("trivy_resource_configaudits"), { severity: oneOf("Critical", "High") }), { by: byNamespace }),
      vector(0),
    ),
    {
      unit: "short",
      decimals: 0,
      width: 24,
      legend: "{{namespace}}",
      thresholds: badAbove({ warning: 1, bad: 20 }),
      description: "Checks of severity high and critical that workloads fail, by namespace.",
    },
  ),
];

/** What the platform costs, and what is known of the images that it pays for. */
export const costRows: readonly TopicRow[] = [
  { topic: "cost", id: "spending", title: "What it costs", software: "opencost", panels: () => spending },
  { topic: "security", id: "images", title: "Each image", software: "trivy-operator", panels: () => images },
];
