import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Finding, isPlatformDefinition, type PlatformDefinition, relativeFile } from "@plinth/core";
import { importDefault } from "./import-default.ts";

/** A definition, or why there is none. */
export type LoadedPlatform = { readonly definition: PlatformDefinition } | { readonly findings: readonly Finding[] };

const candidates = ["index.ts", "index.mts", "index.js", "index.mjs"];

/** The module of a platform: the file itself, or a folder's index. */
export function platformModule(path: string): string | undefined {
  const absolute = resolve(path);
  if (!existsSync(absolute)) return undefined;
  if (statSync(absolute).isFile()) return absolute;
  return candidates.map((name) => join(absolute, name)).find((file) => existsSync(file));
}

/** Imports the module at `path` and takes the platform that it exports as default. */
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
  const { exported, findings } = await importDefault(file, root, "the platform");
  if (findings !== undefined) return { findings };
  if (isPlatformDefinition(exported)) return { definition: exported };
  return failed({
    code: "platform-not-found",
    source: { file: relativeFile(file, root) },
    message: exported === undefined ? "the module has no default export" : "the default export is not a platform",
    expected: "what definePlatform returns",
    example: 'export default definePlatform({ name: "astronomy-shop", … });',
  });
}

function failed(finding: Omit<Finding, "severity">): LoadedPlatform {
  return { findings: [{ severity: "error", ...finding }] };
}
