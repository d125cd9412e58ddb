import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cel, celLiteral } from "./cel.ts";
import { readCel } from "./cel-text.ts";

/** Reads a string literal of CEL back, by the table of escapes in the language definition. */
function readLiteral(literal: string): string {
  const named: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "'": "'" };
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code: string | undefined, character: string) =>
      code === undefined ? (named[character] ?? "?") : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

// What needs an escape, and every other character; half of a surrogate pair is none.
const character = fc.oneof(
  fc.constantFrom("'", '"', "\\", "\n", "\r", "\t", "\u0000", "\u0085", "\u2028", "\u2029"),
  fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);
const anyText = fc.array(character, { maxLength: 20 }).map((characters) => characters.join(""));

describe("a literal of CEL", () => {
  test("says any text, on one line and in one literal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = celLiteral(text);
        expect(readLiteral(literal)).toBe(text);
        expect(literal).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(readCel(literal).literals).toEqual([literal]);
      }),
    );
  });

  test("keeps whole numbers and fractions apart", () => {
    expect([7, -7, -0, 0.5, 1e300].map(celLiteral)).toEqual(["7", "-7", "0", "0.5", "1e+300"]);
  });

  test("is a list of literals for a list", () => {
    expect(celLiteral(["it's", 3, [true]])).toBe(String.raw`['it\'s', 3, [true]]`);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, "\ud800"])("does not exist for %j", (value) => {
    expect(() => celLiteral(value)).toThrow(RangeError);
  });
});

describe("a CEL expression", () => {
  test("takes values as literals, never as code", () => {
    const name = "x' || true || '";
    expect(cel`object.kind == ${name}`.expression).toBe(String.raw`object.kind == 'x\' || true || \''`);
  });

  test("takes another expression as a part", () => {
    expect(cel`!${cel`a || b`} && c`.expression).toBe("!(a || b) && c");
  });

  test("keeps lines and backslashes as they are written", () => {
    const expression = cel`variables.containers
      .filter(c, c.image.matches('^a\.b$'))
      .size() == 0`;
    expect(expression.expression).toBe(
      String.raw`variables.containers
  .filter(c, c.image.matches('^a\.b$'))
  .size() == 0`,
    );
  });
});
