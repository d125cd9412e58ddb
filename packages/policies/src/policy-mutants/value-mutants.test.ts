import { describe, expect, test } from "vitest";
import { policyCatalog } from "../admission/catalog.ts";
import { parseCel } from "../admission/cel-syntax.ts";
import { valueMutants } from "./value-mutants.ts";

const mutantsOf = (text: string): string[] => valueMutants(text).map(({ expression }) => expression);

describe("the mutants of the values of an expression", () => {
  test.each([
    ["a == 1", ["a == 2"]],
    ["a == 'x'", ["a == 'another text'"]],
    ["a ? true : b", ["(a ? (b) : (true))", "a ? false : b"]],
    ["[a, b]", ["[b]", "[a]"]],
    ["[a]", []],
    ["a + b", ["(b)", "(a)"]],
    ["a.filter(b, b.c)", ["a"]],
    ["a * 1.5", ["a * 2.25"]],
    ["a == null", []],
    ["a &&", []],
  ])("%s are %j", (text, expected) => expect(mutantsOf(text)).toEqual(expected));

  test.each([
    ["a.orValue('x') == 'y'", ["a.orValue('x') == 'another text'"]],
    ["a.orValue('x') == 'x'", ["a.orValue('another text') == 'x'", "a.orValue('x') == 'another text'"]],
    ["a.orValue(1) != 2", ["a.orValue(2) != 2", "a.orValue(1) != 3"]],
    ["a.orValue('') in ['y']", ["a.orValue('') in ['another text']"]],
    ["a.orValue('') in b", ["a.orValue('another text') in b"]],
    ["a.orValue(1) < 2", ["a.orValue(2) < 2", "a.orValue(1) < 3"]],
  ])("%s leave out a default that nobody can tell from another: %j", (text, expected) =>
    expect(mutantsOf(text)).toEqual(expected),
  );

  test("are expressions themselves, and none is the original", () => {
    for (const policy of policyCatalog)
      for (const { expression } of [policy.offenders, ...Object.values(policy.variables)])
        for (const mutant of mutantsOf(expression)) {
          expect(parseCel(mutant).problem).toBeUndefined();
          expect(mutant).not.toBe(expression);
        }
  });
});
