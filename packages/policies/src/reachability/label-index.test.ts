import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labelIndexOf } from "./label-index.ts";
import { matchesSelector } from "./label-selector.ts";

const key = fc.constantFrom("app", "tier", "constructor");
const value = fc.constantFrom("a", "b", "");
const labels = fc.dictionary(key, value, { noNullPrototype: true });
const requirement = fc.oneof(
  fc.record({ key, operator: fc.constantFrom("In", "NotIn"), values: fc.array(value, { minLength: 1, maxLength: 2 }) }),
  fc.record({ key, operator: fc.constantFrom("Exists", "DoesNotExist") }),
);
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 2 }) },
  { requiredKeys: [] },
);

describe("an index of labels", () => {
  test("finds what a look at each would find, in the same order", () => {
    fc.assert(
      fc.property(fc.array(labels, { maxLength: 8 }), selector, (labelled, asked) => {
        expect(labelIndexOf(labelled)(asked)).toEqual(
          labelled.flatMap((each, position) => (matchesSelector(asked, each) ? [position] : [])),
        );
      }),
    );
  });
});
