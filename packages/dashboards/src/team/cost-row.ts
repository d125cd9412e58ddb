import { runsSoftware } from "@plinth/core";
import {
  add,
  divide,
  type Expression,
  hoursOfMonth,
  max,
  metric,
  multiply,
  notEqualTo,
  rate,
  select,
  subtract,
  sum,
} from "@plinth/metrics";
import { stat, timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import type { TeamRow } from "./team-row.ts";

const GIBIBYTE = 1024 ** 3;

/**
 * What the team's namespace costs, and what it requests and does not use. None where OpenCost does not run, which knows the prices.
 *
 * @see https://opencost.io/docs/integrations/metrics
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") };
 * teamCostRow()(view); // undefined: the example platform has no OpenCost
 */
export function teamCostRow(): TeamRow {
  return ({ platform, team: { namespace } }) => {
    if (!runsSoftware(platform, "opencost")) return undefined;
    const cpu = perHour(select(metric("container_cpu_allocation"), { namespace }), metric("node_cpu_hourly_cost"));
    const memory = perHour(
      divide(select(metric("container_memory_allocation_bytes"), { namespace }), GIBIBYTE),
      metric("node_ram_hourly_cost"),
    );
    return row(
      "Cost",
      [
        stat("Cost of a month", multiply(add(cpu, memory), hoursOfMonth), {
          unit: "short",
          height: 8,
          decimals: 0,
          description:
            "What the team's pods cost in a month as they are now, in the currency of OpenCost's price list: processor and memory, without volumes and traffic.",
        }),
        timeseries("Cost per hour", [query("processor", cpu), query("memory", memory)], {
          unit: "short",
          min: 0,
          width: 9,
          stacked: true,
          description: "What the team's pods cost per hour. A step up is a new request or a new replica.",
        }),
        timeseries("Requested and not used", [query("cpu", idle(namespace), { legend: "cores" })], {
          unit: "short",
          min: 0,
          width: 9,
          description:
            "Cores that the team's pods request and do not use: paid for, and taken from its quota. What stays there for a week can be requested less.",
        }),
      ],
      { id: "cost" },
    );
  };
}

type Prices = ReturnType<typeof metric<"node_cpu_hourly_cost" | "node_ram_hourly_cost">>;

/** What is allocated on each node, at its price. */
function perHour(allocated: Expression, prices: Prices): Expression {
  return sum(multiply(allocated, max(prices, { by: ["node"] }), { on: ["node"], groupLeft: [] }));
}

function idle(namespace: string): Expression {
  const used = select(metric("container_cpu_usage_seconds_total"), { namespace, container: notEqualTo("") });
  const requested = select(metric("kube_pod_container_resource_requests"), { namespace, resource: "cpu" });
  return subtract(sum(requested), sum(rate(used, "$__rate_interval")));
}
