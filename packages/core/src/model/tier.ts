/**
 * How much depends on a service: the values of `service.criticality` in the semantic conventions.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
 */
export type Tier = "critical" | "high" | "medium" | "low";

/** All tiers, the most important first. */
export const tiers: readonly Tier[] = ["critical", "high", "medium", "low"];
