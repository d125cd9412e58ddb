import type { ConsequenceDomain } from "../rules/consequence-rule.ts";

/** In the order in which a reader is told of them. */
export const domains: readonly ConsequenceDomain[] = [
  "data",
  "permissions",
  "network",
  "policies",
  "exceptions",
  "alerts",
  "objectives",
  "telemetry",
  "delivery",
  "quota",
  "cost",
  "dashboards",
  "other",
];
