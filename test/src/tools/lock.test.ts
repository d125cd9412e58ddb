import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock } from "./lock.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plinth-lock-"));
  file = join(folder, "deep", "lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a lock", () => {
  it("is held by one at a time", async () => {
    let held = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const lock = await acquireLock(file, { pollInterval: 1 });
        held += 1;
        most = Math.max(most, held);
        await new Promise((resolve) => setImmediate(resolve));
        held -= 1;
        await lock.release();
      }),
    );
    expect(most).toBe(1);
    expect(await readdir(join(folder, "deep"))).toEqual([]);
  });

  it("tells who waits by whom it is held, once", async () => {
    const first = await acquireLock(file);
    const told: (number | undefined)[] = [];
    const second = acquireLock(file, {
      pollInterval: 1,
      onWait: (holder) => {
        told.push(holder);
        void first.release();
      },
    });
    await (await second).release();
    expect(told).toEqual([process.pid]);
  });

  it.each([
    JSON.stringify({ pid: process.pid, identity: "an earlier process with this number" }),
    JSON.stringify({ pid: 2 ** 30, identity: "x" }),
    "",
    "not JSON",
  ])("of nobody alive is free: %s", async (text) => {
    await (await acquireLock(file)).release();
    await writeFile(file, text);
    await (await acquireLock(file)).release();
    expect(await readdir(join(folder, "deep"))).toEqual([]);
  });

  it("is no longer waited for after an interruption", async () => {
    const first = await acquireLock(file);
    const interrupt = new AbortController();
    const second = acquireLock(file, {
      signal: interrupt.signal,
      onWait: () => interrupt.abort(new Error("interrupted")),
    });
    await expect(second).rejects.toThrow();
    await first.release();
    expect(await readdir(join(folder, "deep"))).toEqual([]);
  });
});
