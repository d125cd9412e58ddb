import { isRecord } from "../plain-data.ts";
import { compareTexts } from "../text-order.ts";

/** What `rendered/index.json` says of a file: who made it and whose it is. Its hash is its own signature. */
export interface IndexEntry {
  readonly component: string;
  readonly environment?: string;
  readonly team?: string;
  readonly service?: string;
}

/** Every file that Plinth wrote, by path below the output folder. Only these does a render ever remove. */
export type RenderedIndex = ReadonlyMap<string, IndexEntry>;

/** Where the index lies, below the output folder and outside each application. */
export const indexPath = "index.json";

/** The index as text: one line for each file, sorted, so that two branches that add files merge. */
export function printIndex(index: RenderedIndex): string {
  const lines = [...index]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([path, entry]) => `    ${JSON.stringify(path)}: ${JSON.stringify(entry)}`);
  return lines.length === 0
    ? '{\n  "version": 1,\n  "files": {}\n}\n'
    : `{\n  "version": 1,\n  "files": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** The index that a text says, or why it says none. */
export function parseIndex(text: string): { index: RenderedIndex } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isRecord(value) || value["version"] !== 1 || !isRecord(value["files"]))
    return { problem: "is not an index of version 1" };
  const index = new Map<string, IndexEntry>();
  for (const [path, entry] of Object.entries(value["files"])) {
    if (!isRecord(entry) || typeof entry["component"] !== "string")
      return { problem: `says nothing usable of ${path}` };
    const { component, environment, team, service } = entry;
    index.set(path, {
      component,
      ...(typeof environment === "string" ? { environment } : {}),
      ...(typeof team === "string" ? { team } : {}),
      ...(typeof service === "string" ? { service } : {}),
    });
  }
  return { index };
}
