import { describe, expect, test } from "vitest";
import { type CelNames, celProblem, celProgram } from "./cel-program.ts";
import { celValue } from "./cel-value.ts";

const names = (object: unknown, oldObject: unknown = null): CelNames => ({
  object: celValue(object),
  oldObject: celValue(oldObject),
  request: celValue({ operation: "CREATE" }),
  namespaceObject: null,
  variables: {},
});

const evaluated = (expression: string, object: unknown = {}, oldObject: unknown = null): unknown =>
  celProgram(expression)(names(object, oldObject)).value;

describe("an expression", () => {
  test.each([
    ["object.replicas > 1", true],
    ["object.replicas == 2.0", true],
    ["object.ratio < 1", true],
    ["object.nothing == null", true],
    ["has(object.missing)", false],
    ["object.?missing.orValue(3)", 3n],
    ["object.labels[?'app.kubernetes.io/name'].orValue('')", "cart"],
    ["object.labels.exists(key, key.startsWith('app.'))", true],
    ["object.names.filter(name, name != 'b').join(', ')", "a, c"],
    ["object.replicas == 'two'", false],
    ["object.missing || true", true],
    ["false && object.missing", false],
    ["oldObject == null", true],
    ["request.operation", "CREATE"],
  ])("%s", (expression, value) => {
    const object = {
      replicas: 2,
      ratio: 0.5,
      nothing: null,
      labels: { "app.kubernetes.io/name": "cart" },
      names: ["a", "b", "c"],
    };
    expect(evaluated(expression, object)).toEqual(value);
  });

  // https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries
  test.each([
    ["'a.b.c'.replace('.', '-')", "a-b-c"],
    ["'a.b.c'.replace('.', '-', 1)", "a-b.c"],
    ["'a.b.c'.replace('.', '-', -1)", "a-b-c"],
    ["'abc'.charAt(1)", "b"],
    ["'a1b22'.find('[0-9]+')", "1"],
    ["'a1b22'.findAll('[0-9]+')", ["1", "22"]],
    ["'PASSWORD'.matches('(?i)^password$')", true],
    ["['a', 'b', 'a'].indexOf('b')", 1n],
    ["['a', 'b', 'a'].lastIndexOf('a')", 2n],
    ["['a'].indexOf('z')", -1n],
    ["[3, 1, 2].min()", 1n],
    ["['b', 'a', 'c'].max()", "c"],
    ["[1, 2, 3].sum()", 6n],
    ["[1.5, 2.0].sum()", 3.5],
    ["[1, 2, 2].isSorted()", true],
    ["[2, 1].isSorted()", false],
    ["[].isSorted()", true],
    ["quantity('1Gi').isGreaterThan(quantity('1G'))", true],
    ["quantity('500m').add(quantity('1500m')) == quantity('2')", true],
    ["quantity('2').sub(1).asInteger()", 1n],
    ["quantity('1500m').asApproximateFloat()", 1.5],
    ["quantity('1500m').isInteger()", false],
    ["quantity('-1').sign()", -1n],
    ["quantity('1').compareTo(quantity('1000m'))", 0n],
    ["isQuantity('20 GB')", false],
    ["optional.of(1) == optional.of(1)", true],
    ["optional.of(1) == optional.none()", false],
  ])("knows what Kubernetes adds: %s", (expression, value) => expect(evaluated(expression)).toEqual(value));

  test.each([
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true],
    [{ a: 1 }, { a: 1.0 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: [1] }, { a: [1, 2] }, false],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, false],
    [{ a: null }, {}, false],
    [{}, {}, true],
    [{ a: "1" }, { a: 1 }, false],
  ])("compares what may be missing by its value: %j and %j: %j", (object, old, same) =>
    expect(evaluated("object.?a == oldObject.?a", object, old)).toBe(same),
  );

  test.each([
    ["object.missing", "No such key: missing"],
    ["object.spec.", "the end is there instead of a name"],
    ["nobody", "Unknown variable: nobody"],
    ["'a'.unheard()", "found no matching overload for 'string.unheard()'"],
    ["quantity('20 GB')", '"20 GB" is no quantity'],
    ["'a'.matches('(?=a)')", "RE2 has no (?="],
    ["'not closed", "a string literal does not close"],
    ["object.?none.orValue([]).max()", "an empty list has neither a least nor a greatest member"],
    ["[1][3]", "No such key: index out of bounds, index 3 >= size 1"],
  ])("that comes to nothing says why: %s: %s", (expression, problem) => {
    const result = celProgram(expression)(names({}));
    expect(result.value).toBeUndefined();
    expect(result.problem).toContain(problem);
  });
});

describe("what is wrong with an expression whatever it is asked about", () => {
  test.each([
    ["object.spec.replicas > 1", undefined],
    ["1 + 1.5", "no such overload: int + double"],
    ["object.a && 'b'", "Logical operator requires bool operands, got 'string'"],
    ["[1, 'a']", "List elements must have the same type, expected type 'int' but found 'string'"],
    ["nobody.spec", "Unknown variable: nobody"],
    ["params.limit < 3 && authorizer.group('').resource('pods').check('get').allowed()", undefined],
    ["ip('192.0.2.1').family() == 4 && '%s'.format(['a']) == 'a'", undefined],
    ["object.ip == 'a' && 'a'.unheard()", "found no matching overload for 'string.unheard()'"],
    ["params.limit <", "it stops too early"],
    ["nobody.params", "Unknown variable: nobody"],
    ["object.spec)", 'a ")" closes nothing'],
  ])("%s: %s", (expression, problem) => {
    const found = celProblem(expression);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});
