import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type Component,
  type Finding,
  isPlatformDefinition,
  type PlatformDefinition,
  relativeFile,
} from "@plinth/core";
import { additionalComponents } from "./additional-components.ts";
import { importDefault } from "./import-default.ts";

/** A definition and what is rendered beside Plinth's own components, or why there is none. */
export type LoadedPlatform =
  | { readonly definition: PlatformDefinition; readonly components: readonly Component[] }
  | { readonly findings: readonly Finding[] };

const candidates = ["index.ts", "index.mts", "index.js", "index.mjs"];

/** The module of a platform: the file itself, or a folder's index. */
export function platformModule(path: string): string | undefined {
  const absolute = resolve(path);
  if (!existsSync(absolute)) return undefined;
  if (statSync(absolute).isFile()) return absolute;
  return candidates.map((name) => join(absolute, name)).find((file) => existsSync(file));
}

/** Imports the module at `path` and takes the platform that it exports as default, and the list of components that it exports as `additionalComponents`, if any. */
export async function loadPlatform(path: string, root: string): Promise<LoadedPlatform> {
  const file = platformModule(path);
  if (file === undefined) {
    return failed({
      code: "platform-not-found",
      message: `there is no platform at ${path}`,
      expected: `a file, or a folder with one of ${candidates.join(", ")}`,
      example: "gitops-render render --platform platform",
    });
  }
  const { exported, named, findings } = await importDefault(file, root, "the platform");
  if (findings !== undefined) return { findings };
  const source = { file: relativeFile(file, root) };
  if (isPlatformDefinition(exported)) {
    const additional = additionalComponents(named("additionalComponents"), source);
    return "findings" in additional ? additional : { definition: exported, ...additional };
  }
  return failed({
    code: "platform-not-found",
    source,
    message: exported === undefined ? "the module has no default export" : "the default export is not a platform",
    expected: "what definePlatform returns",
    example: 'export default definePlatform({ name: "astronomy-shop", … });',
  });
}

function failed(finding: Omit<Finding, "severity">): LoadedPlatform {
  return { findings: [{ severity: "error", ...finding }] };
}
