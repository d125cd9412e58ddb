import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type Finding,
  isPlatformDefinition,
  type PlatformDefinition,
  parseFrame,
  relativeFile,
  type SourceLocation,
} from "@plinth/core";
import { errorCode } from "../writing/file-system.ts";

/** A definition, or why there is none. */
export type LoadedPlatform = { readonly definition: PlatformDefinition } | { readonly findings: readonly Finding[] };

const candidates = ["index.ts", "index.mts", "index.js", "index.mjs"];

/** The module of a platform: the file itself, or a folder's index. */
export function platformModule(path: string): string | undefined {
  const absolute = resolve(path);
  if (!existsSync(absolute)) return undefined;
  if (statSync(absolute).isFile()) return absolute;
  return candidates.map((name) => join(absolute, name)).find((file) => existsSync(file));
}

/** Imports the module at `path` and takes the platform that it exports as default. */
export async function loadPlatform(path: string, root: string): Promise<LoadedPlatform> {
  const file = platformModule(path);
  if (file === undefined) {
    return failed({
      code: "platform-not-found",
      message: `there is no platform at ${path}`,
      expected: `a file, or a folder with one of ${candidates.join(", ")}`,
      example: "gitops-render render --platform platform",
    });
  }
  const source = { file: relativeFile(file, root) };
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    return failed(loadFinding(error, source, root));
  }
  const exported: unknown = typeof module === "object" && module !== null ? Reflect.get(module, "default") : undefined;
  if (isPlatformDefinition(exported)) return { definition: exported };
  return failed({
    code: "platform-not-found",
    source,
    message: exported === undefined ? "the module has no default export" : "the default export is not a platform",
    expected: "what definePlatform returns",
    example: 'export default definePlatform({ name: "astronomy-shop", … });',
  });
}

function failed(finding: Omit<Finding, "severity">): LoadedPlatform {
  return { findings: [{ severity: "error", ...finding }] };
}

const importExample = 'import { checkout } from "./services/checkout.ts";';

/** What would have been right, by the kind of error: the first that fits. */
const expectations: readonly { when(error: unknown, message: string): boolean; expected: string; example?: string }[] =
  [
    {
      when: (error, message) => error instanceof SyntaxError && message.includes("does not provide an export named"),
      expected: "a name that the module exports",
      example: importExample,
    },
    {
      when: (error) => error instanceof SyntaxError,
      expected: "TypeScript whose types can be stripped: no enums, namespaces or parameter properties",
    },
    {
      when: (error) => errorCode(error) === "ERR_MODULE_NOT_FOUND",
      expected: "an import of a file that exists, with its ending",
      example: importExample,
    },
  ];

/** What an error says that was thrown while the module was read or ran. */
function loadFinding(error: unknown, module: SourceLocation, root: string): Omit<Finding, "severity"> {
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : "";
  const source = syntaxPlace(stack, root) ?? thrownPlace(stack, root) ?? module;
  const message =
    error instanceof Error
      ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}`
      : `threw ${String(error)}`;
  const expected = expectations.find(({ when }) => when(error, message));
  if (expected !== undefined) {
    const { expected: right, example } = expected;
    return {
      code: "platform-not-loadable",
      source,
      message: firstLines(message),
      expected: right,
      ...(example === undefined ? {} : { example }),
    };
  }
  return {
    code: "platform-not-loadable",
    source,
    message: `the platform throws: ${firstLines(message)}`,
    expected: "a module that only describes",
  };
}

/** Node writes the place of a syntax error above the message: `file:///folder/file.ts:3`. */
function syntaxPlace(stack: string, root: string): SourceLocation | undefined {
  const match = /^(?:file:\/\/)?(\/[^\n]*?):(\d+)\n/.exec(stack);
  return match === null
    ? undefined
    : { file: relativeFile(decodeURIComponent(match[1] ?? ""), root), line: Number(match[2]) };
}

function thrownPlace(stack: string, root: string): SourceLocation | undefined {
  for (const line of stack.split("\n")) {
    const place = parseFrame(line);
    if (place !== undefined && !place.file.includes("/node_modules/"))
      return { ...place, file: relativeFile(place.file, root) };
  }
  return undefined;
}

const MESSAGE_LINES = 3;

function firstLines(message: string): string {
  return message.split("\n").slice(0, MESSAGE_LINES).join(" ");
}
