import { spawn } from "node:child_process";

/** What one run of a program cost. */
export interface Cost {
  /** Wall-clock seconds, process start included. */
  readonly seconds: number;
  /** Peak resident memory in MiB. */
  readonly mebibytes: number;
}

/** Runs a Node program in a process of its own and measures the whole of it. The best of `runs`: machines are noisy, and only ever slower. */
export async function measure(
  program: readonly string[],
  runs: number,
  before: () => void = () => undefined,
): Promise<Cost> {
  const costs: Cost[] = [];
  for (let run = 0; run < runs; run++) {
    before();
    costs.push(await once(program));
  }
  return {
    seconds: Math.min(...costs.map(({ seconds }) => seconds)),
    mebibytes: Math.min(...costs.map(({ mebibytes }) => mebibytes)),
  };
}

const reporter = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));',
)}`;

function once(program: readonly string[]): Promise<Cost> {
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(process.execPath, ["--import", reporter, ...program], {
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    let kibibytes = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      kibibytes += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", (exitCode) => {
      if (exitCode !== 0) fail(new Error(`${program.join(" ")} ended with exit code ${exitCode}`));
      else done({ seconds: (performance.now() - started) / 1000, mebibytes: Number(kibibytes) / 1024 });
    });
  });
}
