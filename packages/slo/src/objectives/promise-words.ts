import type { Service, ServicePromise } from "@plinth/core";
import { servedSpanKind } from "@plinth/metrics";
import { percent } from "./percent.ts";

/** Names of the alerts on a burning error budget, by what is promised. */
export type BurnAlertName = "AvailabilityBudgetBurn" | "LatencyBudgetBurn";

/** A promise in words, for people who were woken by it. */
export interface PromiseWords {
  /** Name of its alerts. */
  readonly alert: BurnAlertName;
  /** What it counts. */
  readonly events: "requests" | "messages";
  /** What is promised: `99.9 % of requests end without an error`. */
  readonly promise: string;
  /** What an event does that breaks it: `end in an error`. */
  readonly breaks: string;
}

/** A service's promise in words. What a consumer does for others are messages. */
export function wordsOf(service: Service, promise: ServicePromise): PromiseWords {
  const events = servedSpanKind(service) === "SPAN_KIND_CONSUMER" ? "messages" : "requests";
  const share = `${percent(promise.objective)} of ${events}`;
  switch (promise.kind) {
    case "availability":
      return {
        alert: "AvailabilityBudgetBurn",
        events,
        promise: `${share} end without an error`,
        breaks: "end in an error",
      };
    case "latency":
      return {
        alert: "LatencyBudgetBurn",
        events,
        promise: `${share} take at most ${promise.below}`,
        breaks: `take longer than ${promise.below}`,
      };
  }
}
