import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** How a run of the command line ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a platform of its own, in which the real command line runs. */
export interface Workplace {
  readonly folder: string;
  write(file: string, text: string): void;
  run(...parameters: readonly string[]): Promise<Run>;
  /** As `run`, killed after so many milliseconds. */
  runAndKill(milliseconds: number, ...parameters: readonly string[]): Promise<Run>;
  remove(): void;
}

const application = resolve(import.meta.dirname, "../..");
const binary = join(application, "bin/gitops-render.js");

/** Beside this package's node_modules, so that a platform's imports resolve. */
export function workplace(files: Readonly<Record<string, string>> = {}): Workplace {
  mkdirSync(join(application, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(application, ".cache/run-"));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const start = (parameters: readonly string[], milliseconds?: number): Promise<Run> =>
    new Promise((done, fail) => {
      const child = spawn(process.execPath, [binary, ...parameters], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        stdout += chunk;
      });
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        stderr += chunk;
      });
      child.on("error", fail);
      const timer = milliseconds === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), milliseconds);
      child.on("close", (exitCode) => {
        clearTimeout(timer);
        done({ exitCode, stdout, stderr });
      });
    });
  return {
    folder,
    write,
    run: (...parameters) => start(parameters),
    runAndKill: (milliseconds, ...parameters) => start(parameters, milliseconds),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The module of the example platform, with statements that change its input first. */
export function platformModule(statements = ""): string {
  return `import { definePlatform } from "@plinth/core";
import { examplePlatformInput, exampleProduction, exampleTeam } from "@plinth/core/testing";
const input = examplePlatformInput();
${statements}
export default definePlatform(input);
`;
}
