import { describe, expect, test } from "vitest";
import { readCel } from "./cel-text.ts";

describe("the words of a CEL expression", () => {
  test("are its variables, in the order of their use", () => {
    expect(readCel("variables.b + variables.a.map(v, v.variables.c) + variables.?b").variables).toEqual(["b", "a"]);
  });

  test("are what it reads of the object, and not what it reads of other things", () => {
    const { objectPaths } = readCel(
      "object.spec.x == oldObject.?metadata && request.object.spec == 1 && object['kind'] == namespaceObject.kind",
    );
    expect(objectPaths).toEqual(["object.spec", "object[", "oldObject.?metadata"]);
  });

  test("are its literals, whose contents are none of it", () => {
    const text = readCel(`'variables.a' + r'\\d' + "object.kind (" + '''it's''' + 'it\\'s'`);
    expect(text).toEqual({
      variables: [],
      objectPaths: [],
      literals: ["'variables.a'", "r'\\d'", '"object.kind ("', "'''it's'''", "'it\\'s'"],
      problems: [],
    });
  });
});

describe("a malformed CEL expression", () => {
  test.each([
    ["[1, 2", 'a "]" is missing'],
    ["f(1))", 'a ")" closes nothing'],
    ["f(1]", 'a "]" closes nothing'],
    ["name == 'x", "a string literal does not close"],
  ])("%s: %s", (expression, problem) => {
    expect(readCel(expression).problems).toEqual([problem]);
  });

  test("is not one whose brackets stand in a literal", () => {
    expect(readCel("matches('([') || matches(\"}\")").problems).toEqual([]);
  });
});
