import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { type Finding, relativeFile } from "@plinth/core";

/**
 * Asks the compiler what it thinks of the platform: a description that does not compile is not rendered, even where its types could be stripped.
 * Without a `tsconfig.json` beside the platform there is nothing to ask.
 */
export async function checkTypes(module: string, root: string): Promise<readonly Finding[]> {
  const project = join(dirname(module), "tsconfig.json");
  if (!existsSync(project)) return [];
  const compiler = compilerBeside(project);
  if (compiler === undefined) return [];
  const output = await run(process.execPath, [compiler, "-b", project, "--pretty", "false"]);
  return parseDiagnostics(output, root);
}

function compilerBeside(project: string): string | undefined {
  try {
    return join(dirname(createRequire(project).resolve("typescript/package.json")), "bin", "tsc");
  } catch {
    return undefined;
  }
}

/** `platform/services/checkout.ts(12,5): error TS2322: Type …` as findings; the lines below one explain it. */
export function parseDiagnostics(output: string, root: string, workingFolder: string = process.cwd()): Finding[] {
  const findings: Finding[] = [];
  for (const line of output.split("\n")) {
    const match = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(line);
    const general = match === null ? /^error (TS\d+): (.*)$/.exec(line) : null;
    if (match !== null) {
      const [, file = "", row = "", column = "", code = "", message = ""] = match;
      findings.push({
        code: "platform-not-loadable",
        severity: "error",
        source: { file: relativeFile(resolve(workingFolder, file), root), line: Number(row), column: Number(column) },
        message: `${message} (${code})`,
        expected: "TypeScript that compiles",
      });
    } else if (general !== null) {
      findings.push({
        code: "platform-not-loadable",
        severity: "error",
        message: `${general[2] ?? ""} (${general[1] ?? ""})`,
        expected: "TypeScript that compiles",
      });
    }
  }
  return findings;
}

function run(command: string, parameters: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    child.on("error", fail);
    child.on("close", () => done(output));
  });
}
