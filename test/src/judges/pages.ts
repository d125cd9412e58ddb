import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding } from "@plinth/core";
import {
  comparable,
  type EditStep,
  matchesPage,
  type PageStep,
  readPage,
  type StepOutput,
  withOutputs,
} from "../pages/read-page.ts";
import type { Judge } from "./judge.ts";
import { runTool } from "./run-tool.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Pages that lead somebody through something, and can be followed word by word. */
const followedPages: readonly string[] = ["docs/promotion.md"];

/**
 * Follows each page as a reader would, in a repository of its own that holds the reference platform: applies its edits, runs its commands, and compares what they
 * print with what the page says.
 */
export const pages: Judge = {
  name: "pages",
  purpose: "a page that leads through something does so, word by word",
  tools: [],
  judge: async ({ signal }) => {
    const findings: Finding[] = [];
    let steps = 0;
    for (const page of followedPages) {
      const file = join(root, page);
      const text = readFileSync(file, "utf8");
      const read = readPage(text);
      steps += read.length;
      const followed = await followPage(page, read, signal);
      // As golden files are: the page is written anew, and a person reads what changed.
      if (process.env["PLINTH_UPDATE_GOLDEN"] === "1") writeFileSync(file, withOutputs(text, followed.outputs));
      else findings.push(...followed.findings);
      findings.push(...followed.broken);
    }
    return { read: `${followedPages.length} pages, ${steps} steps`, findings };
  },
};

interface Followed {
  /** Why it could not be followed to its end. */
  readonly broken: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly outputs: readonly StepOutput[];
}

async function followPage(page: string, steps: readonly PageStep[], signal: AbortSignal): Promise<Followed> {
  // Below this package, so that the platform's imports resolve as they do in its own place.
  mkdirSync(join(root, "test/.cache"), { recursive: true });
  const folder = mkdtempSync(join(root, "test/.cache/page-"));
  const run = (script: string) =>
    runTool("bash", ["-c", `${commands}\n${script}`], { workFolder: folder, signal, environment: gitIdentity });
  try {
    cpSync(join(root, "platform"), join(folder, "platform"), {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)$/.test(path),
    });
    const begun = await run(
      "git init --quiet && pnpm render >/dev/null 2>&1 && git add --all && git commit --quiet --message 'Before'",
    );
    if (begun.exitCode !== 0)
      return { broken: [refuse(page, 1, `cannot be begun:\n${begun.stderr}`)], findings: [], outputs: [] };
    const findings: Finding[] = [];
    const outputs: StepOutput[] = [];
    for (const step of steps) {
      if (step.kind === "edit") {
        const finding = await edit(page, step, run, folder);
        // What comes after an edit that was not made says nothing.
        if (finding !== undefined) return { broken: [finding], findings, outputs };
      } else {
        const { stdout } = await run(`{ ${step.command}\n} 2>&1`);
        const printed = comparable(stdout);
        outputs.push({ step, printed });
        if (!matchesPage(printed, comparable(step.prints.join("\n"))))
          findings.push(
            refuse(page, step.line, `${step.command} prints\n${printed.join("\n")}`, step.prints.join("\n")),
          );
      }
    }
    return { broken: [], findings, outputs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Run = (script: string) => ReturnType<typeof runTool>;

async function edit(page: string, { diff, line }: EditStep, run: Run, folder: string): Promise<Finding | undefined> {
  writeFileSync(join(folder, ".git/edit.patch"), diff);
  const { exitCode, stderr } = await run("git apply .git/edit.patch");
  return exitCode === 0 ? undefined : refuse(page, line, `is an edit that cannot be made:\n${stderr}`);
}

function refuse(file: string, line: number, message: string, expected?: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    source: { file, line },
    message,
    ...(expected === undefined ? {} : { expected }),
  };
}

// The reader has pnpm and a clone; the day is that of the page, so that no exception of the reference platform has ended.
const commands = `
binary=${JSON.stringify(join(root, "apps/gitops-render/bin/gitops-render.js"))}
pnpm() {
  case "$1" in
    render) ${JSON.stringify(process.execPath)} "$binary" "$@" --no-types --today 2026-11-22 ;;
    gitops-render) shift; ${JSON.stringify(process.execPath)} "$binary" "$@" ;;
    *) echo "pnpm $1 is not of this page"; return 1 ;;
  esac
}`;

const gitIdentity = {
  GIT_AUTHOR_NAME: "reader",
  GIT_AUTHOR_EMAIL: "reader@example.com",
  GIT_COMMITTER_NAME: "reader",
  GIT_COMMITTER_EMAIL: "reader@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};
