import type { AvailabilityPromiseInput } from "@plinth/core";

/** An availability promise in full. */
export type AvailabilityOptions = Omit<AvailabilityPromiseInput, "kind">;

/**
 * The promise that so many percent of the requests end without an error of the server.
 *
 * @example
 * availability(99.9);
 * availability({ objective: 99.5, alerts: "ticket" });
 * availability({ name: "points", objective: 99.5, route: "/points/**", from: "http-server", by: ["http_route"] });
 */
export function availability(objective: number | AvailabilityOptions): AvailabilityPromiseInput {
  return typeof objective === "number" ? { kind: "availability", objective } : { kind: "availability", ...objective };
}
