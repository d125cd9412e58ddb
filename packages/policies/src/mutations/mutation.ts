import type { Environment, Platform } from "@plinth/core";
import type { CelExpression } from "../admission/cel.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";

/** A kind as a policy selects it. */
export interface SelectedKind {
  readonly group: string;
  readonly version: string;
  /** As the API server's paths say it: `deployments`. */
  readonly resource: string;
  readonly kind: string;
}

/** An object as somebody sends it, and as it is stored. */
export interface Change {
  readonly before: ObjectFixture;
  readonly after: ObjectFixture;
  /** Where the place decides what is written. @default any namespace of a team */
  readonly namespace?: string;
}

/**
 * A default that is written into an object when it is made, and only where the object says nothing: what is set is never changed, and an object that
 * is there already is never touched, so that switching a default on restarts nothing.
 */
export interface Mutation {
  /** A DNS label: the name of the policy object. */
  readonly name: string;
  readonly title: string;
  readonly category: "Pod Security" | "Best Practices" | "Resources";
  /** What is written, where: one sentence. */
  readonly what: string;
  /** What goes wrong without it: one sentence. */
  readonly why: string;
  /** How an object says that it wants nothing written: one sentence. */
  readonly keepYourOwn: string;
  readonly kinds: readonly SelectedKind[];
  /** Where one of these does not hold, nothing is written. */
  readonly conditions: Readonly<Record<string, CelExpression>>;
  readonly variables: Readonly<Record<string, CelExpression>>;
  /** CEL lists of `JSONPatch`, one after the other: each sees what those before it wrote. */
  readonly patches: readonly CelExpression[];
  /** An object without it must not be there: while Kyverno is away none can be made. @default false */
  readonly indispensable?: boolean;
  /** An environment switches it on itself, whatever admission does there. @default false */
  readonly asked?: boolean;
  readonly changes: readonly Change[];
  /** Objects that stay as they are. */
  readonly keeps: readonly ObjectFixture[];
  /** The mutation as an environment has it; `undefined` where it would do harm there or nothing. @default itself */
  readonly inEnvironment?: (platform: Platform, environment: Environment) => Mutation | undefined;
}

/**
 * The mutation as an environment has it. Where admission only reports, nothing is changed either, unless it is asked for: what runs there is what was written.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * mutationIn(defaultJobTtl, platform, production)?.name; // "default-job-ttl"
 */
export function mutationIn(mutation: Mutation, platform: Platform, environment: Environment): Mutation | undefined {
  if (environment.admission.enforce === "none" && mutation.asked !== true) return undefined;
  return mutation.inEnvironment === undefined ? mutation : mutation.inEnvironment(platform, environment);
}

/** Pods, as a policy selects them. */
export const podKind: SelectedKind = { group: "", version: "v1", resource: "pods", kind: "Pod" };
export const jobKind: SelectedKind = { group: "batch", version: "v1", resource: "jobs", kind: "Job" };
export const deploymentKind: SelectedKind = {
  group: "apps",
  version: "v1",
  resource: "deployments",
  kind: "Deployment",
};
export const statefulSetKind: SelectedKind = {
  group: "apps",
  version: "v1",
  resource: "statefulsets",
  kind: "StatefulSet",
};
export const namespaceKind: SelectedKind = { group: "", version: "v1", resource: "namespaces", kind: "Namespace" };
