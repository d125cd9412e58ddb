import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Finding } from "@plinth/core";
import { binaryFolder } from "./folders.ts";
import { type GoToolchain, goEnvironment } from "./go-toolchain.ts";
import { startGuarded } from "./guarded-process.ts";
import type { ToolSources } from "./sources.ts";
import { binaryPath, installBinary, type Stamp } from "./stamp.ts";

/** How a build may be watched and ended. */
export interface BuildOptions {
  toolchain: GoToolchain;
  /** Told in a few words what is going on: `compiled 120 of 1,356 packages`. */
  progress?: (text: string) => void;
  /** Ends the build: the compiler dies at once, and nothing of it is left. */
  signal?: AbortSignal;
  /** Where the binary goes. @default tools/.cache/bin */
  folder?: string;
}

/** What came of a build. */
export type BuildResult = { built: true; stamp: Stamp } | { built: false; finding: Finding };

/**
 * Builds one tool and puts it in its place in one step, so that a build which is cut short leaves nothing that looks like a tool.
 *
 * Go keeps each compiled package in its own cache: a build that was cut short goes on where it stopped.
 *
 * @throws the signal's reason, when the signal ends it
 */
export async function buildTool(sources: ToolSources, options: BuildOptions): Promise<BuildResult> {
  const { toolchain, progress = () => undefined, signal, folder = binaryFolder } = options;
  const started = performance.now();
  await mkdir(scratchIn(folder), { recursive: true });
  const partial = join(folder, `.${sources.tool.binary}.${process.pid}.partial`);
  try {
    progress("reads the list of packages");
    const list = await runGo(sources, ["list", "-deps", sources.tool.package], {
      folder,
      signal,
      line: countDownloads(progress),
    });
    if (!list.ok) return { built: false, finding: explain(sources, list.lines) };
    const build = await runGo(
      sources,
      ["build", "-v", "-ldflags", sources.linkerFlags, "-o", partial, sources.tool.package],
      {
        folder,
        signal,
        line: countPackages(progress, list.packages),
      },
    );
    if (!build.ok) return { built: false, finding: explain(sources, build.lines) };
    const { size } = await stat(partial);
    const stamp: Stamp = {
      sources: sources.hash,
      go: `${toolchain.version} ${toolchain.platform}`,
      size,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
    await installBinary(partial, binaryPath(sources, folder), stamp);
    return { built: true, stamp };
  } finally {
    await Promise.all(
      [partial, scratchIn(folder)].map((path) => rm(path, { force: true, recursive: true, maxRetries: 5 })),
    );
  }
}

/** Where Go puts what it needs for the length of one build: it gets no chance to tidy up when a build is cut short. */
function scratchIn(folder: string): string {
  return join(folder, ".scratch");
}

/** Removes what builds that were killed left behind. Only for who holds the lock: no build is going on then. */
export async function removePartialBuilds(folder: string = binaryFolder): Promise<void> {
  await mkdir(folder, { recursive: true });
  const left = (await readdir(folder)).filter((name) => name.endsWith(".partial"));
  await Promise.all(
    [...left.map((name) => join(folder, name)), scratchIn(folder)].map((path) =>
      rm(path, { force: true, recursive: true, maxRetries: 5 }),
    ),
  );
}

interface GoRun {
  ok: boolean;
  /** Lines on standard output. */
  packages: number;
  /** The last lines on standard error. */
  lines: readonly string[];
}

const keptLines = 40;

async function runGo(
  sources: ToolSources,
  args: readonly string[],
  { folder, signal, line: onLine }: { folder: string; signal: AbortSignal | undefined; line: (text: string) => void },
): Promise<GoRun> {
  signal?.throwIfAborted();
  const go = startGuarded("go", args, {
    cwd: sources.folder,
    env: { ...goEnvironment(), GOTMPDIR: scratchIn(folder) },
  });
  signal?.addEventListener("abort", go.kill, { once: true });
  const lines: string[] = [];
  let packages = 0;
  const { stdout, stderr } = go.child;
  if (stdout === null || stderr === null) throw new Error("The output of Go is not readable.");
  createInterface({ input: stdout }).on("line", () => {
    packages += 1;
  });
  const errors = createInterface({ input: stderr }).on("line", (text) => {
    lines.push(text);
    if (lines.length > keptLines) lines.shift();
    onLine(text);
  });
  const [exit] = await Promise.all([go.exited, new Promise((resolve) => errors.once("close", resolve))]);
  signal?.removeEventListener("abort", go.kill);
  signal?.throwIfAborted();
  return { ok: exit.code === 0, packages, lines: exit.error === undefined ? lines : [exit.error.message] };
}

function countDownloads(progress: (text: string) => void): (line: string) => void {
  let modules = 0;
  return (line) => {
    if (!line.startsWith("go: downloading ")) return;
    modules += 1;
    progress(`fetches modules: ${modules}`);
  };
}

/** `go build -v` names each package that it compiles; those in Go's cache it passes over in silence. */
function countPackages(progress: (text: string) => void, packages: number): (line: string) => void {
  const total = packages.toLocaleString("en");
  let compiled = 0;
  progress(`compiles what is new of ${total} packages, and links`);
  return (line) => {
    if (/\s/.test(line)) return;
    compiled += 1;
    progress(`compiled ${compiled.toLocaleString("en")} of at most ${total} packages`);
  };
}

/** What Go says when something outside the sources is wrong, and what to do about it. */
const remedies: readonly { says: RegExp; hint: string }[] = [
  {
    says: /no space left on device/i,
    hint: "the disk is full: a cold build of all tools takes about 10 GB in Go's caches (`go env GOCACHE GOMODCACHE`)",
  },
  {
    says: /dial tcp|no such host|i\/o timeout|connection refused|403 Forbidden|unexpected status/i,
    hint: "modules could not be fetched: the first build needs a network; GOPROXY names the mirror to use",
  },
  {
    says: /checksum mismatch|SECURITY ERROR/,
    hint: "what was fetched is not what go.sum pins; nothing was built from it",
  },
  {
    says: /missing go\.sum entry|updates to go\.mod needed/,
    hint: "go.mod and go.sum do not fit together; see docs/tools.md on how to bump a tool",
  },
  {
    says: /signal: killed|out of memory|cannot allocate memory/i,
    hint: "the compiler ran out of memory: the large tools take about 4 GB",
  },
];

function explain(sources: ToolSources, lines: readonly string[]): Finding {
  const told = lines.filter((line) => !line.startsWith("go: downloading ") && !/^[\w./-]+$/.test(line));
  const text = told.join("\n");
  const finding: Finding = {
    code: "tool-failed",
    severity: "error",
    message: `${sources.name} ${sources.version} could not be built:\n${text === "" ? "Go says nothing about why" : text}`,
    source: { file: `tools/${sources.tool.folder}/go.mod` },
  };
  const remedy = remedies.find(({ says }) => says.test(text));
  return remedy === undefined ? finding : { ...finding, hint: remedy.hint };
}
