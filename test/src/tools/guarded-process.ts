import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";

/** What a guarded process may be given; all else is inherited. */
export interface GuardedOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Where standard output and error go: a file descriptor, or `pipe` to read them here. @default "pipe" */
  output?: number | "pipe";
  /** True when the process alone should not keep this one running. @default false */
  background?: boolean;
}

/** A child process that does not outlive this one, however this one ends. */
export interface GuardedProcess {
  child: ChildProcess;
  /** Resolves when the process is gone, with its exit code or the signal that ended it. Never rejects. */
  exited: Promise<Exit>;
  /** Ends the process and everything that it started, at once. Harmless when it is gone already. */
  kill: () => void;
}

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Set when it did not start at all. */
  error?: Error;
}

/**
 * A shell that turns itself into the command, after it left a watcher in the same process group. The watcher waits for the
 * end of file descriptor 3, whose other end only our process holds: the kernel closes it when we end, by whatever signal.
 */
const guard = '(trap "" HUP INT TERM; read -r _ <&3; kill -KILL 0) </dev/null >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Starts a command in a process group of its own that dies with this process, even when this one is killed by SIGKILL.
 *
 * The group is not that of the terminal, so Ctrl-C reaches only this process, which decides what to do with the child.
 *
 * @example
 * const etcd = startGuarded("/path/to/etcd", ["--data-dir", folder], { output: log.fd });
 * etcd.kill();
 * await etcd.exited;
 */
export function startGuarded(command: string, args: readonly string[], options: GuardedOptions = {}): GuardedProcess {
  const output = options.output ?? "pipe";
  const child = spawn("/bin/sh", ["-c", guard, "guard", command, ...args], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", output, output, "pipe"],
  });
  const lifeline = child.stdio[3];
  // The other end may be gone a moment before we hear of it.
  lifeline?.on("error", () => undefined);
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", (code, signal) => {
      // The watcher sees the end of its file, and takes along whatever the command left behind.
      lifeline?.destroy();
      resolve({ code, signal });
    });
  });
  if (options.background === true) {
    child.unref();
    if (lifeline instanceof Socket) lifeline.unref();
  }
  const kill = (): void => {
    // Whoever kills it waits for its end, also when nothing else is left to do.
    if (child.exitCode === null && child.signalCode === null) child.ref();
    killGroup(child.pid);
  };
  return { child, exited, kill };
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** ESRCH: no such group any more. EPERM: macOS says so for a group of zombies. */
function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM");
}
