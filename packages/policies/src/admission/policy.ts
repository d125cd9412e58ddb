import type { Environment, Finding, Platform } from "@plinth/core";
import type { CelExpression } from "./cel.ts";
import type { PolicyControl } from "./control.ts";
import type { Fixture } from "./fixture.ts";
import type { PolicyMatch } from "./match.ts";
import type { Parameter } from "./parameter.ts";
import type { PodFixture } from "./pod-fixture.ts";

export type { CisControl, NsaControl, PodSecurityControl, PolicyControl } from "./control.ts";

export type PolicyCategory =
  | "Pod Security"
  | "Best Practices"
  | "Resources"
  | "Compliance"
  | "Supply Chain"
  | "RBAC"
  | "Secrets"
  | "Networking";

/** How bad a violation is: what Kyverno writes into reports. */
export type PolicySeverity = "low" | "medium" | "high" | "critical";

/** An object that a policy refuses, and the offenders that it finds in it. */
export interface Violation<Tried extends Fixture = PodFixture> {
  readonly fixture: Tried;
  readonly offenders: readonly [string, ...string[]];
}

/** What a policy asks, why, and what it says about objects that do and do not do it. */
export interface Policy<Tried extends Fixture = PodFixture> {
  /** A DNS label; the policy that refuses has `-enforce` behind it. */
  readonly name: string;
  readonly title: string;
  readonly category: PolicyCategory;
  readonly severity: PolicySeverity;
  /** The controls of public standards that it implements, if any. */
  readonly control?: PolicyControl | readonly PolicyControl[];
  /** What goes wrong without it: one sentence. */
  readonly why: string;
  /** What to do about a violation: a sentence with its full stop, the end of each message. */
  readonly fix: string;
  readonly match: PolicyMatch;
  /** The minor version of Kubernetes from which on it judges, where what it reads came later: `1.34`. */
  readonly since?: string;
  /** It only ever reports: where the field has good reasons to do what it finds fault with. */
  readonly auditOnly?: boolean;
  /** Variables of its own, by name, each built of those before it. */
  readonly variables: Readonly<Record<string, CelExpression>>;
  /**
   * A CEL list of strings, empty when the object may pass. Each string is a clause that names the container or volume and the field:
   * `container app sets securityContext.privileged`. The message is these clauses and the fix.
   */
  readonly offenders: CelExpression;
  /** Objects that pass. */
  readonly good: readonly Tried[];
  /** Objects that do not, with what is said of them. */
  readonly bad: readonly Violation<Tried>[];
  /** What it was told, by name. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The same policy with other parameters, each of which it is tried with, too. */
  readonly variants: readonly Policy<Tried>[];
  /** What is wrong with the values that it was given. */
  readonly findings: readonly Finding[];
  /** The policy as an environment has it; itself when left out. */
  readonly inEnvironment?: (platform: Platform, environment: Environment) => Policy<Tried>;
}

/** A policy about any kind of object. */
export type AnyPolicy = Policy<Fixture>;

/** A policy as it is written: variables may be left out. */
export type PolicyInput<Tried extends Fixture = PodFixture> = Omit<
  Policy<Tried>,
  "variables" | "parameters" | "variants" | "findings" | "inEnvironment"
> & {
  /** @default none */
  readonly variables?: Policy["variables"];
};

/**
 * Defines a policy. It says what offends, not what to answer: rule and message are made of the same list, so that they cannot disagree.
 * Mistakes in it are findings of `policyFindings`.
 *
 * @example
 * export const disallowHostPorts: Policy = definePolicy({
 *   name: "disallow-host-ports",
 *   title: "Disallow host ports",
 *   category: "Pod Security",
 *   severity: "medium",
 *   control: { standard: "pod-security", level: "baseline", check: "hostPorts" },
 *   why: "A host port takes a port of the node and passes by the network policies of the pod.",
 *   fix: "Remove hostPort and reach the pod through a Service.",
 *   match: pods(),
 *   offenders: cel`variables.containers
 *     .filter(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0))
 *     .map(c, 'container ' + c.name + ' takes a hostPort')`,
 *   good: [pod()],
 *   bad: [violation(pod({ containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] }), "container app takes a hostPort")],
 * });
 */
export function definePolicy<Tried extends Fixture = PodFixture>({
  variables = {},
  ...policy
}: PolicyInput<Tried>): Policy<Tried> {
  return { ...policy, variables, parameters: {}, variants: [], findings: [] };
}

/**
 * An object that a policy refuses, with the clauses that it says about it.
 *
 * @example
 * violation(pod({ hostNetwork: true }), "hostNetwork is true");
 */
export function violation<Tried extends Fixture>(
  fixture: Tried,
  ...offenders: readonly [string, ...string[]]
): Violation<Tried> {
  return { fixture, offenders };
}

/** What a policy says about an object with these offenders: in the refusal, and in reports. */
export function messageOf(policy: Pick<Policy, "fix">, offenders: readonly string[]): string {
  return `${offenders.join(", ")}. ${policy.fix}`;
}

/** The controls of public standards that a policy implements. */
export function controlsOf({ control }: Pick<Policy, "control">): readonly PolicyControl[] {
  if (control === undefined) return [];
  return "standard" in control ? [control] : control;
}

/** The policy as an environment has it, or `undefined` where its version of Kubernetes is too old for what it reads. */
export function policyIn<Tried extends Fixture>(
  policy: Policy<Tried>,
  platform: Platform,
  environment: Environment,
): Policy<Tried> | undefined {
  if (policy.since !== undefined && minorOf(environment.cluster.kubernetes) < minorOf(policy.since)) return undefined;
  return policy.inEnvironment?.(platform, environment) ?? policy;
}

/** The number behind the point of a Kubernetes version: 36 of `1.36`. */
export function minorOf(version: string): number {
  return Number(version.slice(version.indexOf(".") + 1));
}
