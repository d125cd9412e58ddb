import { join } from "node:path";
import { toolPath } from "../tools/ensure.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/** What the Kyverno command line is given: files, and its arguments in their folder. */
interface KyvernoRun {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly arguments: readonly string[];
}

const AT_ONCE = 2;

/** What the Kyverno command line printed for each run, in their order. It compiles every policy anew for every object: two at a time, with a lazy collector. */
export async function kyvernoOutputs(
  runs: readonly KyvernoRun[],
  workFolder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const outputs: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < runs.length; index = next++) {
      const run = runs[index];
      if (run === undefined) return;
      const folder = writeFiles(join(workFolder, String(index)), run.files);
      // The exit code is 1 whenever anything fails, also what should: the report is the verdict.
      const { stdout, stderr } = await runTool(toolPath("kyverno"), run.arguments, {
        workFolder: folder,
        environment: { GOGC: "400" },
        signal,
      });
      outputs[index] = stdout === "" ? stderr : stdout;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outputs;
}
