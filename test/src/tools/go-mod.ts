/** What Plinth reads of a go.mod file. */
export interface GoMod {
  /** The least Go version that builds the module, as written: `1.26.6`. */
  go: string;
  /** Module path to version, after `replace` lines that only change the version. */
  versions: ReadonlyMap<string, string>;
  /** The packages of the `tool` lines. */
  tools: readonly string[];
}

/**
 * Reads a go.mod file.
 *
 * Blocks (`require ( … )`) and single lines are the same to it; comments are dropped.
 *
 * @throws Error when there is no `go` line: such a file pins nothing.
 * @see https://go.dev/ref/mod#go-mod-file
 * @example
 * parseGoMod("module m\ngo 1.26\nrequire k8s.io/api v0.36.3\n").versions.get("k8s.io/api"); // "v0.36.3"
 */
export function parseGoMod(text: string): GoMod {
  const versions = new Map<string, string>();
  const replaced = new Map<string, string>();
  const tools: string[] = [];
  let go: string | undefined;
  for (const [verb, ...words] of directives(text)) {
    const [first, second] = words;
    if (first === undefined) continue;
    if (verb === "go") go = first;
    if (verb === "tool") tools.push(first);
    if (verb === "require" && second !== undefined) versions.set(first, second);
    if (verb === "replace") {
      const [path, version] = words.slice(words.indexOf("=>") + 1);
      if (path === first && version !== undefined) replaced.set(first, version);
    }
  }
  if (go === undefined) throw new Error("go.mod has no `go` line. Expected one such as `go 1.26.0`.");
  for (const [path, version] of replaced) if (versions.has(path)) versions.set(path, version);
  return { go, versions, tools };
}

/** Each directive as words; a line inside `verb ( … )` gets the verb of its block. */
function* directives(text: string): Generator<string[]> {
  let block: string | undefined;
  for (const line of text.split("\n")) {
    const words = line
      .replace(/\/\/.*$/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    if (words[0] === ")") block = undefined;
    else if (block !== undefined) yield [block, ...words];
    else if (words[1] === "(") block = words[0];
    else yield words;
  }
}

/**
 * The hashes in a go.sum file, by `module version`; the hash of a go.mod file alone has `/go.mod` after the version.
 *
 * @see https://go.dev/ref/mod#go-sum-files
 */
export function parseGoSum(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [path, version, hash] = line.split(" ");
    if (path !== undefined && version !== undefined && hash !== undefined) hashes.set(`${path} ${version}`, hash);
  }
  return hashes;
}
