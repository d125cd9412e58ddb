import fc from "fast-check";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { dumpYaml } from "./dump.ts";
import { emitYaml } from "./emit.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { yamlProblems } from "./yaml-problems.ts";

// YAML 1.2 as js-yaml reads it: a first witness. Kubernetes' own parser judges the same strings in `pnpm verify`.
const read = (text: string): unknown => load(text, { schema: CORE_SCHEMA });

// What go-yaml v2 reads as something that is no string: its resolve.go, said a second time and otherwise. Such a plain scalar must not be written.
const words = new Set(
  "y Y yes Yes YES on On ON n N no No NO off Off OFF true True TRUE false False FALSE ~ null Null NULL".split(" "),
);
const ambiguousToGo = (text: string): boolean => {
  // What begins with a dot is tried as a float as it stands; elsewhere every '_' is taken out first.
  const plain = (text.startsWith(".") ? text : text.replaceAll("_", "")).replace(/^[-+]/, "").toLowerCase();
  return words.has(text) || (/^[-+.\d]/.test(text) && /^[.\d]/.test(plain) && !Number.isNaN(Number(plain)));
};

describe("a string in YAML", () => {
  it.each(hostileStrings.map((text) => [text]))("%j reads back as a value", (text) =>
    expect(read(emitYaml({ key: text }))).toEqual({ key: text }),
  );

  it("reads back as a key, all at once", () => {
    const map = new Map(hostileStrings.map((text) => [text, 1]));
    map.delete("__proto__");
    expect(read(emitYaml(Object.fromEntries(map)))).toEqual(Object.fromEntries(map));
  });

  it("is quoted when Kubernetes' parser would read it as a number, a boolean or null", () => {
    const characters = fc.constantFrom(..."0123456789+-._eExXoObByYnNtTfF~");
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 1, maxLength: 7 }), (text) => {
        if (ambiguousToGo(text)) expect(emitYaml(text)).toBe(`"${text}"\n`);
      }),
      { numRuns: 20_000 },
    );
  });

  it("reads back, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-composite" }), (text) => {
        expect(read(emitYaml({ key: [text, { nested: text }] }))).toEqual({ key: [text, { nested: text }] });
      }),
    );
  });
});

describe("a value in YAML", () => {
  it("keeps null, which means something to a collector", () =>
    expect(emitYaml({ protocols: { grpc: null } })).toBe("protocols:\n  grpc: null\n"));
  it("is not folded", () => expect(emitYaml({ expr: "x ".repeat(200) }).split("\n")).toHaveLength(2));
  it("has no aliases", () => {
    const shared = { a: 1 };
    expect(emitYaml([shared, shared])).toBe("- a: 1\n- a: 1\n");
  });
  it("has blocks for text of several lines", () => expect(emitYaml({ text: "a\nb\n" })).toBe("text: |\n  a\n  b\n"));
  it("keeps the order of its keys", () => expect(emitYaml({ b: 1, a: 2 })).toBe("b: 1\na: 2\n"));
  it("has numbers as numbers are written", () =>
    expect(emitYaml([99.9, 0.001, -1.5, 8080, 0, 1e-7])).toBe("- 99.9\n- 0.001\n- -1.5\n- 8080\n- 0\n- 1.e-7\n"));
  it.each([1e21, 1e-7, -0, 2 ** 53 - 1, 1.5e10, 0.1])("reads %d back", (number) =>
    expect(read(emitYaml(number))).toBe(number),
  );

  it("reads back, whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (value) => {
        expect(read(emitYaml(value))).toEqual(value);
      }),
    );
  });
});

describe("the bytes", () => {
  // Texts of the alphabets that a parser takes for something else, of words and queries as resources have them, and of everything.
  const text = fc.oneof(
    fc.constantFrom(...hostileStrings),
    fc.string({ unit: fc.constantFrom(..."0123456789+-._eExXoObB:yYnNtTfF~ #\n\t\"'{}[],&*!|>%@`=<a/"), maxLength: 9 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(
          "sum by (le)",
          "rate(x[5m])",
          "{{ $labels.pod }}",
          "on",
          "no",
          " ",
          "\n",
          "\n\n",
          ": ",
          " #",
          "- ",
          "a",
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.join("")),
  );
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(-0, 1e21, 1e-7, 2 ** 53),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      text,
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(text, fc.oneof(tie("value"), fc.constant(undefined)), { maxKeys: 4 }),
    ),
  }));

  it("are js-yaml's, whatever the value", () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(emitYaml(each)).toBe(dumpYaml(each));
      }),
      { numRuns: 3000 },
    );
  });

  it.each<readonly [string, unknown]>([
    ["a long key", { ["k".repeat(2000)]: 1 }],
    ["a key of several lines", { "a\nb": { c: 1 } }],
    ["a map with nothing in it but what is not there", { a: { b: undefined } }],
    ["a text that ends with several line breaks", { a: "b\n\n" }],
    ["such a text in the middle", { a: "b\n\n", c: 1 }],
    ["lists in lists", [[[1], []], [{}], [{ a: [[2]] }]]],
    ["a hole in a list", { a: [1, undefined] }],
    ["deep nesting", Array.from({ length: 150 }).reduce<unknown>((inner) => ({ a: inner }), 1)],
    ["a map without a prototype", Object.assign(Object.create(null), { a: 1 })],
    ["a text alone", "on"],
    ["lines with blanks at their ends", { a: "b  \n  c\n\n\n d" }],
  ])("are js-yaml's: %s", (_, each) => expect(emitYaml(each)).toBe(dumpYaml(each)));
});

describe("what YAML cannot say", () => {
  it.each([
    ["undefined in a list", { a: [1, undefined] }, "a[1]"],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested.
    ["a hole in a list", { a: [1, , 2] }, "a[1]"],
    ["undefined in a map", { a: { b: undefined } }, "a.b"],
    ["a function", { a: () => 1 }, "a"],
    ["a class", { a: new Date(0) }, "a"],
    ["a Map", { a: new Map() }, "a"],
    ["a big integer", { a: 1n }, "a"],
    ["a number that is none", { a: Number.NaN }, "a"],
    ["infinity", { a: [Number.POSITIVE_INFINITY] }, "a[0]"],
    ["half a surrogate pair", { a: "\ud800" }, "a"],
    ["half a surrogate pair in a key", { a: { "\udc00": 1 } }, "a"],
  ])("%s is named with its place", (_name, value, path) =>
    expect(yamlProblems(value).map((problem) => problem.path)).toEqual([path]),
  );

  it("is a value that contains itself", () => {
    const value: Record<string, unknown> = {};
    value["self"] = value;
    expect(yamlProblems(value)).toEqual([{ path: "self", message: "contains itself" }]);
  });

  it("is nothing in a value that is used twice", () => {
    const shared = { a: 1 };
    expect(yamlProblems({ x: shared, y: shared })).toEqual([]);
  });
});
