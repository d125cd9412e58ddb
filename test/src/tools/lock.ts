import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, ownRecord, parseProcessRecord } from "./process-identity.ts";

/** What the caller of a lock may ask for. */
export interface LockOptions {
  /** Called once when another process holds the lock, with its number, before the wait. */
  onWait?: (holder: number | undefined) => void;
  /** Ends the wait: the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds between two tries. @default 250 */
  pollInterval?: number;
}

/** A held lock. */
export interface Lock {
  release: () => Promise<void>;
}

/**
 * Holds a lock file for this process; waits while another one holds it. The lock of a process that is gone counts as free.
 *
 * @example
 * const lock = await acquireLock("tools/.cache/lock", { onWait: (pid) => console.log(`waiting for ${pid}`) });
 * try { await build(); } finally { await lock.release(); }
 */
export async function acquireLock(file: string, options: LockOptions = {}): Promise<Lock> {
  const { onWait, signal, pollInterval = 250 } = options;
  await mkdir(dirname(file), { recursive: true });
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, JSON.stringify(await ownRecord()));
  try {
    let told = false;
    for (;;) {
      signal?.throwIfAborted();
      // A link appears with its content or not at all: nobody ever reads an empty lock.
      if (await tryLink(own, file)) return { release: () => rm(file, { force: true }) };
      const text = await readIfThere(file);
      if (text === undefined) continue;
      const holder = parseProcessRecord(text);
      if (holder === undefined || !(await isRunning(holder))) {
        await removeStale(file, text);
        continue;
      }
      if (!told) onWait?.(holder.pid);
      told = true;
      await sleep(pollInterval, undefined, { signal });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function tryLink(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Takes the stale lock away. When somebody else was quicker and this is their fresh lock, it goes back. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readIfThere(aside)) !== stale) await tryLink(aside, file);
  await rm(aside, { force: true });
}
