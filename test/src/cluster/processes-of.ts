import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A running process. */
export interface RunningProcess {
  pid: number;
  commandLine: string;
}

/** The running processes whose command line names a folder: the servers of a cluster, and what watches over them. */
export async function processesOf(folder: string): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,args="], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split("\n")
    .filter((line) => line.includes(folder))
    .map((line) => ({ pid: Number.parseInt(line, 10), commandLine: line.trim() }));
}
