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

/** What stands at a path of plain data; `undefined` where it ends. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

/** A list at a path of plain data; empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A text at a path of plain data; empty where there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}
