import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyCatalog } from "./catalog.ts";
import { type CelNode, childrenOf, parseCel } from "./cel-syntax.ts";

const shapeOf = (text: string): string => {
  const { node, problem } = parseCel(text);
  return node === undefined ? `no: ${problem}` : shape(node);
};

/** The tree with brackets around everything. */
function shape(node: CelNode): string {
  switch (node.kind) {
    case "literal":
      return node.text;
    case "name":
      return node.name;
    case "select":
      return `${shape(node.operand)}.${node.optional ? "?" : ""}${node.field}`;
    case "index":
      return `${shape(node.operand)}[${node.optional ? "?" : ""}${shape(node.index)}]`;
    case "call":
      return `${node.target === undefined ? "" : `${shape(node.target)}.`}${node.name}(${node.parameters.map(shape).join(", ")})`;
    case "unary":
      return `(${node.operator}${shape(node.operand)})`;
    case "binary":
      return `(${shape(node.left)} ${node.operator} ${shape(node.right)})`;
    case "conditional":
      return `(${shape(node.condition)} ? ${shape(node.then)} : ${shape(node.otherwise)})`;
    case "list":
      return `[${node.members.map(shape).join(", ")}]`;
    case "map":
      return `{${node.entries.map(({ key, value }) => `${shape(key)}: ${shape(value)}`).join(", ")}}`;
    case "message":
      return `${shape(node.type)}{${node.fields.map(({ key, value }) => `${shape(key)}: ${shape(value)}`).join(", ")}}`;
  }
}

describe("a CEL expression", () => {
  test.each([
    ["a || b && c", "(a || (b && c))"],
    ["a && b || c", "((a && b) || c)"],
    ["!a == b", "((!a) == b)"],
    ["a - b - c * d", "((a - b) - (c * d))"],
    ["a in b && c < d", "((a in b) && (c < d))"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["(a ? b : c).d", "(a ? b : c).d"],
    ["-a.b(c)[0]", "(-a.b(c)[0])"],
    ["a.?b[?'c'].orValue([])", "a.?b[?'c'].orValue([])"],
    ["x.map(y, {'a': y, 'b': [1u, 0x1F, 1.5e3]})", "x.map(y, {'a': y, 'b': [1u, 0x1F, 1.5e3]})"],
    ["Object{metadata: Object.metadata{name: 'x'}}", "Object{metadata: Object.metadata{name: 'x'}}"],
    ["r'\\d' + '''it's''' + b\"x\" // and so on", "((r'\\d' + '''it's''') + b\"x\")"],
    [".a.b == null || true", "((a.b == null) || true)"],
  ])("%s is %s", (text, expected) => expect(shapeOf(text)).toBe(expected));

  test.each([
    ["", "it stops too early"],
    ["a b", "b is unexpected"],
    ["a ||", "it stops too early"],
    ["a ? b", "the end is there instead of :"],
    ["a.'b'", "'b' is there instead of a name"],
    ["a in in", "in is there instead of a name"],
    ["a & b", "cannot read &"],
  ])("is not %j: %s", (text, problem) => expect(parseCel(text).problem).toBe(problem));

  const leaf = fc.constantFrom("a", "object.spec.?b", "'text'", "12", "true", "f(x)", "[1, 2]", "v.exists(x, x > 1)");
  const tree = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc
        .tuple(tie("expression"), fc.constantFrom("&&", "||", "==", "<", "+", "*", "in"), tie("expression"))
        .map((parts) => `(${parts.join(" ")})`),
      tie("expression").map((inner) => `(!${inner})`),
      fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    ),
  })).expression;

  test("is its tree: what is printed of it parses to the same", () => {
    fc.assert(
      fc.property(tree, (text) => {
        expect(shapeOf(shapeOf(text))).toBe(shapeOf(text));
      }),
    );
  });

  test("knows the place of each of its parts", () => {
    fc.assert(
      fc.property(tree, (text) => {
        const visit = (node: CelNode): void => {
          expect(shapeOf(text.slice(node.start, node.end))).toBe(shape(node));
          for (const child of childrenOf(node)) visit(child);
        };
        const { node } = parseCel(text);
        if (node === undefined) throw new Error(`${text} does not parse`);
        visit(node);
      }),
    );
  });

  test("of any text is parsed or refused, and nothing else happens", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { node, problem } = parseCel(text);
        expect((node === undefined) === (problem !== undefined)).toBe(true);
      }),
    );
  });

  test("of the catalogue parses", () => {
    for (const policy of policyCatalog)
      for (const { expression } of [policy.offenders, ...Object.values(policy.variables)])
        expect(parseCel(expression).problem).toBeUndefined();
  });
});
