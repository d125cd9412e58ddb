import type { Environment, Platform } from "@plinth/core";
import type { CelExpression } from "../admission/cel.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import type { SelectedKind } from "../mutations/mutation.ts";

/** The moment so many hours ago, as Kubernetes writes it: `2026-11-21T08:00:00Z`. */
export type HoursAgo = (hours: number) => string;

/** Objects to try a clean-up on: their ages count from the moment at which it runs. */
export interface CleanUpTrials {
  readonly deletes: readonly ObjectFixture[];
  readonly keeps: readonly ObjectFixture[];
}

/** Objects that are deleted when nobody can need them any more. */
export interface CleanUp {
  /** The name of the policy object. */
  readonly name: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly keepYourOwn: string;
  readonly kind: SelectedKind;
  /** Five cron fields, UTC. */
  readonly schedule: string;
  /** All of them hold, or nothing is deleted; one that cannot be evaluated does not hold. */
  readonly conditions: Readonly<Record<string, CelExpression>>;
  readonly variables: Readonly<Record<string, CelExpression>>;
  /** Where it deletes: in the namespaces of teams, or wherever its conditions hold. */
  readonly scope: "team-namespaces" | "by-conditions";
  readonly trials: (hoursAgo: HoursAgo) => CleanUpTrials;
}

/** A clean-up as an environment has it; `undefined` where there is nothing to clean up. */
export type CleanUpIn = (platform: Platform, environment: Environment) => CleanUp | undefined;
