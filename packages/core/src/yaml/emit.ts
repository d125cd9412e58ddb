import { dumpYaml } from "./dump.ts";

/**
 * A value as YAML that Kubernetes' parser reads back as the same value: strings that could be read as anything else are quoted, `null` is kept,
 * nothing is folded, nothing is an alias. Keys stand in the order of the value.
 *
 * The value must have passed `yamlProblems`. js-yaml decides how each doubtful scalar is written, once; what is beyond doubt is written here, to the same bytes.
 *
 * @example
 * emitYaml({ port: "8080", enabled: "yes" }); // port: "8080"\nenabled: "yes"\n
 */
export function emitYaml(value: unknown): string {
  const text = isCollection(value) ? block(value, 0, 0) : undefined;
  return text === undefined ? dumpYaml(value) : `${text}\n`;
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

function isCollection(value: unknown): value is Collection {
  return typeof value === "object" && value !== null;
}

// Deeper than any object of Kubernetes: what is deeper may contain itself, which js-yaml can say.
const DEEPEST = 100;
const indentations = Array.from({ length: DEEPEST + 2 }, (_, depth) => "  ".repeat(depth));

/** A map or a list as a block, without the blanks before its first line; `undefined` when only js-yaml knows how it is written. */
function block(value: Collection, depth: number, ancestors: number): string | undefined {
  if (ancestors > DEEPEST) return undefined;
  if (Array.isArray(value)) return sequence(value, depth, ancestors);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? mapping(value, depth, ancestors) : undefined;
}

function sequence(items: readonly unknown[], depth: number, ancestors: number): string | undefined {
  if (items.length === 0) return "[]";
  const between = `\n${indentations[depth]}- `;
  let text = "- ";
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const written = isCollection(item) ? block(item, depth + 1, ancestors + 1) : scalar(item, depth + 1);
    if (written === undefined) return undefined;
    text += index === 0 ? written : between + written;
  }
  return text;
}

function mapping(value: Collection, depth: number, ancestors: number): string | undefined {
  const between = `\n${indentations[depth]}`;
  let text = "";
  for (const [key, member] of Object.entries(value)) {
    // js-yaml leaves out what is not there.
    if (member === undefined) continue;
    const name = keyText(key);
    if (name === undefined) return undefined;
    let written: string | undefined;
    if (isCollection(member)) {
      written = block(member, depth + 1, ancestors + 1);
      if (written === undefined) return undefined;
      written = written === "[]" || written === "{}" ? ` ${written}` : `${between}  ${written}`;
    } else {
      written = scalar(member, depth + 1);
      if (written === undefined) return undefined;
      written = ` ${written}`;
    }
    text += `${text === "" ? "" : between}${name}:${written}`;
  }
  return text === "" ? "{}" : text;
}

// Begins with a letter or a slash, ends with no blank, and holds nothing that means something to a parser: no colon, no '#', no tab, no letter outside ASCII.
const plain = /^[A-Za-z/](?:[\x20-\x22\x24-\x39\x3b-\x7e]*[\x21\x22\x24-\x39\x3b-\x7e])?$/;
// Words that some version of YAML reads as a boolean or as null, in some of their spellings.
const words: ReadonlySet<string> = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null"]);

function isSurelyPlain(text: string): boolean {
  return plain.test(text) && !(text.length <= 5 && words.has(text.toLowerCase()));
}

// Text of several lines of printable ASCII, which begins with something visible: a block needs no more than its indentation.
const lines = /^[\x21-\x7e][\x20-\x7e\n]*$/;

/** A scalar inside a map or list; `undefined` when only js-yaml knows how the whole is written. */
function scalar(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
      if (value.includes("\n")) return lines.test(value) ? literal(value, depth) : undefined;
      return isSurelyPlain(value) ? value : asked(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : asked(value);
    case "object":
      return value === null ? "null" : undefined;
    default:
      return undefined;
  }
}

/** A literal block. One that ends with several line breaks also ends the document otherwise. */
function literal(value: string, depth: number): string | undefined {
  if (value.endsWith("\n\n")) return undefined;
  const ended = value.endsWith("\n");
  const indentation = indentations[depth] ?? "";
  const content = ended ? value.slice(0, -1) : value;
  return `|${ended ? "" : "-"}\n${indentation}${content.replace(/\n(?!\n|$)/g, `\n${indentation}`)}`;
}

/** What js-yaml explains by `? ` is left to it. */
const LONGEST_KEY = 1000;

function keyText(key: string): string | undefined {
  if (key.length > LONGEST_KEY || key.includes("\n")) return undefined;
  return isSurelyPlain(key) ? key : remembered(keys, key, () => dumpYaml({ [key]: 0 }).slice(0, -": 0\n".length));
}

/** How js-yaml writes a scalar on one line. */
function asked(value: string | number): string {
  return remembered(scalars, value, () => dumpYaml([value]).slice("- ".length, -1));
}

// Labels, names and queries come again and again.
const MOST_REMEMBERED = 20_000;
const scalars = new Map<string | number, string>();
const keys = new Map<string | number, string>();

function remembered(known: Map<string | number, string>, value: string | number, ask: () => string): string {
  const before = known.get(value);
  if (before !== undefined) return before;
  if (known.size >= MOST_REMEMBERED) known.clear();
  const text = ask();
  known.set(value, text);
  return text;
}
