/** What can be told of a CEL expression without evaluating it. */
export interface CelText {
  /** Names read from `variables`, in the order of their first use. */
  readonly variables: readonly string[];
  /** Paths read from `object` and `oldObject`, two steps deep: `object.spec`, `object.?metadata`, `object[`. */
  readonly objectPaths: readonly string[];
  /** The texts of string literals, with their escapes. */
  readonly literals: readonly string[];
  /** What is malformed: brackets and literals that do not close. */
  readonly problems: readonly string[];
}

interface Token {
  readonly kind: "name" | "literal" | "number" | "symbol";
  readonly text: string;
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

// Literals first: a name may be the prefix (`r`, `b`) of one.
const tokenPattern =
  /\s+|(?<literal>(?:[rR]?[bB]?|[bB][rR])(?:'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>\d[\w.]*)|(?<symbol>.)/gsu;

/**
 * Reads the words of a CEL expression. It does not check types or calls: that is for the compilers of Kyverno and the API server.
 *
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 */
export function readCel(expression: string): CelText {
  const tokens = tokensOf(expression);
  return {
    variables: [...new Set(stepsAfter(tokens, "variables").map((step) => step.replace(/^\.\??/, "")))],
    objectPaths: [
      ...new Set(["object", "oldObject"].flatMap((root) => stepsAfter(tokens, root).map((step) => root + step))),
    ],
    literals: tokens.flatMap(({ kind, text }) => (kind === "literal" ? [text] : [])),
    problems: [...unclosedLiterals(tokens), ...unbalancedBrackets(tokens)],
  };
}

function tokensOf(expression: string): readonly Token[] {
  return [...expression.matchAll(tokenPattern)].flatMap(({ groups }): Token[] => {
    for (const kind of ["literal", "name", "number", "symbol"] as const) {
      const text = groups?.[kind];
      if (text !== undefined) return [{ kind, text }];
    }
    return [];
  });
}

/** What follows each use of `root` as a variable of its own: `.spec`, `.?spec`, `[`, or nothing. */
function stepsAfter(tokens: readonly Token[], root: string): string[] {
  return tokens.flatMap((token, index) => {
    const isField =
      tokens[index - 1]?.text === "." || (tokens[index - 1]?.text === "?" && tokens[index - 2]?.text === ".");
    if (token.kind !== "name" || token.text !== root || isField) return [];
    const [first, second, third] = tokens.slice(index + 1, index + 4).map(({ text }) => text);
    if (first === ".") return [second === "?" ? `.?${third ?? ""}` : `.${second ?? ""}`];
    return [first === "[" ? "[" : ""];
  });
}

function unclosedLiterals(tokens: readonly Token[]): string[] {
  return tokens.some(({ kind, text }) => kind === "symbol" && (text === "'" || text === '"'))
    ? ["a string literal does not close"]
    : [];
}

function unbalancedBrackets(tokens: readonly Token[]): string[] {
  const open: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== "symbol") continue;
    const close = closing[text];
    if (close !== undefined) open.push(close);
    else if (Object.values(closing).includes(text) && open.pop() !== text) return [`a "${text}" closes nothing`];
  }
  const missing = open.pop();
  return missing === undefined ? [] : [`a "${missing}" is missing`];
}
