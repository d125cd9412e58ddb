import type { Finding } from "../finding.ts";
import { isDnsLabel } from "./names.ts";

/**
 * What is wrong with names that somebody gave, by the field that holds each: those that are no DNS labels.
 *
 * @example
 * nameFindings({ name: "loyalty", team: "Backend" }).map(({ path }) => path); // ["team"]
 */
export function nameFindings(names: Readonly<Record<string, string>>): readonly Finding[] {
  return Object.entries(names).flatMap(([path, value]): Finding[] =>
    isDnsLabel(value)
      ? []
      : [
          {
            code: "invalid-field",
            severity: "error",
            path,
            message: `is ${JSON.stringify(value)}`,
            expected: "lower-case letters, digits and '-', at most 63",
            example: `${path}: "loyalty"`,
          },
        ],
  );
}
