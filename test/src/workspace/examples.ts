/** The code of an `@example` in a docstring, and where it stands. */
export interface DocumentedExample {
  readonly line: number;
  readonly code: string;
}

/** Every `@example` of a source file. The code stands directly after the tag and goes on to the next tag or the end of the comment. */
export function examplesIn(source: string): DocumentedExample[] {
  const examples: DocumentedExample[] = [];
  for (const comment of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const lines = comment[0]
      .replace(/\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ""));
    const firstLine = source.slice(0, comment.index).split("\n").length;
    for (const [number, line] of lines.entries()) {
      if (!line.startsWith("@example")) continue;
      const end = lines.findIndex((later, position) => position > number && /^@\w+/.test(later) && !isCode(later));
      const code = [line.slice("@example".length), ...lines.slice(number + 1, end === -1 ? undefined : end)]
        .join("\n")
        .trim();
      examples.push({ line: firstLine + number, code });
    }
  }
  return examples;
}

/** The tags of a docstring; anything else that begins with `@` is code. */
function isCode(line: string): boolean {
  return !/^@(default|deprecated|example|module|param|public|remarks|returns?|see|throws)\b/.test(line);
}

/** Public names of a package's index, with those that are types only. */
export function namesOf(index: string): ReadonlyMap<string, "type" | "value"> {
  const names = new Map<string, "type" | "value">();
  for (const [, typed, list = ""] of index.matchAll(/export (type )?\{([^}]*)\}/g)) {
    for (const part of list.split(",")) {
      const match = /^(type )?(?:\w+ as )?(\w+)$/.exec(part.trim());
      if (match?.[2] !== undefined)
        names.set(match[2], typed === undefined && match[1] === undefined ? "value" : "type");
    }
  }
  return names;
}

/** What a file itself exports: examples of what is not public stand in the same file. */
export function declaredNames(source: string): ReadonlyMap<string, "type" | "value"> {
  const declarations = source.matchAll(/^export (?:async )?(function\*?|const|class|interface|type) (\w+)/gm);
  return new Map(
    [...declarations].map(([, keyword, name = ""]) => [
      name,
      keyword === "interface" || keyword === "type" ? "type" : "value",
    ]),
  );
}

/** Somewhere that an example's names may come from. */
export interface ExamplePlace {
  /** As an import says it. */
  readonly from: string;
  readonly names: ReadonlyMap<string, "type" | "value">;
}

/** The example as a module: names that it uses and does not bring itself are imported, from the first place that has them. */
export function exampleModule(code: string, places: readonly ExamplePlace[]): string {
  const brought = new Set(
    [
      ...[...code.matchAll(/\b(?:const|let|function|class|interface|type)\s+(\w+)/g)].map((match) => match[1] ?? ""),
      ...[...code.matchAll(/\b(?:const|let)\s*[[{]([^=]*?)[\]}]\s*=/g)].flatMap((match) =>
        (match[1] ?? "").split(/[,:\s]+/),
      ),
      ...[...code.matchAll(/import (?:type )?\{([^}]*)\}/g)].flatMap((match) => (match[1] ?? "").split(/[,\s]+/)),
    ].filter((name) => name !== ""),
  );
  const imports = places.flatMap(({ from, names }) => {
    const used = [...names].filter(([name]) => !brought.has(name) && new RegExp(`\\b${name}\\b`).test(code));
    for (const [name] of used) brought.add(name);
    const list = used.map(([name, kind]) => (kind === "type" ? `type ${name}` : name)).join(", ");
    return list === "" ? [] : [`import { ${list} } from "${from}";\n`];
  });
  return `${imports.join("")}${code}\nexport {};\n`;
}
