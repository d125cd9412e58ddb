import { promisesOf, type Service, type ServicePromise } from "@plinth/core";
import { metric, select, servedSpanKind } from "@plinth/metrics";
import { stat, timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { badAbove, badBelow } from "../model/thresholds.ts";
import { PAGE_BURN_RATE } from "./promise-thresholds.ts";
import type { ServiceRow } from "./service-row.ts";

// A quarter of the budget left: time to be careful with changes.
const budgetThresholds = badBelow({ warning: 0.25, bad: 0 });
const legend = "{{sloth_slo}}";

/** Whether anything counts what is promised: a service's requests are counted by their spans, unless the promise says otherwise. */
function isMeasured(promise: ServicePromise, service: Service): boolean {
  switch (promise.kind) {
    case "freshness":
      if (promise.lastSuccess !== undefined) return true;
      break;
    case "saturation":
    case "events":
    case "raw":
    case "plugin":
      return true;
  }
  return (promise.from ?? "span-metrics") !== "span-metrics" || servedSpanKind(service) !== undefined;
}

/**
 * What the service promises and how much of its error budget is left, from the rules that record each SLO; none for a service that promises
 * nothing, or whose work cannot be counted.
 *
 * @see https://sloth.dev/introduction/architecture/
 */
export function sloRow(): ServiceRow {
  return ({ environment, service }) => {
    if (!promisesOf(service).some((promise) => isMeasured(promise, service))) return undefined;
    const ofService = { environment: environment.name, sloth_service: service.name };
    return row(
      "Promises and error budget",
      [
        stat("Objective", select(metric("slo:objective:ratio"), ofService), {
          unit: "percentunit",
          legend,
          width: 4,
          height: 8,
          decimals: 2,
          description: "Share of events that must be good, for each promise.",
        }),
        stat("Budget left", select(metric("slo:period_error_budget_remaining:ratio"), ofService), {
          unit: "percentunit",
          legend,
          width: 4,
          height: 8,
          thresholds: budgetThresholds,
          description: "Share of the period's error budget that is left. Below 0 the promise is broken.",
        }),
        timeseries("Burn rate", select(metric("slo:current_burn_rate:ratio"), ofService), {
          unit: "short",
          legend,
          min: 0,
          thresholds: badAbove({ warning: 1, bad: PAGE_BURN_RATE }),
          description: `How many times too fast the budget is used up over the last five minutes: 1 uses it up exactly at the end of the period, ${PAGE_BURN_RATE} for an hour wakes somebody.`,
        }),
        timeseries("Error budget left", select(metric("slo:period_error_budget_remaining:ratio"), ofService), {
          id: "budget-left-over-time",
          unit: "percentunit",
          legend,
          max: 1,
          thresholds: budgetThresholds,
          description:
            "The budget over time: a steep fall is one incident, a slope is a service that is not good enough.",
        }),
      ],
      { id: "slo" },
    );
  };
}
