import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, vi } from "vitest";
import { startGuarded } from "./guarded-process.ts";
import { isRunning, ownRecord, parseProcessRecord, processIdentity } from "./process-identity.ts";

const gone = (pid: number): Promise<void> =>
  vi.waitFor(async () => expect(await processIdentity(pid)).toBeUndefined(), 10_000);

describe("a guarded process", () => {
  it("ends as its command ends", async () => {
    const { exited } = startGuarded("sh", ["-c", "exit 7"]);
    expect(await exited).toEqual({ code: 7, signal: null });
  });

  it("gets its words as they are", async () => {
    const { child, exited } = startGuarded("printf", ["%s|", "a b", "$HOME", "'"]);
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
    });
    await Promise.all([exited, once(child, "close")]);
    expect(text).toBe("a b|$HOME|'|");
  });

  it("that cannot start says so by its exit code", async () => {
    const { exited } = startGuarded("/no/such/program", []);
    expect(await exited).toMatchObject({ code: 127 });
  });

  it("in a folder that is not there did not start", async () => {
    const { exited } = startGuarded("true", [], { cwd: "/no/such/folder" });
    expect(await exited).toMatchObject({ error: expect.any(Error) });
  });

  it("takes along what it started when it is killed", async () => {
    const { child, exited, kill } = startGuarded("sh", ["-c", "sleep 600 & echo $!; wait"]);
    const grandchild = Number(await firstLine(child.stdout));
    kill();
    expect(await exited).toMatchObject({ signal: "SIGKILL" });
    await gone(grandchild);
    expect(kill).not.toThrow();
  });

  it("takes along what it left behind when it ends by itself", async () => {
    const { child, exited } = startGuarded("sh", ["-c", "sleep 600 >/dev/null 2>&1 & echo $!"]);
    const grandchild = Number(await firstLine(child.stdout));
    await exited;
    await gone(grandchild);
  });

  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
    "does not outlive a parent that is ended by %s",
    async (signal) => {
      const module = join(import.meta.dirname, "guarded-process.ts");
      const script = `const { startGuarded } = await import(${JSON.stringify(module)}); console.log(startGuarded("sleep", ["600"]).child.pid);`;
      const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const child = Number(await firstLine(parent.stdout));
      expect(await processIdentity(child)).toBeDefined();
      parent.kill(signal);
      await gone(child);
    },
  );
});

describe("a record of a process", () => {
  it("is recognised while the process runs", async () => {
    const record = await ownRecord();
    expect(parseProcessRecord(JSON.stringify(record))).toEqual(record);
    expect(await isRunning(record)).toBe(true);
  });

  it("is not that of another process with its number", async () => {
    expect(await isRunning({ pid: process.pid, identity: "another boot 1" })).toBe(false);
  });

  it.each([
    "",
    "null",
    "{}",
    '{"pid":0,"identity":"x"}',
    '{"pid":-1,"identity":"x"}',
    '{"pid":1.5,"identity":"x"}',
    '{"pid":1,"identity":2}',
  ])("is not `%s`", (text) => {
    expect(parseProcessRecord(text)).toBeUndefined();
  });
});

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (stream === null) throw new Error("There is no output to read.");
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error("The output ended before its first line.");
}
