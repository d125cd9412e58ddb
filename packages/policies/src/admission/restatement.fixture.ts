import { fieldAt } from "@plinth/core";
import type { Fixture } from "./fixture.ts";
import type { Policy } from "./policy.ts";

/** An object of a policy on which a second statement of the rule says something else than the policy does. */
export interface Disagreement {
  readonly policy: string;
  readonly object: string;
  readonly policySays: readonly string[];
  readonly restated: readonly string[];
}

/**
 * Compares what a policy says of its good and bad objects, with each of its parameters, with the rule said once more in words that are not CEL. For tests: CEL is
 * judged by Kyverno, the objects and their messages by this.
 */
export function disagreements<Tried extends Fixture>(
  policy: Policy<Tried>,
  offendersOf: (fixture: Tried, parameters: (name: string) => unknown) => readonly string[],
): readonly Disagreement[] {
  return [policy, ...policy.variants].flatMap((each) => {
    const parameters = (name: string): unknown => each.parameters[name]?.value;
    const compare = (object: string, fixture: Tried, policySays: readonly string[]): Disagreement[] => {
      const restated = offendersOf(fixture, parameters);
      const same = JSON.stringify(restated) === JSON.stringify(policySays);
      return same ? [] : [{ policy: each.name, object, policySays, restated }];
    };
    return [
      ...each.good.flatMap((fixture, index) => compare(`good ${index}`, fixture, [])),
      ...each.bad.flatMap(({ fixture, offenders }, index) => compare(`bad ${index}`, fixture, offenders)),
    ];
  });
}

/** A text or a number at a path of plain data, as a text; empty where there is none. */
export function valueTextAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = fieldAt(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}
