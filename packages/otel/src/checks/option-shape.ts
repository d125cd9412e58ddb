/**
 * What an option of a component may be: a scalar, a list, texts or more by name, or options of its own.
 * `count` is a whole number that is not negative; `atom` is a text or a number; `pairs` is texts by name, or a list of `{ name, value }`.
 */
export type OptionShape =
  | ScalarShape
  | { readonly list: OptionShape }
  | { readonly map: OptionShape }
  | {
      readonly options: Readonly<Record<string, OptionShape>>;
      /** What options may be that are not named. @default there are none */
      readonly others?: OptionShape;
    };

export type ScalarShape = (typeof scalarShapes)[number];

export const scalarShapes = ["text", "whole", "count", "number", "flag", "duration", "atom", "pairs", "any"] as const;

const isScalar = (text: string): text is ScalarShape => scalarShapes.some((scalar) => scalar === text);

/**
 * Reads a shape: `{endpoint|transport:text,tls:{insecure:flag},ports:[whole],labels:<text>,*:any}`. `[…]` is a list, `<…>` a map, `{…}` options, of which
 * those of one shape stand together; `*` is any other option.
 *
 * @throws SyntaxError when it is none: shapes are data of this package
 */
export function parseOptionShape(text: string): OptionShape {
  const [shape, rest] = parseAt(text, 0);
  if (rest !== text.length) throw unreadable(text, rest);
  return shape;
}

function parseAt(text: string, at: number): readonly [OptionShape, number] {
  if (text[at] === "[") {
    const [list, end] = parseAt(text, at + 1);
    return [{ list }, expect(text, end, "]")];
  }
  if (text[at] === "<") {
    const [map, end] = parseAt(text, at + 1);
    return [{ map }, expect(text, end, ">")];
  }
  if (text[at] === "{") return parseOptions(text, at + 1);
  const scalar = /^[a-z]+/.exec(text.slice(at, at + 12))?.[0] ?? "";
  if (!isScalar(scalar)) throw unreadable(text, at);
  return [scalar, at + scalar.length];
}

function parseOptions(text: string, start: number): readonly [OptionShape, number] {
  const options: Record<string, OptionShape> = {};
  let others: OptionShape | undefined;
  let at = start;
  while (text[at] !== "}") {
    if (at > start) at = expect(text, at, ",");
    const colon = text.indexOf(":", at);
    if (colon < 0) throw unreadable(text, at);
    const names = text.slice(at, colon).split("|");
    const [shape, end] = parseAt(text, colon + 1);
    for (const name of names) {
      if (name === "*") others = shape;
      else options[name] = shape;
    }
    at = end;
  }
  return [others === undefined ? { options } : { options, others }, at + 1];
}

function expect(text: string, at: number, character: string): number {
  if (text[at] !== character) throw unreadable(text, at);
  return at + 1;
}

function unreadable(text: string, at: number): SyntaxError {
  return new SyntaxError(`no shape of options at ${JSON.stringify(text.slice(at, at + 20))}`);
}

/** A shape as a text, equal for equal shapes. */
export function printOptionShape(shape: OptionShape): string {
  if (typeof shape === "string") return shape;
  if ("list" in shape) return `[${printOptionShape(shape.list)}]`;
  if ("map" in shape) return `<${printOptionShape(shape.map)}>`;
  const names = new Map<string, string[]>();
  for (const [name, option] of Object.entries(shape.options).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const printed = printOptionShape(option);
    names.set(printed, [...(names.get(printed) ?? []), name]);
  }
  const parts = [...names].map(([printed, of]) => `${of.join("|")}:${printed}`);
  if (shape.others !== undefined) parts.push(`*:${printOptionShape(shape.others)}`);
  return `{${parts.join(",")}}`;
}
