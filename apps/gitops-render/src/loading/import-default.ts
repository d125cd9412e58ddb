import { pathToFileURL } from "node:url";
import { type Finding, parseFrame, relativeFile, type SourceLocation } from "@plinth/core";
import { errorCode } from "../writing/file-system.ts";

/** What a module exports as default, or why it could not be had. */
export type ImportedDefault =
  | {
      readonly exported: unknown;
      /** What it exports by a name; undefined where it does not. */
      readonly named: (name: string) => unknown;
      readonly findings?: never;
    }
  | { readonly exported?: never; readonly named?: never; readonly findings: readonly Finding[] };

/**
 * Imports a module that a person wrote. What it throws is a finding with the place in the person's file.
 *
 * @param what What the module describes: `the platform`.
 */
export async function importDefault(file: string, root: string, what: string): Promise<ImportedDefault> {
  try {
    const module: unknown = await import(pathToFileURL(file).href);
    const named = (name: string): unknown =>
      typeof module === "object" && module !== null ? Reflect.get(module, name) : undefined;
    return { exported: named("default"), named };
  } catch (error) {
    return {
      findings: [{ severity: "error", ...loadFinding(error, { file: relativeFile(file, root) }, root, what) }],
    };
  }
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
function loadFinding(error: unknown, module: SourceLocation, root: string, what: string): Omit<Finding, "severity"> {
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
    message: `${what} throws: ${firstLines(message)}`,
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
