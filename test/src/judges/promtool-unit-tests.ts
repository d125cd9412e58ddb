import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toolPath } from "../tools/ensure.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/** What promtool says of one file of unit tests. */
export interface UnitTestResult {
  /** The path as it was given. */
  readonly file: string;
  /** What was expected and what came instead, once for each test that failed. */
  readonly failures: readonly string[];
  /** Set when no test was run: a rule, or the file itself, could not be read. */
  readonly problem?: string;
}

// promtool runs its files one after the other, and half of the time it waits for the disk.
const processes = 2;

/**
 * Runs files of unit tests, many in one process. Its report names the file of each failure, which its output does not.
 *
 * @throws Error when promtool leaves out a file.
 * @see https://prometheus.io/docs/prometheus/latest/command-line/promtool/#promtool-test
 */
export async function runUnitTests(
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<readonly UnitTestResult[]> {
  const shares = Array.from({ length: Math.min(processes, files.length) }, (_, share) =>
    files.filter((__, index) => index % processes === share),
  );
  const found = await Promise.all(
    shares.map(async (share, index) => {
      const report = `report-${index}.xml`;
      const parameters = ["test", "rules", `--junit=${report}`, ...share];
      const run = await runTool(toolPath("promtool"), parameters, { workFolder: folder, signal });
      const results = readJunit(run.exitCode === null ? "" : readFileSync(join(folder, report), "utf8"));
      const missing = share.find((file) => !results.has(file));
      if (missing === undefined) return results;
      throw new Error(`${toolFailed("promtool", run).message}\nIt reports nothing of ${missing}.`);
    }),
  );
  const all = new Map(found.flatMap((results) => [...results]));
  return files.flatMap((file) => all.get(file) ?? []);
}

function readJunit(xml: string): ReadonlyMap<string, UnitTestResult> {
  const suites = xml.matchAll(/<testsuite name="([^"]*)"[^>]*>(.*?)<\/testsuite>/gs);
  return new Map(
    [...suites].map(([, name = "", body = ""]) => {
      const file = plainText(name);
      const messages = [...body.matchAll(/<(failure|error)[^>]*>(.*?)<\/\1>/gs)].map(([, , text = ""]) =>
        plainText(text).trim(),
      );
      // A test that ran names the alert or the expression that it asked for, after its own name if it has one.
      const problem = messages.find((message) => !/^\s*(alertname|expr): /m.test(message));
      return [file, { file, failures: messages, ...(problem === undefined ? {} : { problem }) }];
    }),
  );
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** As Go's encoder writes text: `&#34;`, `&#xA;`, `&lt;`. */
function plainText(text: string): string {
  return text.replace(/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));/g, (whole, hexadecimal, decimal, name) => {
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return decimal === undefined ? (entities[name] ?? whole) : String.fromCodePoint(Number(decimal));
  });
}
