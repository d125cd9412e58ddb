import type { FoundationComponent, Platform } from "@plinth/core";
import { cleanUp } from "../clean-up/clean-up-component.ts";
import { generators } from "../generators/generators.ts";
import { mutations } from "../mutations/mutations.ts";

/** A policy that changes, makes or deletes objects: there is nothing that it could let pass. */
export interface ChangingPolicy {
  readonly name: string;
  /** What it does instead of finding fault: `changes objects`. */
  readonly does: string;
}

const components: readonly FoundationComponent[] = [mutations, generators, cleanUp];

const doesByKind: ReadonlyMap<string, string> = new Map([
  ["MutatingPolicy", "changes objects"],
  ["GeneratingPolicy", "makes objects"],
  ["DeletingPolicy", "deletes objects"],
]);

/** The policies of a platform that no exception can be from, each once. */
export function changingPolicies(platform: Platform): readonly ChangingPolicy[] {
  const resources = components.flatMap((component) => [
    ...(component.shared?.(platform) ?? []),
    ...platform.environments.flatMap((environment) => component.perEnvironment?.(platform, environment) ?? []),
  ]);
  const changing = new Map(
    resources.flatMap(({ kind, metadata }) => {
      const does = doesByKind.get(kind);
      return does === undefined ? [] : [[metadata.name, does] as const];
    }),
  );
  return [...changing].map(([name, does]) => ({ name, does }));
}
