import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsFolder } from "./folders.ts";
import { type GoMod, parseGoMod } from "./go-mod.ts";
import { type Tool, type ToolName, tools } from "./tools.ts";

/** What a tool is built from, as it lies in `tools/` now. */
export interface ToolSources {
  name: ToolName;
  tool: Tool;
  /** The folder that holds its go.mod. */
  folder: string;
  goMod: GoMod;
  /** The version that go.mod pins: `v0.8.0`. */
  version: string;
  /** The flags of the linker. */
  linkerFlags: string;
  /** SHA-256 of go.mod, go.sum, the Go files of the folder and the linker's flags, in hexadecimal. */
  hash: string;
}

/**
 * Reads what a tool is built from.
 *
 * @throws Error when go.mod is missing, does not parse, or does not require the tool's module: a defect of the repository
 */
export async function readSources(name: ToolName, root: string = toolsFolder): Promise<ToolSources> {
  const tool = tools[name];
  const folder = join(root, tool.folder);
  const files = (await readdir(folder))
    .filter((file) => file === "go.mod" || file === "go.sum" || file.endsWith(".go"))
    .sort();
  const contents = await Promise.all(files.map(async (file) => ({ file, bytes: await readFile(join(folder, file)) })));
  const goMod = parseGoMod(contents.find(({ file }) => file === "go.mod")?.bytes.toString() ?? "");
  const version = goMod.versions.get(tool.module);
  if (version === undefined)
    throw new Error(`tools/${tool.folder}/go.mod does not require ${tool.module}, the module of ${name}.`);
  const linkerFlags = flagsOf(tool, version);
  const hash = createHash("sha256").update(linkerFlags);
  for (const { file, bytes } of contents) hash.update(`\0${file}\0${bytes.length}\0`).update(bytes);
  return { name, tool, folder, goMod, version, linkerFlags, hash: hash.digest("hex") };
}

/** Without symbol tables the binaries take about a third less room. */
function flagsOf(tool: Tool, version: string): string {
  const strip = "-s -w";
  return tool.versionVariable === undefined ? strip : `${strip} -X ${tool.versionVariable}=${version}`;
}
