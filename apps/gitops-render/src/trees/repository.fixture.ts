import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A Git repository of a test. */
export interface TestRepository {
  readonly folder: string;
  git(...parameters: readonly string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Commits everything and gives the commit. */
  commit(message: string): string;
  [Symbol.dispose](): void;
}

// Nothing of the machine's own configuration is to change what a test sees.
const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

/** Makes a repository whose branch is `main`. */
export function makeRepository(...options: readonly string[]): TestRepository {
  const folder = mkdtempSync(join(tmpdir(), "plinth-repository-"));
  const git = (...parameters: readonly string[]): string => {
    const run = spawnSync("git", parameters, { cwd: folder, env: environment, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`git ${parameters.join(" ")}: ${run.stderr}`);
    return run.stdout.trim();
  };
  git("init", "--quiet", "--initial-branch=main", ...options);
  return {
    folder,
    git,
    write: (files) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    },
    commit: (message) => {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
