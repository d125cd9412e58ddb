import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning, ownRecord, parseProcessRecord } from "../tools/process-identity.ts";
import { ClusterError } from "./cluster-error.ts";

const prefix = "plinth-cluster-";
const ownerFile = "owner.json";

/** etcd alone lays out 128 MB of log in advance; the rest is certificates, logs and room to store objects. */
const neededMegabytes = 400;

/** The folder of one cluster: its data, keys and logs. */
export interface ClusterFolder {
  path: string;
  /** Removes the folder with everything in it. Harmless when it is gone. */
  remove: () => Promise<void>;
}

/**
 * Makes the folder of a cluster, and removes those of processes that are gone: a crash of the machine leaves them behind.
 *
 * When this process ends without `remove`, by whatever signal, a watcher outside of it removes the folder a second later.
 *
 * @throws ClusterError when the disk has no room for it
 */
export async function createClusterFolder(parent: string = tmpdir()): Promise<ClusterFolder> {
  await removeAbandoned(parent);
  const { bavail, bsize } = await statfs(parent);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free < neededMegabytes) {
    throw new ClusterError(
      `${parent} has ${free} MB free, and a cluster needs ${neededMegabytes} MB. Free some room, or set TMPDIR to another disk.`,
    );
  }
  const path = await mkdtemp(join(parent, prefix));
  const watcher = watchOver(path);
  await writeFile(join(path, ownerFile), JSON.stringify(await ownRecord()));
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 10 });
      watcher.end();
    },
  };
}

/** A shell in a session of its own that reads a pipe until we end, then gives the servers a second to die and removes the folder. */
function watchOver(path: string): { end: () => void } {
  const script = 'trap "" HUP INT TERM; read -r _; sleep 1; rm -rf -- "$1"';
  const child = spawn("/bin/sh", ["-c", script, "watcher", path], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.on("error", () => undefined);
  child.on("error", () => undefined);
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return { end: () => child.kill("SIGKILL") };
}

/** A folder without a readable owner is somebody's who is just making it, or has crashed while doing so. */
const graceMilliseconds = 60_000;

/** Removes the folders of clusters whose process is gone. */
export async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  await Promise.all(
    names.map(async (name) => {
      const path = join(parent, name);
      try {
        if (await isAbandoned(path)) await rm(path, { recursive: true, force: true });
      } catch {
        // Another user's folder, or one that another start removes at this moment.
      }
    }),
  );
}

async function isAbandoned(path: string): Promise<boolean> {
  const text = await readFile(join(path, ownerFile), "utf8").catch(() => "");
  const owner = parseProcessRecord(text);
  if (owner !== undefined) return !(await isRunning(owner));
  return Date.now() - (await stat(path)).mtimeMs > graceMilliseconds;
}
