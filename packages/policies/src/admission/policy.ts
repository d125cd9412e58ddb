import type { CelExpression } from "./cel.ts";
import type { PolicyMatch } from "./match.ts";
import type { PodFixture } from "./pod-fixture.ts";

export type PolicyCategory = "Pod Security" | "Best Practices" | "Resources" | "Compliance";

/** How bad a violation is: what Kyverno writes into reports. */
export type PolicySeverity = "low" | "medium" | "high" | "critical";

/**
 * The control of a public standard that a policy implements. `check` is the id of the check in Kubernetes' own implementation.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export interface PodSecurityControl {
  readonly standard: "pod-security";
  readonly level: "baseline" | "restricted";
  readonly check: string;
}

export type PolicyControl = PodSecurityControl;

/** An object that a policy refuses, and the offenders that it finds in it. */
export interface Violation {
  readonly fixture: PodFixture;
  readonly offenders: readonly [string, ...string[]];
}

/** What a policy asks, why, and what it says about objects that do and do not do it. */
export interface Policy {
  /** A DNS label; the policy that refuses has `-enforce` behind it. */
  readonly name: string;
  readonly title: string;
  readonly category: PolicyCategory;
  readonly severity: PolicySeverity;
  /** The control of a public standard that it implements, if any. */
  readonly control?: PolicyControl;
  /** What goes wrong without it: one sentence. */
  readonly why: string;
  /** What to do about a violation: a sentence with its full stop, the end of each message. */
  readonly fix: string;
  readonly match: PolicyMatch;
  /** Variables of its own, by name, each built of those before it. */
  readonly variables: Readonly<Record<string, CelExpression>>;
  /**
   * A CEL list of strings, empty when the object may pass. Each string is a clause that names the container or volume and the field:
   * `container app sets securityContext.privileged`. The message is these clauses and the fix.
   */
  readonly offenders: CelExpression;
  /** Objects that pass. */
  readonly good: readonly PodFixture[];
  /** Objects that do not, with what is said of them. */
  readonly bad: readonly Violation[];
}

/** A policy as it is written: variables may be left out. */
export type PolicyInput = Omit<Policy, "variables"> & {
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
export function definePolicy({ variables = {}, ...policy }: PolicyInput): Policy {
  return { ...policy, variables };
}

/**
 * An object that a policy refuses, with the clauses that it says about it.
 *
 * @example
 * violation(pod({ hostNetwork: true }), "hostNetwork is true");
 */
export function violation(fixture: PodFixture, ...offenders: readonly [string, ...string[]]): Violation {
  return { fixture, offenders };
}

/** What a policy says about an object with these offenders: in the refusal, and in reports. */
export function messageOf(policy: Policy, offenders: readonly string[]): string {
  return `${offenders.join(", ")}. ${policy.fix}`;
}
