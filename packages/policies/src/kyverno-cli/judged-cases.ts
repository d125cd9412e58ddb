import type { Environment, Platform } from "@plinth/core";
import { isClusterScoped, matchedKinds } from "../admission/match.ts";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { actionsIn, rolloutOf } from "../admission/rollout.ts";
import { type KyvernoCase, kyvernoCase, placementCase } from "./case.ts";

/**
 * The cases that say everything about policies on a platform, each once. What a policy says: its good and bad objects, with each set of values that it has in
 * some environment or is tried with. Where it says so: a policy of each sort, for each way in which environments share out what is judged.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * kyvernoCases(policyCatalog, platform).map(({ name }) => name);
 */
export function kyvernoCases(policies: readonly AnyPolicy[], platform: Platform): readonly KyvernoCase[] {
  // The command line compiles a policy anew for each object: what needs no second look gets none.
  return [...policies.flatMap((policy) => fixtureCases(policy, platform)), ...placementCases(policies, platform)];
}

function fixtureCases(policy: AnyPolicy, platform: Platform): KyvernoCase[] {
  // Where it refuses, a policy also asks whether an update changed anything: that is the object to try.
  const environments = platform.environments.toSorted(
    (one, other) => Number(refusesIn(policy, platform, other)) - Number(refusesIn(policy, platform, one)),
  );
  const [first] = environments;
  if (first === undefined) return [];
  const cases = new Map<string, KyvernoCase>();
  for (const environment of environments) {
    const resolved = policyIn(policy, platform, environment);
    if (resolved !== undefined && !cases.has(contentOf(resolved)))
      cases.set(contentOf(resolved), kyvernoCase(resolvedPolicy(resolved), platform, environment));
  }
  for (const variant of policy.variants)
    if (!cases.has(contentOf(variant))) cases.set(contentOf(variant), kyvernoCase(variant, platform, first));
  return [...cases.values()];
}

function refusesIn(policy: AnyPolicy, platform: Platform, environment: Environment): boolean {
  return actionsIn(rolloutOf(policy, platform, environment)).includes("enforce");
}

/** The policy as it is, so that no environment gives it other values. */
function resolvedPolicy(policy: AnyPolicy): AnyPolicy {
  const { inEnvironment: _, ...rest } = policy;
  return rest;
}

function contentOf({ match, variables, offenders, fix, good, bad }: AnyPolicy): string {
  return JSON.stringify({ match, variables, offenders, fix, good, bad });
}

/** Where policies judge: once for each sort of objects and each way in which an environment shares out the namespaces. */
function placementCases(policies: readonly AnyPolicy[], platform: Platform): readonly KyvernoCase[] {
  const cases = new Map<string, KyvernoCase>();
  for (const environment of platform.environments) {
    for (const policy of policies) {
      const resolved = policyIn(policy, platform, environment);
      if (resolved === undefined) continue;
      // Namespaces are selected in one way whatever is judged in them; that the kinds match, the objects of each policy show.
      const key = JSON.stringify([sortOf(resolved), rolloutOf(resolved, platform, environment)]);
      if (!cases.has(key)) cases.set(key, placementCase(resolved, platform, environment));
    }
  }
  return [...cases.values()];
}

function sortOf({ match }: AnyPolicy): string {
  if (isClusterScoped(match)) return "cluster";
  return matchedKinds(match).some(({ kind }) => kind === "Namespace") ? "namespaces" : match.kind;
}
