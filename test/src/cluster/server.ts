import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Exit, startGuarded } from "../tools/guarded-process.ts";

/** One running server of the control plane. */
export interface Server {
  name: string;
  /** How it ended, or `undefined` while it runs. */
  ended: () => Exit | undefined;
  /** Resolves when it has ended. */
  end: Promise<void>;
  /** The last lines of its log. */
  lastLines: (count: number) => Promise<string>;
  /** Kills it and waits until it is gone. */
  stop: () => Promise<void>;
}

/** What a server is started with. */
export interface ServerOptions {
  name: string;
  /** Path of its binary. */
  binary: string;
  flags: Readonly<Record<string, string>>;
  /** Added to the environment of this process. */
  environment?: Readonly<Record<string, string>>;
}

/** Starts a server whose output goes to `<folder>/<name>.log`. It does not outlive this process. */
export function startServer({ name, binary, flags, environment = {} }: ServerOptions, folder: string): Server {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a");
  const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  const server = startGuarded(binary, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    output: log,
    background: true,
  });
  closeSync(log);
  let exit: Exit | undefined;
  const end = server.exited.then((how) => {
    exit = how;
  });
  return {
    name,
    ended: () => exit,
    end,
    lastLines: async (count) => lastLines(await readFile(logFile, "utf8").catch(() => ""), count),
    stop: async () => {
      // Nothing of a test's cluster is kept, so it is killed: asked politely, an API server takes its time.
      server.kill();
      await end;
    },
  };
}

/** The last lines of a text that are not empty. */
export function lastLines(text: string, count: number): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .join("\n");
}

/** How a server ended, in words. */
export function describeExit({ code, signal, error }: Exit): string {
  if (error !== undefined) return `did not start: ${error.message}`;
  return signal === null ? `stopped with exit code ${code}` : `was ended by ${signal}`;
}
