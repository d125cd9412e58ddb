import { sharedEnvironments } from "../changed-objects.ts";
import type { ConsequenceReader } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";
import { exceptionChanges } from "./exception-changes.ts";
import { judgingChanges } from "./judging-changes.ts";
import { foldedPolicies } from "./told-policy.ts";
import { writingChanges } from "./writing-changes.ts";

/** What the cluster refuses, writes, makes and deletes by itself from now on, and what is excepted. */
export const policiesConsequences: ConsequenceReader = policiesConsequencesOn(undefined);

/** The same on a day, on which an exception may be over that a tree still has: `2026-11-22`. */
export function policiesConsequencesOn(today: string | undefined): ConsequenceReader {
  return (comparison) =>
    sharedEnvironments(comparison).flatMap((environment) => {
      const told = [...judgingChanges(comparison, environment), ...writingChanges(comparison, environment)];
      const exceptions = exceptionChanges(comparison, environment, today);
      return told.length === 0
        ? exceptions
        : [...foldedPolicies(environment, told, teamsByNamespace(comparison, environment)), ...exceptions];
    });
}
