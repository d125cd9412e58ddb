import { absentOverTime, type Metric } from "@plinth/metrics";
import { missing, steady } from "../alert/scenario.ts";
import type { Condition } from "./condition.ts";

/**
 * Nothing exposes a metric any more: the software is down, or Prometheus does not reach it. Ten minutes bridge a restart and a failed scrape.
 *
 * @param metric A metric that every healthy installation exposes at all times.
 */
export function disappears(metric: Metric): Condition<never> {
  return {
    labels: [],
    expr: absentOverTime(metric, "10m"),
    fires: [
      {
        name: "it stops answering and comes back",
        // The last sample is that of the ninth minute.
        after: "19m",
        until: "200m",
        labels: {},
        series: [{ series: metric.name, labels: {}, samples: [steady(1, "10m"), missing("190m"), steady(1)] }],
      },
    ],
    quiet: [
      { name: "it answers", series: [{ series: metric.name, labels: {}, samples: [steady(1)] }] },
      {
        name: "it restarts",
        series: [{ series: metric.name, labels: {}, samples: [steady(1, "10m"), missing("8m"), steady(1)] }],
      },
    ],
  };
}
