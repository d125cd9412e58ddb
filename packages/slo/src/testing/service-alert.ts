import { printDuration } from "@plinth/core";
import type { FiredAlert } from "@plinth/metrics/evaluation";

/** A stretch of time in which an alert fires. Times are durations after the first sample: `"1h3m"`. */
export interface ServiceAlert {
  /** `AvailabilityBudgetBurn`. */
  readonly alert: string;
  /** Whether it wakes somebody or waits for the morning; alerts that are no burn alerts are neither. */
  readonly kind?: "page" | "ticket";
  /** The promise that it is about. */
  readonly promise: string;
  readonly from: string;
  /** When it has ended. Without, it fires to the end of the test. */
  readonly until?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An alert that fired, as its authors speak of it. */
export function serviceAlert({ alert, labels, from, until }: FiredAlert): ServiceAlert {
  const severity = labels["sloth_severity"];
  return {
    alert,
    ...(severity === "page" || severity === "ticket" ? { kind: severity } : {}),
    promise: labels["slo"] ?? labels["sloth_slo"] ?? "",
    from: printDuration(from * 1000),
    ...(until === undefined ? {} : { until: printDuration(until * 1000) }),
    labels,
  };
}

/** `2h23m to 5h: AvailabilityBudgetBurn (ticket, availability)`. */
export function alertLine({ alert, kind, promise, from, until }: ServiceAlert): string {
  const about = [kind, promise].filter((word) => word !== undefined && word !== "").join(", ");
  return `${from} to ${until ?? "the end"}: ${alert} (${about})`;
}
