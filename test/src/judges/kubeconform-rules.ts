import { type Finding, isRecord } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import { goModuleDirectory, schemaNames, schemaSources } from "../tools/schemas.ts";
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
        moduleDirectory,
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

/** The folder of a module that `tools/schemas` pins, by its path. */
async function moduleDirectory(module: string): Promise<string> {
  const name = schemaNames.find((candidate) => schemaSources[candidate].module === module);
  if (name === undefined) throw new Error(`tools/schemas pins no module ${module}`);
  const lookup = await goModuleDirectory(name);
  if (!lookup.found) throw new Error(lookup.finding.message);
  return lookup.directory;
}
