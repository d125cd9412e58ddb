import type { AcceptedRiskInput } from "./accepted-risk.ts";
import type { AlertOverrideInput } from "./alert-override.ts";
import type { ApiInput } from "./api.ts";
import type { BreakGlassInput } from "./break-glass.ts";
import type { DataStoreInput } from "./data-store.ts";
import type { EnvironmentInput } from "./environment.ts";
import type { PlatformInput } from "./platform.ts";
import type { PlatformComponentInput } from "./platform-component.ts";
import type { PolicyExceptionInput } from "./policy-exception.ts";
import type { PolicyAction, PolicyRolloutInput } from "./policy-rollout.ts";
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

/** Describes what policies do somewhere, instead of what the environment says of admission. `audit`, `warn` and `enforce` say it in fewer words. */
export function definePolicyRollout(input: PolicyRolloutInput): PolicyRolloutInput {
  return rememberSource(input, definePolicyRollout);
}

/** Describes something that a policy lets pass. `except` says it in fewer words. */
export function definePolicyException(input: PolicyExceptionInput): PolicyExceptionInput {
  return rememberSource(input, definePolicyException);
}

/** Where policies do something, since when, and what comes next. */
export interface RolloutOptions extends Pick<PolicyRolloutInput, "teams" | "since" | "next" | "owner" | "because"> {
  /** Environments. @default all */
  in?: string | readonly string[];
  /** @default made of the action, the policies and where it holds */
  name?: string;
}

/**
 * Policies that report what they find.
 *
 * @example
 * export const restricted = audit("pod-security/restricted", { in: "staging", owner: "platform", next: { action: "warn", on: "2027-01-15" } });
 */
export function audit(policies: string, options: RolloutOptions): PolicyRolloutInput {
  return rememberSource(rollout("audit", policies, options), audit);
}

/**
 * Policies that report what they find and warn whoever sends it.
 *
 * @example
 * export const probes = warn("require-pod-probes", { teams: ["data"], owner: "data", next: { action: "enforce", on: "2027-02-01" } });
 */
export function warn(policies: string, options: RolloutOptions): PolicyRolloutInput {
  return rememberSource(rollout("warn", policies, options), warn);
}

/**
 * Policies that refuse what they find.
 *
 * @example
 * export const baseline = enforce("pod-security/baseline", { in: "production", since: "2026-12-01", owner: "platform" });
 */
export function enforce(policies: string, options: RolloutOptions): PolicyRolloutInput {
  return rememberSource(rollout("enforce", policies, options), enforce);
}

function rollout(
  action: PolicyAction,
  policies: string,
  { in: environments, name, ...rest }: RolloutOptions,
): PolicyRolloutInput {
  const named = typeof environments === "string" ? [environments] : environments;
  return {
    name: name ?? joined([action, policies === "*" ? "all" : policies, ...(named ?? []), ...(rest.teams ?? [])]),
    policies,
    action,
    ...(named === undefined ? {} : { environments: named }),
    ...rest,
  };
}

/** What an exception is for, why, and until when. */
export interface ExceptionOptions extends Omit<PolicyExceptionInput, "name" | "policy" | "environments" | "for"> {
  /** What a service runs as, one object of a team, one object that lives in no namespace, or everything of a team. */
  for:
    | { service: string; resource?: { kind: string; name: string } }
    | { team: string; resource?: { kind: string; name: string } }
    | { resource: { kind: string; name: string } };
  /** Environments. @default all */
  in?: string | readonly string[];
  /** @default made of what it is for and the policy */
  name?: string;
}

/**
 * Something that a policy lets pass: for a reason, approved by somebody, until a day.
 *
 * @example
 * export const oldApi = except("disallow-host-path", {
 *   for: { team: "data", resource: { kind: "Deployment", name: "old-api" } },
 *   because: "Reads its licence from the node; the new version does not.",
 *   ticket: "SEC-212",
 *   approvedBy: "platform",
 *   owner: "data",
 *   until: "2027-03-31",
 * });
 */
export function except(policy: string, options: ExceptionOptions): PolicyExceptionInput {
  const { in: environments, name, ...rest } = options;
  const named = typeof environments === "string" ? [environments] : environments;
  return rememberSource(
    {
      name: name ?? joined([...exceptedNames(rest.for), policy]),
      policy,
      ...(named === undefined ? {} : { environments: named }),
      ...rest,
    },
    except,
  );
}

function exceptedNames(scope: ExceptionOptions["for"]): string[] {
  const { resource } = scope;
  return [
    ...("service" in scope ? [scope.service] : "team" in scope ? [scope.team] : []),
    ...(resource === undefined ? [] : [resource.kind, resource.name]),
  ];
}

/** What an alert does otherwise somewhere, and why. */
export interface OverrideOptions extends Omit<AlertOverrideInput, "name" | "alert" | "environments"> {
  /** Environments. @default all */
  in?: string | readonly string[];
  /** @default made of the alert and where it holds */
  name?: string;
}

/**
 * An alert that is something else somewhere: another threshold, another duration, another severity, without some namespaces, or not there at all.
 *
 * @example
 * export const fullDisks = override("NodeFilesystemAlmostFull", { in: "staging", threshold: "5%", for: "30m", because: "Nodes live for a day." });
 * export const batchJobs = override("PodCrashLooping", { teams: ["data"], severity: "info", because: "Jobs are begun again until the input is there." });
 */
export function override(alert: string, options: OverrideOptions): AlertOverrideInput {
  const { in: environments, name, ...rest } = options;
  const named = typeof environments === "string" ? [environments] : environments;
  return rememberSource(
    {
      name: name ?? joined([alert, ...(named ?? []), ...(rest.teams ?? [])]),
      alert,
      ...(named === undefined ? {} : { environments: named }),
      ...rest,
    },
    override,
  );
}

/** A name made of words: what no name can hold becomes `-`. */
function joined(words: readonly string[]): string {
  return words
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
}
