import { describe, expect, test } from "vitest";
import { policyCatalog } from "./catalog.ts";
import { celMutants } from "./cel-mutants.ts";
import { parseCel } from "./cel-syntax.ts";

const mutantsOf = (text: string): string[] => celMutants(text).map(({ expression }) => expression);

describe("the mutants of an expression", () => {
  test.each([
    ["a == 1", ["a != 1"]],
    ["a<1", ["a<=1"]],
    ["a >= 1", ["a > 1"]],
    ["!a", ["a"]],
    ["a && b", ["(b)", "(a)"]],
    ["(a || !b) && c", ["(c)", "((a || !b))", "(!b) && c", "(a) && c", "(a || b) && c"]],
    ["a in [1]", ["!(a in [1])"]],
    ["x.filter(y, y.z != '==')", ["x.filter(y, y.z == '==')"]],
    ["x.exists(y, y)", ["x.all(y, y)"]],
    ["x.exists.all(y, y)", ["x.exists.exists(y, y)"]],
    ["a + b", []],
    ["a &&", []],
  ])("%s are %j", (text, expected) => expect(mutantsOf(text).sort()).toEqual([...expected].sort()));

  test("are expressions themselves, and none is the original", () => {
    for (const policy of policyCatalog)
      for (const { expression } of [policy.offenders, ...Object.values(policy.variables)])
        for (const mutant of mutantsOf(expression)) {
          expect(parseCel(mutant).problem).toBeUndefined();
          expect(mutant).not.toBe(expression);
        }
  });

  test("say what was done", () => {
    expect(celMutants("c.kind == 'Job' && d").map(({ change }) => change)).toEqual([
      "the left of && is dropped: c.kind == 'Job' && d",
      "the right of && is dropped: c.kind == 'Job' && d",
      "== becomes !=: c.kind == 'Job'",
    ]);
  });
});
