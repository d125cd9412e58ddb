import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Cost, measure } from "./measured.ts";

const root = resolve(import.meta.dirname, "../..");
const commandLine = join(root, "apps/gitops-render/bin/gitops-render.js");
const here = (file: string): string => join(import.meta.dirname, file);

/** The command `pnpm bench [sizes]`: time, peak memory and ratios, all in one run. */
export async function bench(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "plinth-bench-"));
  try {
    await referencePlatform(folder);
    for (const size of sizes) await syntheticPlatform(size, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function referencePlatform(folder: string): Promise<void> {
  heading("reference platform");
  const out = join(folder, "reference");
  const render = [commandLine, "render", "--platform", join(root, "platform"), "--out", out];
  const clear = (): void => rmSync(out, { recursive: true, force: true });
  const start = await measure(["-e", ""], 5);
  row("node, nothing else", start);
  const cold = await measure([...render, "--no-types"], 5, clear);
  row("render, cold", cold);
  row("render, nothing changed", await measure([...render, "--no-types"], 5), cold);
  row("render, types checked too", await measure(render, 3), cold);
}

async function syntheticPlatform(size: number, folder: string): Promise<void> {
  const objects = join(folder, `${size}.jsonl`);
  await measure([here("ready-objects.ts"), String(size), objects], 1);
  heading(
    `${size} services in 3 environments, ${(statSync(objects).size / 1024 / 1024).toFixed(0)} MB of objects as JSON`,
  );
  const out = join(folder, String(size));
  const clear = (): void => rmSync(out, { recursive: true, force: true });
  const runs = size > 200 ? 1 : 3;
  process.env["PLINTH_BENCH_SERVICES"] = String(size);
  const render = [commandLine, "render", "--no-types", "--platform", here("synthetic-module.ts"), "--out", out];
  const limit = await measure([here("plain-objects.ts"), "json", objects, out], runs, clear);
  row("ready objects as JSON text (the limit)", limit, limit);
  row(
    "ready objects through js-yaml",
    await measure([here("plain-objects.ts"), "yaml", objects, out], runs, clear),
    limit,
  );
  row("ready objects through cdk8s", await measure([here("cdk8s-objects.ts"), objects, out], runs, clear), limit);
  row("render, cold, from the model", await measure(render, runs, clear), limit);
  row("render, nothing changed", await measure(render, runs), limit);
  clear();
}

function heading(text: string): void {
  process.stdout.write(
    `\n${text}\n${"".padEnd(42)}${"seconds".padStart(9)}${"MiB".padStart(8)}${"ratio".padStart(8)}\n`,
  );
}

function row(name: string, { seconds, mebibytes }: Cost, base?: Cost): void {
  const ratio = base === undefined ? "" : (seconds / base.seconds).toFixed(2);
  process.stdout.write(
    `  ${name.padEnd(40)}${seconds.toFixed(2).padStart(9)}${mebibytes.toFixed(0).padStart(8)}${ratio.padStart(8)}\n`,
  );
}
