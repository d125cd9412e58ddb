/**
 * One document of plain blocks as `emitYaml` writes them: maps and lists, each two blanks deeper than what holds it, scalars on one line, literal blocks. Nothing
 * for any other text: whoever asks has it read by js-yaml, which decides what YAML means. Several times as fast, for trees of thousands of files.
 *
 * @param maxDepth How many maps and lists may lie in each other.
 */
export function readPlainBlocks(text: string, maxDepth: number): { readonly document: unknown } | undefined {
  // The last line has an end, and no character is one that YAML refuses or that could end a line.
  if (!text.endsWith("\n") || foreign.test(text)) return undefined;
  const lines = linesOf(text);
  while (!lines.ended && lines.column === 0 && text[lines.start] === "#") if (!lines.advance()) return undefined;
  if (lines.ended || lines.column !== 0) return undefined;
  const document = readBlock(lines, maxDepth);
  return document === refused || !lines.ended ? undefined : { document };
}

// Printable ASCII and what follows it in the plane of all living scripts, but no separator of lines and no mark of byte order.
const foreign = /[^\n\x20-\x7e\u00a1-\u2027\u2030-\ud7ff]/;

const refused: unique symbol = Symbol("refused");
type Read = unknown;

/** The lines of a text, one after the other: where what is left of the present one begins, and in which column. */
interface Lines {
  readonly text: string;
  start: number;
  /** Where the line ends: its line break. */
  end: number;
  column: number;
  ended: boolean;
  /** To the next line; false for one without content. */
  advance(): boolean;
}

function linesOf(text: string): Lines {
  const lines: Lines = { text, start: 0, end: -1, column: 0, ended: false, advance: () => advance(lines) };
  lines.ended = !advance(lines);
  return lines;
}

function advance(lines: Lines): boolean {
  const { text } = lines;
  const from = lines.end + 1;
  if (from >= text.length) {
    lines.ended = true;
    lines.column = -1;
    return true;
  }
  let start = from;
  while (text.charCodeAt(start) === blank) start++;
  lines.start = start;
  lines.column = start - from;
  lines.end = text.indexOf("\n", start);
  return lines.end > start;
}

const blank = 0x20;
const dash = 0x2d;

function isItem({ text, start }: Lines): boolean {
  return text.charCodeAt(start) === dash && text.charCodeAt(start + 1) === blank;
}

function readBlock(lines: Lines, depth: number): Read {
  if (depth <= 0) return refused;
  return isItem(lines) ? readList(lines, depth) : readMap(lines, depth);
}

function readList(lines: Lines, depth: number): Read {
  const { column } = lines;
  const items: unknown[] = [];
  do {
    if (!isItem(lines)) return refused;
    lines.start += 2;
    lines.column += 2;
    const item = isItem(lines) || keyAt(lines) !== undefined ? readBlock(lines, depth - 1) : readScalar(lines, column);
    if (item === refused) return refused;
    items.push(item);
  } while (lines.column === column);
  return lines.column > column ? refused : items;
}

function readMap(lines: Lines, depth: number): Read {
  const { column } = lines;
  const map: Record<string, unknown> = {};
  do {
    const key = keyAt(lines);
    if (key === undefined || Object.hasOwn(map, key.name)) return refused;
    lines.start = key.end;
    let value: Read;
    if (key.end > lines.end) {
      if (!lines.advance() || lines.column !== column + 2) return refused;
      value = readBlock(lines, depth - 1);
    } else value = readScalar(lines, column);
    if (value === refused) return refused;
    map[key.name] = value;
  } while (lines.column === column);
  return lines.column > column ? refused : map;
}

const plainKey = /([A-Za-z_/][\w./-]*):[ \n]/y;
const quotedKey = /"([\w./ -]*)":[ \n]/y;

function keyAt({ text, start }: Lines): { readonly name: string; readonly end: number } | undefined {
  plainKey.lastIndex = start;
  const [all = "", name] = plainKey.exec(text) ?? [];
  if (name !== undefined) return isWord(name) || name === "__proto__" ? undefined : { name, end: start + all.length };
  quotedKey.lastIndex = start;
  const [quoted = "", inside] = quotedKey.exec(text) ?? [];
  return inside === undefined || inside === "__proto__" ? undefined : { name: inside, end: start + quoted.length };
}

// Words that some version of YAML reads as something else than text.
const words: ReadonlySet<string> = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null"]);

function isWord(text: string): boolean {
  return text.length <= 5 && words.has(text.toLowerCase());
}

/** A scalar that begins in the present line, in a map or list at a column. Afterwards the present line is the one below it. */
function readScalar(lines: Lines, column: number): Read {
  const { text, start, end } = lines;
  const written = text.slice(start, end);
  if (written === "|" || written === "|-") return readLiteral(lines, column + 2, written === "|");
  const value = scalarOf(written);
  // A deeper line would go on with the scalar: that is refused by who asked.
  return value !== refused && lines.advance() ? value : refused;
}

const fixed: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const constants = ["[]", "{}"];
// Of so few digits that everybody reads the same number.
const number = /^(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,8})\.\d{1,6})$/;
// Nothing that begins like this is anything but text, unless it is one of the words.
const surelyText = /^(?:[A-Za-z/(_$^]|--[a-z])/;
// A digit, and somewhere a character that no number has.
const noNumber = /^\d.*[^\da-fA-FxXoO._+-]/;
// What ends a plain scalar or makes it something else.
const structure = /: | #|[ :]$/;
const doubleQuoted = /^"(?:[^"\\]|\\[\\"nt])*"$/;
const singleQuoted = /^'(?:[^']|'')*'$/;

function scalarOf(written: string): Read {
  if (surelyText.test(written)) {
    if (isWord(written)) return fixed.has(written) ? fixed.get(written) : refused;
    return structure.test(written) ? refused : written;
  }
  if (number.test(written)) return Number(written);
  if (doubleQuoted.test(written)) return JSON.parse(written);
  if (singleQuoted.test(written)) return written.slice(1, -1).replaceAll("''", "'");
  if (constants.includes(written)) return written === "[]" ? [] : {};
  if (written === ".") return written;
  return noNumber.test(written) && !structure.test(written) ? written : refused;
}

/** A literal block whose first line begins at a column, and not with a blank. */
function readLiteral(lines: Lines, column: number, ended: boolean): Read {
  const { text } = lines;
  const begin = lines.end + 1;
  if (!lines.advance() || lines.ended || lines.column !== column) return refused;
  const parts: string[] = [];
  let from = begin;
  let last = begin;
  while (from < text.length) {
    const end = text.indexOf("\n", from);
    let start = from;
    while (start < end && start < from + column && text.charCodeAt(start) === blank) start++;
    if (start === end && start > from) return refused;
    if (start < end && start < from + column) break;
    parts.push(text.slice(start, end));
    if (start < end) last = end;
    from = end + 1;
  }
  // Empty lines at the end belong to the block or do not, as its header says.
  if (last + 1 !== from || parts.at(-1) === "") return refused;
  lines.end = last;
  if (!lines.advance()) return refused;
  return parts.join("\n") + (ended ? "\n" : "");
}
