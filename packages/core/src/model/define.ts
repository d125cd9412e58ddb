import type { AcceptedRiskInput } from "./accepted-risk.ts";
import type { ApiInput } from "./api.ts";
import type { BreakGlassInput } from "./break-glass.ts";
import type { DataStoreInput } from "./data-store.ts";
import type { EnvironmentInput } from "./environment.ts";
import type { PlatformInput } from "./platform.ts";
import type { PlatformComponentInput } from "./platform-component.ts";
import type { ServiceInput } from "./service.ts";
import { rememberSource } from "./source.ts";
import type { TeamInput } from "./team.ts";

// Each returns what it was given and remembers where it was called: findings and file headers name that place.
// Nothing is checked here: `buildPlatform` checks everything at once, so that one mistake does not hide the next.

/** A whole platform, before it is checked. The default export of `platform/index.ts`. */
export interface PlatformDefinition {
  readonly kind: "PlatformDefinition";
  readonly input: PlatformInput;
}

/**
 * Describes a platform.
 *
 * @example
 * declare const production: EnvironmentInput;
 * declare const backend: TeamInput;
 * declare const checkout: ServiceInput;
 * export default definePlatform({
 *   name: "astronomy-shop",
 *   domain: "shop.example.com",
 *   repository: { url: "https://git.example.com/shop/platform" },
 *   environments: [production],
 *   teams: [backend],
 *   services: [checkout],
 * });
 */
export function definePlatform(input: PlatformInput): PlatformDefinition {
  return rememberSource({ kind: "PlatformDefinition", input }, definePlatform);
}

/** True for what `definePlatform` returns, also when another copy of this package made it. */
export function isPlatformDefinition(value: unknown): value is PlatformDefinition {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === "PlatformDefinition" &&
    "input" in value
  );
}

/**
 * Describes a service.
 *
 * @example
 * export const checkout = defineService({
 *   name: "checkout",
 *   team: "backend",
 *   tier: "critical",
 *   language: "go",
 *   ports: { grpc: { port: 5050, protocol: "grpc" } },
 *   calls: ["cart", "flagd/grpc"],
 *   produces: ["kafka/orders"],
 * });
 */
export function defineService(input: ServiceInput): ServiceInput {
  return rememberSource(input, defineService);
}

/** Describes a team: its contact, its groups, its quota in each environment. */
export function defineTeam(input: TeamInput): TeamInput {
  return rememberSource(input, defineTeam);
}

/** Describes an environment: its cluster, network, delivery, admission, telemetry and paging. */
export function defineEnvironment(input: EnvironmentInput): EnvironmentInput {
  return rememberSource(input, defineEnvironment);
}

/** Describes a database, cache or queue. */
export function defineDataStore(input: DataStoreInput): DataStoreInput {
  return rememberSource(input, defineDataStore);
}

/** Describes an interface that a service offers. */
export function defineApi(input: ApiInput): ApiInput {
  return rememberSource(input, defineApi);
}

/** Describes something that the platform itself runs. */
export function definePlatformComponent(input: PlatformComponentInput): PlatformComponentInput {
  return rememberSource(input, definePlatformComponent);
}

/**
 * Describes permissions beyond the daily ones: for whom, where, why, and until when.
 *
 * @example
 * export const paymentIncident = defineBreakGlass({
 *   name: "payment-incident",
 *   group: "integrations-on-call",
 *   role: "namespace-admin",
 *   environment: "production",
 *   team: "integrations",
 *   because: "The card processor changes its endpoint; orders fail until the configuration follows.",
 *   ticket: "INC-4711",
 *   approvedBy: "platform",
 *   until: "2026-12-31",
 * });
 */
export function defineBreakGlass(input: BreakGlassInput): BreakGlassInput {
  return rememberSource(input, defineBreakGlass);
}

/** Describes a risk of a permission that somebody has decided to carry, and why. */
export function defineAcceptedRisk(input: AcceptedRiskInput): AcceptedRiskInput {
  return rememberSource(input, defineAcceptedRisk);
}
