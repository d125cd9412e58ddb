import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * What tells a running process from a later one with the same number: when it started. `undefined` when no such process runs.
 *
 * On Linux the start time in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)) with the boot's own id; elsewhere what `ps` prints.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? linuxIdentity(pid) : psIdentity(pid);
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    ]);
    // The second field is the command in parentheses, which may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    return state === "Z" || started === undefined ? undefined : `${boot.trim()} ${started}`;
  } catch {
    return undefined;
  }
}

async function psIdentity(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)], { env: { LC_ALL: "C" } });
    return stdout.trim() === "" ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
}

/** A process as another process can recognise it later. */
export interface ProcessRecord {
  pid: number;
  identity: string;
}

/** This process. */
export async function ownRecord(): Promise<ProcessRecord> {
  return { pid: process.pid, identity: (await processIdentity(process.pid)) ?? "unknown" };
}

/** True while the process that wrote the record runs: not another one that got its number. */
export async function isRunning(record: ProcessRecord): Promise<boolean> {
  return (await processIdentity(record.pid)) === record.identity;
}

/** The record in a file's text, or `undefined` when it is not one. */
export function parseProcessRecord(text: string): ProcessRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || !("identity" in value)) return undefined;
    const { pid, identity } = value;
    return typeof pid === "number" && Number.isInteger(pid) && pid > 0 && typeof identity === "string"
      ? { pid, identity }
      : undefined;
  } catch {
    return undefined;
  }
}
