import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Finding } from "@plinth/core";
import { fieldAt, isRecord } from "../cluster/kubernetes-object.ts";
import { toolPath } from "../tools/ensure.ts";
import { goEnvironment } from "../tools/go-toolchain.ts";
import type { Judge } from "./judge.ts";

/** What `@plinth/kubeconform` derives and reports is right: schemas of every kind compile, right objects pass, each mistake is found where it is. */
export const kubeconformRules: Judge = {
  name: "kubeconform-rules",
  purpose: "the derived schemas mean what the API server means",
  tools: ["kubeconform"],
  judge: async ({ workFolder, signal }) => {
    const checks = await kubeconformChecks();
    const findings: Finding[] = [];
    for (const [name, check] of checks) {
      signal.throwIfAborted();
      const found = await check({
        binary: toolPath("kubeconform"),
        moduleDirectory: (module) => moduleDirectory(module, workFolder),
        cacheDirectory: workFolder,
      });
      findings.push(...found.map((finding) => ({ ...finding, message: `${name}: ${finding.message}` })));
    }
    return { read: `${checks.length} checks`, findings };
  },
};

type Check = (context: {
  readonly binary: string;
  readonly moduleDirectory: (module: string) => Promise<string>;
  readonly cacheDirectory: string;
}) => Promise<readonly Finding[]>;

/** The checks lie beside the package's index and are not in it: who uses the package has neither the binary nor the modules that they read. */
async function kubeconformChecks(): Promise<readonly (readonly [name: string, check: Check])[]> {
  const file = new URL("kubeconform.verify.ts", import.meta.resolve("@plinth/kubeconform")).href;
  const exported: unknown = Reflect.get(await import(file), "kubeconformChecks");
  const checks = Object.entries(isRecord(exported) ? exported : {}).filter(isNamedCheck);
  if (checks.length === 0) throw new Error(`${file} exports no checks as kubeconformChecks`);
  return checks;
}

function isNamedCheck(entry: [string, unknown]): entry is [string, Check] {
  return typeof entry[1] === "function";
}

/** Go checks what it downloads by its own checksum database: these versions are the package's, not those of `tools/schemas`. */
async function moduleDirectory(module: string, workFolder: string): Promise<string> {
  // Outside of any module: inside one Go would write to its go.sum.
  const options = { cwd: workFolder, env: goEnvironment() };
  const { stdout } = await promisify(execFile)("go", ["mod", "download", "-json", module], options);
  const directory = fieldAt(JSON.parse(stdout), "Dir");
  if (typeof directory !== "string") throw new Error(`\`go mod download ${module}\` names no folder: ${stdout}`);
  return directory;
}
