import { fileURLToPath } from "node:url";
import type { SourceLocation } from "../finding.ts";

/** Where each definition was written, by identity: a definition itself stays the plain data that its author typed. */
const locations = new WeakMap<object, SourceLocation>();

/** Remembers the place that called `definer`. The file is absolute until the platform is built. */
export function rememberSource<Definition extends object>(
  definition: Definition,
  definer: (...parameters: never[]) => unknown,
): Definition {
  const location = callerOf(definer);
  if (location !== undefined) locations.set(definition, location);
  return definition;
}

/** Says that a definition comes from a file that is not TypeScript, such as a catalog. */
export function declareSource<Definition extends object>(definition: Definition, location: SourceLocation): Definition {
  locations.set(definition, location);
  return definition;
}

/** Where a definition was written; the file relative to `root` when it lies below it. */
export function sourceOf(definition: unknown, root: string): SourceLocation | undefined {
  const location = typeof definition === "object" && definition !== null ? locations.get(definition) : undefined;
  return location === undefined ? undefined : { ...location, file: relativeFile(location.file, root) };
}

/** The file relative to `root`, with forward slashes, when it lies below it. */
export function relativeFile(file: string, root: string): string {
  const path = file.replaceAll("\\", "/");
  const folder = root.replaceAll("\\", "/").replace(/\/?$/, "/");
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

function callerOf(definer: (...parameters: never[]) => unknown): SourceLocation | undefined {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, definer);
  Error.stackTraceLimit = limit;
  return parseFrame(holder.stack?.split("\n")[1] ?? "");
}

/** Reads a line of a V8 stack trace: `    at name (file:///folder/file.ts:12:5)`. */
export function parseFrame(frame: string): SourceLocation | undefined {
  const match = /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^()]*?):(\d+):(\d+)\)?$/.exec(frame.trim());
  if (match === null) return undefined;
  const [, file = "", line = "", column = ""] = match;
  const path = (file.startsWith("file://") ? fileURLToPath(file) : file).replace(/\?.*$/, "");
  return { file: path, line: Number(line), column: Number(column) };
}
