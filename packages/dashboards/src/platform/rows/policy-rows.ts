import { dayAfter, type Platform, type PolicyException } from "@plinth/core";
import {
  countOverTime,
  type Expression,
  greaterThan,
  increase,
  labelReplace,
  metric,
  or,
  over,
  select,
  subtract,
  sum,
  time,
  vector,
} from "@plinth/metrics";
import type { Panel } from "../../model/dashboard.ts";
import { column, table } from "../../model/panel-table.ts";
import { query } from "../../model/query.ts";
import { badAbove, badBelow } from "../../model/thresholds.ts";
import type { TopicRow } from "./topic-row.ts";

const failed = select(metric("kyverno_validating_policy_results_total"), { result: "fail" });
const byPlace = { by: ["policy_name", "resource_namespace"] } as const;
const day = 86_400;

const violations: readonly Panel[] = [
  table(
    "Violations by policy and namespace",
    [
      query("today", sum(increase(failed, "1d"), byPlace)),
      query("days", countOverTime(over(greaterThan(sum(increase(failed, "1d"), byPlace), 0), "30d", { step: "1d" }))),
    ],
    {
      unit: "short",
      decimals: 0,
      sortBy: "Last day",
      height: 10,
      description:
        "What policies found wrong in the last day, and on how many of the last 30 days: what is old needs a repair or an exception, not another reminder. A team's namespace is team-<name>.",
      columns: [
        column("Namespace", { label: "resource_namespace" }),
        column("Policy", { label: "policy_name" }),
        column("Last day", { query: "today" }),
        column("Days of 30", { query: "days" }, { thresholds: badAbove({ warning: 7, bad: 25 }) }),
      ],
    },
  ),
];

/** When an exception ends, in seconds: the end of its last day, UTC. */
function endOf({ until }: PolicyException): number {
  return Date.parse(`${dayAfter(until)}T00:00:00Z`) / 1000;
}

/** How long an exception still holds, as a series with its name: from the model, for nothing in the cluster tells. */
function timeLeft(exception: PolicyException): Expression {
  const said: Readonly<Record<string, string>> = {
    exception: exception.name,
    policy: exception.policy,
    owner: exception.owner,
    ticket: exception.ticket,
    environments: exception.environments?.join(", ") ?? "all",
  };
  return Object.entries(said).reduce<Expression>(
    // The replacement is a template in which $ begins a group.
    (series, [to, text]) =>
      labelReplace(series, { to, replacement: text.replaceAll("$", "$$$$"), from: "", matches: "" }),
    subtract(vector(endOf(exception)), time()),
  );
}

function exceptionPanels({ policyExceptions }: Platform): readonly Panel[] {
  const [first, ...others] = policyExceptions;
  if (first === undefined) return [];
  const left = others.reduce<Expression>((all, exception) => or(all, timeLeft(exception)), timeLeft(first));
  return [
    table("Exceptions by the time that they still hold", [query("left", left)], {
      unit: "s",
      height: 10,
      description:
        "What policies let pass for a while, and until when. Below 0 an exception has ended: what it was for is found wrong again, or refused. The owner makes it unnecessary.",
      columns: [
        column("Exception", { label: "exception" }),
        column("Policy", { label: "policy" }),
        column("Environments", { label: "environments" }),
        column("Owner", { label: "owner" }),
        column("Ticket", { label: "ticket" }),
        column("Time left", { query: "left" }, { thresholds: badBelow({ warning: 30 * day, bad: 0 }) }),
      ],
    }),
  ];
}

/** What policies find, and what they let pass. */
export const policyRows: readonly TopicRow[] = [
  { topic: "policies", id: "violations", title: "Violations", panels: () => violations },
  { topic: "policies", id: "exceptions", title: "Exceptions", panels: exceptionPanels },
];
