import type { Finding } from "@plinth/core";
import type { CelLiteral } from "./cel.ts";

/** A value that a policy may be told: what CEL can say as a literal. */
export type ParameterValue = CelLiteral;

/** A parameter of a policy as people read it. */
export interface Parameter {
  /** What it is, in one sentence. */
  readonly what: string;
  readonly value: ParameterValue;
}

/** The values of parameters by name. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** What sort of value a parameter has: `string`, `list of string`. A list without members is a list of anything. */
function shapeOf(value: unknown): string {
  if (!Array.isArray(value)) return typeof value;
  const members = new Set(value.map(shapeOf));
  return members.size === 0 ? "list" : `list of ${[...members].sort().join(" or ")}`;
}

function fits(value: unknown, example: ParameterValue): boolean {
  const [shape, expected] = [shapeOf(value), shapeOf(example)];
  if (shape === expected) return typeof value !== "string" || value !== "" || example === "";
  // A list is told by its first member; one of the two may have none.
  return Array.isArray(value) && Array.isArray(example) && (value.length === 0 || example.length === 0);
}

/** What is wrong with values that a policy is given: names that it does not have, and values of another shape than the default. */
export function parameterFindings(
  policy: string,
  defaults: ParameterValues,
  values: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  return Object.entries(values).flatMap(([name, value]): Finding[] => {
    const path = `policies[${policy}].parameters.${name}`;
    const standard = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (standard === undefined)
      return [
        {
          code: "unknown-field",
          severity: "error",
          path,
          message: `${policy} has no parameter ${name}`,
          expected: `one of ${Object.keys(defaults).join(", ")}`,
        },
      ];
    if (fits(value, standard)) return [];
    return [
      {
        code: "invalid-field",
        severity: "error",
        path,
        message: `is ${JSON.stringify(value)}`,
        expected: `a ${shapeOf(standard)}`,
        example: JSON.stringify(standard),
      },
    ];
  });
}
