import type { Environment, FoundationComponent, Platform } from "@plinth/core";
import { closedPodsRail } from "./closed-pods.ts";
import { clusterAdminRail } from "./cluster-admin.ts";
import { definitionDeletionRail } from "./definition-deletion.ts";
import { everybodyRail } from "./everybody.ts";
import { foundationLimitsRail } from "./foundation-limits.ts";
import { type GuardRail, guardRailPolicy } from "./guard-rail.ts";
import { guardRailFindings } from "./guard-rail-findings.ts";
import { guardRailsPage } from "./guard-rails-page.ts";
import { type Guarded, type GuardRailOptions, guardedOf } from "./guarded.ts";
import { kyvernoWebhooksRail } from "./kyverno-webhooks.ts";
import { namespaceDeletionRail } from "./namespace-deletion.ts";
import { namespaceLabelsRail } from "./namespace-labels.ts";
import { policiesRail } from "./policies.ts";
import { policyExceptionsRail } from "./policy-exceptions.ts";
import { tokenSecretsRail } from "./token-secrets.ts";

/** Rails that are equal in every environment. */
const everywhere: readonly ((guarded: Guarded) => GuardRail)[] = [
  clusterAdminRail,
  everybodyRail,
  namespaceLabelsRail,
  namespaceDeletionRail,
  definitionDeletionRail,
  foundationLimitsRail,
  policiesRail,
  policyExceptionsRail,
  kyvernoWebhooksRail,
  tokenSecretsRail,
];

/** Rails that depend on how open an environment is. */
const byEnvironment: readonly ((guarded: Guarded, environment: Environment) => GuardRail | undefined)[] = [
  closedPodsRail,
];

/**
 * Every rail that holds in an environment, with what is tried at it.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * const [environment] = platform.environments;
 * if (environment !== undefined) guardRailsIn(platform, environment).map(({ name, attempts }) => [name, attempts.length]);
 */
export function guardRailsIn(
  platform: Platform,
  environment: Environment,
  options: GuardRailOptions = {},
): readonly GuardRail[] {
  const guarded = guardedOf(platform, options);
  return [...everywhere.map((rail) => rail(guarded)), ...ownOf(guarded, environment)];
}

function ownOf(guarded: Guarded, environment: Environment): readonly GuardRail[] {
  return byEnvironment.flatMap((rail) => rail(guarded, environment) ?? []);
}

/**
 * What holds while Kyverno is down, and for those who may everything: policies of the API server itself, each with a binding that refuses and records. The
 * platform's admins pass where the foundation is changed; give `keepers` where a pipeline applies it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 *
 * @example
 * createGuardRails({ keepers: { users: ["system:serviceaccount:pipelines:foundation"] } });
 */
export function createGuardRails(options: GuardRailOptions = {}): FoundationComponent {
  return {
    name: "guard-rails",
    layer: "foundation",
    shared: (platform) => everywhere.flatMap((rail) => guardRailPolicy(rail(guardedOf(platform, options)))),
    perEnvironment: (platform, environment) =>
      ownOf(guardedOf(platform, options), environment).flatMap(guardRailPolicy),
    documents: (platform) => [guardRailsPage(platform, (environment) => guardRailsIn(platform, environment, options))],
    check: () => guardRailFindings(options),
  };
}

/** What holds while Kyverno is down, on a platform that its admins apply. */
export const guardRails: FoundationComponent = createGuardRails();
