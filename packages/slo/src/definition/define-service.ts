import type { ServicePromiseInput, Tier } from "@plinth/core";

/** What a service's own repository says of it: whose it is, and what it promises. */
export interface ServiceDefinition {
  readonly name: string;
  /** The owner's name. */
  readonly team: string;
  /** How much depends on it: a promise's alerts follow. @default "high": tickets, nobody is woken */
  readonly tier?: Tier;
  readonly promises: readonly ServicePromiseInput[];
}

/**
 * Describes a service in its own repository, without the platform around it. The default export of `slo.ts`.
 *
 * @example
 * export default defineService({
 *   name: "loyalty",
 *   team: "backend",
 *   promises: [availability(99.5), latency({ percentile: 99, below: "300ms", route: "/points/**" })],
 * });
 */
export function defineService(definition: ServiceDefinition): ServiceDefinition {
  return definition;
}
