import type { Finding } from "../finding.ts";
import type { ServicePromise, ServicePromiseInput } from "./promise.ts";
import { servicePromiseSchema, type UntieredPromise } from "./promise-schema.ts";
import type { PromiseAlerts } from "./promise-terms.ts";
import { schemaFindings } from "./schema-findings.ts";
import type { Tier } from "./tier.ts";

/** What a promise does when it is broken, unless it says so itself: the platform's paging rules by tier. */
const alertsByTier: Readonly<Record<Tier, PromiseAlerts>> = {
  critical: "page-and-ticket",
  high: "ticket",
  medium: "none",
  low: "none",
};

/** Promises with the alerts of their service's tier, where they say nothing themselves. */
export function tieredPromises(promises: readonly UntieredPromise[], tier: Tier): ServicePromise[] {
  return promises.map((promise): ServicePromise => ({ ...promise, alerts: promise.alerts ?? alertsByTier[tier] }));
}

/**
 * Promises that stand alone, without a platform around them: checked, with the alerts of a tier. What is wrong with one does not hide what is wrong with the
 * next; a promise that is wrong is left out.
 *
 * @example
 * buildPromises([{ kind: "availability", objective: 99.9 }], "high").promises[0]?.alerts; // "ticket"
 */
export function buildPromises(
  inputs: readonly ServicePromiseInput[],
  tier: Tier,
): { readonly promises: readonly ServicePromise[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const promises: ServicePromise[] = [];
  inputs.forEach((input, index) => {
    const prefix = `promises[${index}]`;
    const parsed = servicePromiseSchema.safeParse(input);
    if (parsed.success) promises.push(...tieredPromises([parsed.data], tier));
    else findings.push(...schemaFindings(parsed.error, input, servicePromiseSchema, { prefix }));
  });
  return { promises, findings };
}
