import type { Finding } from "@plinth/core";
import { formatPatternMeanings } from "../schemas/formats.ts";
import { namePatternMeanings } from "../schemas/names.ts";
import { fieldPath, unquote, type Violation } from "./violations.ts";
import { withArticle } from "./words.ts";

/** A violation in the words of a finding. */
interface Wording {
  readonly steps: readonly string[];
  readonly message: string;
  readonly expected?: string;
}

const patternMeanings: Readonly<Record<string, string>> = { ...namePatternMeanings, ...formatPatternMeanings };

type Translate = (match: readonly string[], steps: readonly string[]) => Wording[];

/** The schema library's messages (santhosh-tekuri/jsonschema v6, kind/kind.go) and what they mean to somebody who wrote the object. */
const wordings: readonly (readonly [pattern: RegExp, translate: Translate])[] = [
  [
    /^additional properties (.+) not allowed$/s,
    ([, names = ""], steps) => quotedList(names).map((name) => unknownKey(steps, name)),
  ],
  [
    /^missing propert(?:y|ies) (.+)$/s,
    ([, names = ""], steps) =>
      quotedList(names).map((name) => ({
        steps: [...steps, name],
        message: `the field ${JSON.stringify(name)} is missing`,
        expected: "a value: the schema requires this field",
      })),
  ],
  [
    /^none of the alternatives fits: missing property 'generateName'; or missing property 'name'$/,
    (_, steps) => [{ steps: [...steps, "name"], message: "the object has no name", expected: "a name" }],
  ],
  [
    /^got (\w+), want (.+)$/s,
    ([, got = "", want = ""], steps) => [
      { steps, message: `${named(steps)} is ${withArticle(got)}`, expected: types(want) },
    ],
  ],
  [
    /^value must be (one of )?(.+)$/s,
    ([, several, values = ""], steps) => [
      {
        steps,
        message: `${named(steps)} has a value that is not allowed`,
        expected: `${several === undefined ? "" : "one of "}${values}`,
      },
    ],
  ],
  [
    /^('.*') does not match pattern '(.*)'$/s,
    ([, got = "", pattern = ""], steps) => {
      const meaning = patternMeanings[unquote(pattern)];
      return [
        { steps, message: `${named(steps)} is ${got}`, expected: meaning ?? `a text that matches ${unquote(pattern)}` },
      ];
    },
  ],
  [
    /^(min|max)(Length|Items|Properties): got (\d+), want (\d+)$/,
    ([, bound = "", what = "", got = "", want = ""], steps) => [
      {
        steps,
        message: `${named(steps)} has ${got} ${units[what] ?? what}`,
        expected: `at ${bound === "min" ? "least" : "most"} ${want}`,
      },
    ],
  ],
  [
    /^(minimum|maximum): got (.+), want (.+)$/,
    ([, bound = "", got = "", want = ""], steps) => [
      { steps, message: `${named(steps)} is ${got}`, expected: `at ${bound === "minimum" ? "least" : "most"} ${want}` },
    ],
  ],
  [
    /^items at (\d+) and (\d+) are equal$/,
    ([, one = "", other = ""], steps) => [
      {
        steps: [...steps, other],
        message: `the items ${one} and ${other} of ${named(steps)} are equal`,
        expected: "each item once",
      },
    ],
  ],
  [
    /^('.*') is not valid ([-\w]+): (.*)$/s,
    ([, got = "", format = "", reason = ""], steps) => [
      { steps, message: `${named(steps)} is ${got}: ${reason}`, expected: `a ${format}` },
    ],
  ],
];

const units: Readonly<Record<string, string>> = { Length: "characters", Items: "items", Properties: "entries" };

/** The findings of an object that its schema refuses, in the order of their paths. */
export function schemaFindings(
  violations: readonly Violation[],
  about: { readonly file?: string; readonly resource?: string },
): Finding[] {
  return violations.flatMap(wordingsOf).map(({ steps, message, expected }) => ({
    code: "invalid-resource",
    severity: "error",
    ...about,
    ...(steps.length > 0 ? { path: fieldPath(steps) } : {}),
    message,
    ...(expected === undefined ? {} : { expected }),
  }));
}

function wordingsOf({ steps, message }: Violation): Wording[] {
  for (const [pattern, translate] of wordings) {
    const match = pattern.exec(message);
    if (match !== null) return translate(match, steps);
  }
  return [{ steps, message: `${named(steps)}: ${message}` }];
}

function unknownKey(steps: readonly string[], key: string): Wording {
  const isKeyOf = (map: string): boolean => steps.length === 2 && steps[0] === "metadata" && steps[1] === map;
  if (isKeyOf("labels") || isKeyOf("annotations")) {
    return {
      steps: [...steps, key],
      message: `${JSON.stringify(key)} cannot be the key of ${isKeyOf("labels") ? "a label" : "an annotation"}`,
      expected: "at most 63 letters, digits, '-', '_' and '.', after an optional DNS name and '/'",
    };
  }
  return { steps: [...steps, key], message: `unknown field ${JSON.stringify(key)}` };
}

function named(steps: readonly string[]): string {
  const last = steps.findLast((step) => !/^\d+$/.test(step));
  if (last === undefined) return "the object";
  return steps.at(-1) === last ? JSON.stringify(last) : `an item of ${JSON.stringify(last)}`;
}

/** `null` says that the field may be left out, which nobody needs to hear about a value of the wrong type. */
function types(wanted: string): string {
  const all = wanted.split(" or ");
  const real = all.filter((type) => type !== "null");
  return (real.length > 0 ? real : all).map(withArticle).join(" or ");
}

/** `'a', 'b'` as its parts. */
function quotedList(text: string): string[] {
  return [...text.matchAll(/'((?:\\.|[^'\\])*)'/gs)].map(([, quoted = ""]) => unquote(quoted));
}
