import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { binaryFolder } from "./folders.ts";
import type { ToolSources } from "./sources.ts";

/** What lies beside a built binary: from what it was made. */
export interface Stamp {
  /** The hash of its sources. */
  sources: string;
  /** The Go that built it, with its platform: `go1.26.8 linux/amd64`. */
  go: string;
  /** Bytes of the binary. */
  size: number;
  /** How long the build took. */
  seconds: number;
}

/** Whether a tool can be used as it is. */
export type ToolState =
  | { state: "built"; stamp: Stamp }
  | { state: "missing" }
  | { state: "out of date"; because: string }
  | { state: "corrupt"; because: string };

/** Where the binary of a tool lies once it is built. */
export function binaryPath(sources: Pick<ToolSources, "tool">, folder: string = binaryFolder): string {
  return join(folder, sources.tool.binary);
}

/**
 * Compares a built tool with what it should be built from.
 *
 * @param go the installed Go with its platform, or `undefined` without one: what is built then stays good
 */
export async function readState(
  sources: ToolSources,
  go: string | undefined,
  folder: string = binaryFolder,
): Promise<ToolState> {
  const binary = binaryPath(sources, folder);
  const size = await sizeOf(binary);
  if (size === undefined) return { state: "missing" };
  const stamp = await readStamp(binary);
  if (stamp === undefined) return { state: "corrupt", because: "it has no stamp: its build did not end" };
  if (stamp.size !== size)
    return { state: "corrupt", because: `it has ${size} bytes and was built with ${stamp.size}` };
  if (stamp.sources !== sources.hash)
    return { state: "out of date", because: `tools/${sources.tool.folder} has changed since` };
  if (go !== undefined && stamp.go !== go)
    return { state: "out of date", because: `it was built with ${stamp.go}, and ${go} is here` };
  return { state: "built", stamp };
}

/** Puts a finished binary in its place. The stamp goes first and comes last: without it a binary does not count. */
export async function installBinary(partial: string, binary: string, stamp: Stamp): Promise<void> {
  await rm(stampPath(binary), { force: true });
  await rename(partial, binary);
  const text = `${stampPath(binary)}.${process.pid}.partial`;
  await writeFile(text, `${JSON.stringify(stamp)}\n`);
  await rename(text, stampPath(binary));
}

function stampPath(binary: string): string {
  return `${binary}.json`;
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

async function readStamp(binary: string): Promise<Stamp | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(stampPath(binary), "utf8"));
    if (typeof value !== "object" || value === null) return undefined;
    if (!("sources" in value && "go" in value && "size" in value && "seconds" in value)) return undefined;
    const { sources, go, size, seconds } = value;
    if (
      typeof sources !== "string" ||
      typeof go !== "string" ||
      typeof size !== "number" ||
      typeof seconds !== "number"
    )
      return undefined;
    return { sources, go, size, seconds };
  } catch {
    return undefined;
  }
}
