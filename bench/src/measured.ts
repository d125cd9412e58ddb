import { spawn } from "node:child_process";

/** What one run of a program cost. */
export interface Cost {
  /** Wall-clock seconds, process start included. */
  readonly seconds: number;
  /** Seconds of processors, of all threads together. */
  readonly processorSeconds: number;
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
    processorSeconds: Math.min(...costs.map(({ processorSeconds }) => processorSeconds)),
    mebibytes: Math.min(...costs.map(({ mebibytes }) => mebibytes)),
  };
}

const reporter = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); writeSync(3, `${maxRSS} ${userCPUTime + systemCPUTime}`); });',
)}`;

function once(program: readonly string[]): Promise<Cost> {
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(process.execPath, ["--import", reporter, ...program], {
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    let told = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", (exitCode) => {
      if (exitCode !== 0) fail(new Error(`${program.join(" ")} ended with exit code ${exitCode}`));
      else {
        const [kibibytes = 0, microseconds = 0] = told.split(" ").map(Number);
        done({
          seconds: (performance.now() - started) / 1000,
          processorSeconds: microseconds / 1e6,
          mebibytes: kibibytes / 1024,
        });
      }
    });
  });
}
