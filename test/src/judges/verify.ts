import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPlatform, type Finding, formatFinding, isPlatformDefinition, nearestName } from "@plinth/core";
import { customMetrics } from "@plinth/dashboards";
import { ensureTools } from "../tools/ensure.ts";
import type { Judge, JudgeContext, Verdict } from "./judge.ts";
import { judges } from "./judges.ts";
import { readRenderedTree, withOrigin } from "./rendered-tree.ts";

const usage = `Lets the real tools judge what was rendered.

Usage
  pnpm verify                                  every judge over the whole of rendered/
  pnpm verify --only kubeconform,kustomize     only these, for the daily loop

Options
  --only <names>       judges, separated by commas
  --rendered <folder>  the folder to judge (default: rendered)
  --platform <module>  the platform that it was rendered from (default: platform/index.ts)
  --list               list the judges
  --help               this text

A tool that is missing or out of date is built first; one that cannot be built is a finding.

Exit codes: 0 nothing found, 1 something found, 2 a wrong option, 130 interrupted.
`;

/** The command `pnpm verify`. Returns the exit code. */
export async function verify(parameters: readonly string[]): Promise<number> {
  const chosen = choose(parameters);
  if ("exitCode" in chosen) {
    (chosen.exitCode === 0 ? process.stdout : process.stderr).write(chosen.text);
    return chosen.exitCode;
  }
  // A reader that goes away (`| head`) is no finding.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => abort.abort(new Error(signal)));
  const folder = mkdtempSync(join(tmpdir(), "plinth-verify-"));
  try {
    const findings = await judgeAll(chosen, folder, abort.signal);
    for (const finding of findings) process.stdout.write(`${formatFinding(finding)}\n`);
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    process.stderr.write("Interrupted.\n");
    return 130;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Choice {
  readonly judges: readonly Judge[];
  readonly rendered: string;
  readonly platform: string;
}

function choose(parameters: readonly string[]): Choice | { readonly exitCode: number; readonly text: string } {
  let values: { only?: string; rendered: string; platform: string; list: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...parameters],
      options: {
        only: { type: "string" },
        rendered: { type: "string", default: "rendered" },
        platform: { type: "string", default: "platform/index.ts" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    return { exitCode: 2, text: `${error instanceof Error ? error.message : String(error)}\n\n${usage}` };
  }
  if (values.help) return { exitCode: 0, text: usage };
  const names = judges.map(({ name }) => name);
  if (values.list)
    return {
      exitCode: 0,
      text: judges
        .map(
          ({ name, purpose, tools }) =>
            `${name.padEnd(18)} ${purpose}${tools.length === 0 ? "" : ` (${tools.join(", ")})`}\n`,
        )
        .join(""),
    };
  const only = values.only?.split(",").map((name) => name.trim());
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) {
    const lines = unknown.map(
      (name) =>
        `There is no judge ${JSON.stringify(name)}${nearestName(name, names) === undefined ? "" : `; did you mean ${nearestName(name, names)}?`}\n`,
    );
    return { exitCode: 2, text: `${lines.join("")}Judges: ${names.join(", ")}\n` };
  }
  return {
    judges: judges.filter(({ name }) => only === undefined || only.includes(name)),
    rendered: resolve(values.rendered),
    platform: resolve(values.platform),
  };
}

async function judgeAll(choice: Choice, folder: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const tools = [...new Set(choice.judges.flatMap((judge) => judge.tools))];
  const started = performance.now();
  const missing = await ensureTools(tools, {
    signal,
    report: (event) => {
      if (event.event === "built") print("tools", `built ${event.tool}`, event.seconds);
      if (event.event === "waiting") print("tools", "another process builds them: waiting");
    },
  });
  print("tools", `${tools.length - missing.length} of ${tools.length} ready`, (performance.now() - started) / 1000);
  if (missing.length > 0) return missing;
  const tree = readRenderedTree(choice.rendered);
  const model = await loadPlatform(choice.platform);
  const findings: Finding[] = [...tree.findings];
  if (tree.objects.length === 0)
    findings.push({
      code: "missing-file",
      severity: "error",
      message: `${choice.rendered} holds no objects`,
      expected: "what `pnpm render` writes",
    });
  const queue = [...choice.judges];
  const work = async (): Promise<void> => {
    for (let judge = queue.shift(); judge !== undefined; judge = queue.shift()) {
      const workFolder = join(folder, judge.name);
      mkdirSync(workFolder);
      findings.push(...(await run(judge, { tree, ...model, workFolder, signal })));
    }
  };
  // Two at a time: most judges wait for one process each.
  await Promise.all([work(), work()]);
  return findings.map((finding) => withOrigin(finding, tree.files));
}

async function run(judge: Judge, context: JudgeContext): Promise<readonly Finding[]> {
  const started = performance.now();
  let verdict: Verdict;
  try {
    verdict = await judge.judge(context);
  } catch (error) {
    context.signal.throwIfAborted();
    const message = `${judge.name}: ${error instanceof Error ? error.message : String(error)}`;
    verdict = { read: "nothing", findings: [{ code: "tool-failed", severity: "error", message }] };
  }
  const word = verdict.findings.length === 0 ? "ok" : `${verdict.findings.length} found`;
  print(judge.name, `${word.padEnd(10)} ${verdict.read}`, (performance.now() - started) / 1000);
  return verdict.findings;
}

function print(name: string, text: string, seconds?: number): void {
  process.stdout.write(`  ${name.padEnd(18)} ${text}${seconds === undefined ? "" : `   (${seconds.toFixed(1)} s)`}\n`);
}

async function loadPlatform(module: string): Promise<Pick<JudgeContext, "platform" | "definition" | "metrics">> {
  const loaded: object = await import(module);
  const exported: unknown = Reflect.get(loaded, "default");
  if (!isPlatformDefinition(exported)) throw new Error(`${module} exports no platform as default`);
  const { platform, findings } = buildPlatform(exported);
  if (platform === undefined) throw new Error(findings.map(formatFinding).join("\n"));
  const additional: unknown = Reflect.get(loaded, "additionalComponents");
  const metrics = Array.isArray(additional) ? customMetrics(additional, platform) : [];
  return { platform, definition: exported, metrics };
}
