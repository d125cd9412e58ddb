/** A CEL expression: what a policy asks of an object, as text that the API server and Kyverno compile. */
export interface CelExpression {
  readonly expression: string;
}

/** A value that CEL can say as a literal. */
export type CelLiteral = string | number | boolean | readonly CelLiteral[];

/**
 * A CEL expression. Its lines stay lines, each but the first indented by two spaces, so that a reviewer reads what the author wrote; a backslash stays as
 * it is written, so that regular expressions need no second one.
 *
 * What is put in with `${}` becomes a literal, never code; another CEL expression becomes a part in parentheses.
 *
 * @see https://kubernetes.io/docs/reference/using-api/cel/
 *
 * @example
 * const allowed: readonly string[] = ["NET_BIND_SERVICE"];
 * cel`variables.containers.all(c, c.?securityContext.?capabilities.?add.orValue([]).all(name, name in ${allowed}))`;
 */
export function cel(template: TemplateStringsArray, ...values: readonly (CelExpression | CelLiteral)[]): CelExpression {
  const expression = template.raw
    .map((text, index) => {
      const value = values[index];
      const code = text.replace(/\s*\n\s*/g, "\n  ");
      if (value === undefined) return code;
      return code + (isExpression(value) ? `(${value.expression})` : celLiteral(value));
    })
    .join("")
    .trim();
  return { expression };
}

/**
 * A value as a CEL literal: strings in single quotes, whole numbers as integers. Throws a RangeError for a number that CEL has no literal for, and for
 * half of a surrogate pair.
 *
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values
 *
 * @example
 * celLiteral(["it's", 3]); // ['it\'s', 3]
 */
export function celLiteral(value: CelLiteral): string {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  return `[${value.map(celLiteral).join(", ")}]`;
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function stringLiteral(value: string): string {
  if (!value.isWellFormed())
    throw new RangeError(`${JSON.stringify(value)} holds half of a surrogate pair, which CEL cannot say`);
  // Control characters, and the two separators that some readers take for line breaks.
  const escaped = value.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
    /[\\'\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `'${escaped}'`;
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`CEL has no literal for ${value}`);
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? "0" : String(value);
  const text = String(value);
  // A double needs a point or an exponent, or CEL reads an integer.
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function isExpression(value: CelExpression | CelLiteral): value is CelExpression {
  return typeof value === "object" && "expression" in value;
}
