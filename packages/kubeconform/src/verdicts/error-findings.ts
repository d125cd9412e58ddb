import type { Finding } from "@plinth/core";
import { withArticle } from "./words.ts";

/** Where an object that could not be judged stands. */
export interface ErrorPlace {
  readonly file?: string;
  readonly resource?: string;
  /** The line of the file on which the document begins, counted from 1. */
  readonly line: number;
}

interface Wording {
  readonly message: string;
  readonly expected?: string;
  readonly path?: string;
}

type Translate = (match: readonly string[], place: ErrorPlace) => Wording;

/** kubeconform's errors (pkg/validator/validator.go, pkg/resource/resource.go) and those of its YAML reader. */
const wordings: readonly (readonly [pattern: RegExp, translate: Translate])[] = [
  [
    /line (\d+): key (.+) already set in map/,
    ([, line = "", key = ""], place) => ({
      message: `${lineOf(place, line)}the key ${key} stands twice in one mapping`,
      expected: "each key once",
    }),
  ],
  [
    /error converting YAML to JSON: yaml: (?:line (\d+): )?(.+)$/s,
    ([, line, reason = ""], place) => ({
      message: `${lineOf(place, line)}the YAML cannot be read: ${reason}`,
      expected: "well-formed YAML",
    }),
  ],
  [
    /cannot unmarshal (\w+) into Go value of type map/,
    ([, found = ""]) => ({
      message: `the document is ${withArticle(found)}`,
      expected: "an object with apiVersion, kind and metadata",
    }),
  ],
  [
    /missing '(kind|apiVersion)' key/,
    ([, field = ""]) => ({ message: `the object has no ${field}`, path: field, expected: withArticle(field) }),
  ],
  [
    /cannot unmarshal (\w+) into Go struct field \.(?:.*\.)?(\w+) of type (\w+)/,
    ([, found = "", goField = "", wanted = ""]) => {
      const field = `${goField.charAt(0).toLowerCase()}${goField.slice(1)}`;
      return {
        message: `${JSON.stringify(field)} is ${withArticle(found)}`,
        expected: wanted === "struct" ? "an object" : withArticle(wanted),
      };
    },
  ],
];

/** The finding of an object that kubeconform could not compare with a schema. */
export function errorFinding(text: string, place: ErrorPlace): Finding {
  const { file, resource } = place;
  const wording = wordingOf(text, place);
  return {
    code: "rejected-by-judge",
    severity: "error",
    ...(file === undefined ? {} : { file }),
    ...(resource === undefined ? {} : { resource }),
    ...wording,
  };
}

function wordingOf(text: string, place: ErrorPlace): Wording {
  for (const [pattern, translate] of wordings) {
    const match = pattern.exec(text);
    if (match !== null) return translate(match, place);
  }
  return { message: text.replace(/^error (unmarshalling resource|while parsing): /, "") };
}

/** The reader counts lines from the beginning of the document; a person counts them from that of the file. */
function lineOf({ file, line }: ErrorPlace, lineInDocument: string | undefined): string {
  return file === undefined || lineInDocument === undefined ? "" : `line ${line + Number(lineInDocument) - 1}: `;
}

/** The kind whose schema is missing, when that is what the error says. */
export function missingSchemaKind(text: string): string | undefined {
  return /^could not find schema for (.*)$/s.exec(text)?.[1];
}
