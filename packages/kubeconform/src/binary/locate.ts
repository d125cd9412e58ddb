import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";
import type { Finding } from "@plinth/core";
import { type Command, type Environment, versionCommand } from "./command.ts";

/** Where kubeconform is looked for, in this order. */
export interface BinaryLocations {
  /** The binary itself. */
  readonly binary?: string;
  /**
   * The environment: `PLINTH_KUBECONFORM`, then each folder of `PATH`.
   * @default process.env
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A folder of tools, looked into last. */
  readonly toolsDirectory?: string;
}

/** A kubeconform that runs, or what keeps it from running. */
export type LocatedBinary =
  | { readonly found: true; readonly binary: string; readonly version: string }
  | { readonly found: false; readonly finding: Finding };

const environmentVariable = "PLINTH_KUBECONFORM";
const name = "kubeconform";
/** The version that this package is tested with. */
const testedVersion = "v0.8.0";
const versionTimeoutMilliseconds = 30_000;

const howToGet = [
  `Install it with "brew install kubeconform", or with "go install github.com/yannh/kubeconform/cmd/kubeconform@${testedVersion}",`,
  `or, in Plinth's workspace, with "pnpm tools kubeconform".`,
  `Then put it on the PATH, set ${environmentVariable}, or pass the option "binary".`,
].join(" ");

/**
 * Finds kubeconform and runs it once for its version. A binary that was named by option or environment variable and does not run is a
 * finding: nothing else is tried in its place.
 *
 * @example
 * const located = await findKubeconform();
 * console.log(located.found ? located.version : located.finding.hint);
 */
export async function findKubeconform(locations: BinaryLocations = {}, signal?: AbortSignal): Promise<LocatedBinary> {
  const environment = locations.environment ?? process.env;
  const named = locations.binary ?? (environment[environmentVariable] || undefined);
  if (named !== undefined) return runs(resolve(named), environment, signal);

  const folders = [
    ...(environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""),
    ...(locations.toolsDirectory === undefined ? [] : [locations.toolsDirectory]),
  ];
  for (const folder of folders) {
    const candidate = resolve(folder, name);
    if (await isExecutable(candidate)) return runs(candidate, environment, signal);
  }
  const tools = locations.toolsDirectory === undefined ? "" : ` or in ${locations.toolsDirectory}`;
  return missing(`kubeconform is not on the PATH${tools}`);
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function runs(binary: string, environment: Environment, signal: AbortSignal | undefined): Promise<LocatedBinary> {
  if (!(await isExecutable(binary))) return missing(`${binary} is not a program that can be run`);
  const { error, stdout } = await runVersion(versionCommand(binary, environment), signal);
  if (error !== undefined) return failed(`${binary} does not run: ${error}`);
  const version = stdout.trim();
  if (!/^(development|v?\d+\.\d+\.\d+\S*)$/.test(version)) {
    return failed(
      `${binary} is not kubeconform: asked for its version it prints ${JSON.stringify(version.slice(0, 80))}`,
    );
  }
  return { found: true, binary, version };
}

function runVersion(
  command: Command,
  signal: AbortSignal | undefined,
): Promise<{ error: string | undefined; stdout: string }> {
  const options = {
    env: { ...command.environment },
    timeout: versionTimeoutMilliseconds,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 20,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  return new Promise((done) => {
    execFile(command.file, [...command.arguments], options, (error, stdout) => {
      if (error === null) done({ error: undefined, stdout });
      else done({ error: error.signal ? `it was ended by ${error.signal}` : error.message.trim(), stdout });
    });
  });
}

function missing(message: string): LocatedBinary {
  return {
    found: false,
    finding: {
      code: "tool-missing",
      severity: "error",
      message,
      expected: `kubeconform ${testedVersion}`,
      hint: howToGet,
    },
  };
}

function failed(message: string): LocatedBinary {
  return {
    found: false,
    finding: {
      code: "tool-failed",
      severity: "error",
      message,
      expected: `kubeconform ${testedVersion}`,
      hint: howToGet,
    },
  };
}
