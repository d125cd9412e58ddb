import type { ServicePromise } from "@plinth/core";
import { percent } from "./percent.ts";

/** Names of the alerts on a burning error budget, by what is promised. */
export type BurnAlertName =
  | "AvailabilityBudgetBurn"
  | "LatencyBudgetBurn"
  | "ThroughputBudgetBurn"
  | "FreshnessBudgetBurn"
  | "SaturationBudgetBurn"
  | "EventsBudgetBurn";

/** A promise in words, for people who were woken by it. */
export interface PromiseWords {
  /** Name of its alerts. */
  readonly alert: BurnAlertName;
  /** What it counts. */
  readonly events: "requests" | "messages" | "events" | "minutes";
  /** What is promised: `99.9 % of requests end without an error`. */
  readonly promise: string;
  /** What an event does that breaks it: `end in an error`. */
  readonly breaks: string;
}

/** A promise in words. What a consumer does for others are messages. */
export function wordsOf(promise: ServicePromise, { consumes }: { readonly consumes: boolean }): PromiseWords {
  const requests = consumes ? "messages" : "requests";
  const route = "route" in promise && promise.route !== undefined ? ` to ${promise.route}` : "";
  const each = promise.by === undefined ? "" : `, for each ${promise.by.join(" and ")}`;
  const share = (events: string): string => `${percent(promise.objective)} of ${events}`;
  switch (promise.kind) {
    case "availability":
      return {
        alert: "AvailabilityBudgetBurn",
        events: requests,
        promise: `${share(requests)}${route} end without an error${each}`,
        breaks: "end in an error",
      };
    case "latency":
      return {
        alert: "LatencyBudgetBurn",
        events: requests,
        promise: `${share(requests)}${route} take at most ${promise.below}${each}`,
        breaks: `take longer than ${promise.below}`,
      };
    case "throughput": {
      const enough = `${promise.atLeast} ${requests} in ${promise.per ?? "1m"}`;
      return {
        alert: "ThroughputBudgetBurn",
        events: "minutes",
        promise: `${share("the time")} at least ${enough} are handled${each}`,
        breaks: `have fewer than ${enough}`,
      };
    }
    case "freshness":
      return {
        alert: "FreshnessBudgetBurn",
        events: "minutes",
        promise: `${share("the time")} the last success is at most ${promise.within} ago${each}`,
        breaks: `begin more than ${promise.within} after the last success`,
      };
    case "saturation": {
      const used = typeof promise.of === "string" ? `of its ${promise.of} limit` : "of what there is";
      return {
        alert: "SaturationBudgetBurn",
        events: "minutes",
        promise: `${share("the time")} less than ${percent(promise.below)} ${used} is used${each}`,
        breaks: `find ${percent(promise.below)} ${used} used, or more`,
      };
    }
    case "events":
    case "raw":
    case "plugin":
      return {
        alert: "EventsBudgetBurn",
        events: "events",
        promise: `${share(promise.what ?? `the events of ${promise.name} are good`)}${each}`,
        breaks: `of ${promise.name} are bad`,
      };
  }
}
