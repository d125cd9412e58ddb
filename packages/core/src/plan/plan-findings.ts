import type { Component } from "../component.ts";
import type { Finding } from "../finding.ts";
import type { Platform } from "../model/platform.ts";
import { describeResource, identityOf } from "../resource/resource.ts";
import { layerFolders } from "./paths.ts";
import type { PlannedFile } from "./planned-file.ts";

/** What is wrong with the files of a plan taken together. */
export function planFindings(
  files: readonly PlannedFile[],
  components: readonly Component[],
  platform: Platform,
): Finding[] {
  return [
    ...duplicateNames(components),
    ...duplicateResources(files, platform),
    ...duplicatePaths(files),
    ...unsafePaths(files),
  ];
}

function duplicateNames(components: readonly Component[]): Finding[] {
  const seen = new Set<string>();
  return components.flatMap(({ name }): Finding[] => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        code: "duplicate-name",
        severity: "error",
        component: name,
        message: `two components are named ${JSON.stringify(name)}`,
        expected: "a name of its own for each component",
      },
    ];
  });
}

/** Objects that one cluster would see twice. What is in the base is in every environment. */
function duplicateResources(files: readonly PlannedFile[], platform: Platform): Finding[] {
  const findings: Finding[] = [];
  const reported = new Set<string>();
  const shared = files.filter(({ entry }) => entry.environment === undefined);
  for (const { name } of platform.environments) {
    const first = new Map<string, PlannedFile>();
    for (const file of [...shared, ...files.filter(({ entry }) => entry.environment === name)]) {
      if (file.resource === undefined) continue;
      const identity = identityOf(file.resource);
      const earlier = first.get(identity);
      if (earlier === undefined) first.set(identity, file);
      else if (!reported.has(`${earlier.path}\u0000${file.path}`)) {
        reported.add(`${earlier.path}\u0000${file.path}`);
        findings.push({
          code: "duplicate-resource",
          severity: "error",
          component: file.entry.component,
          resource: describeResource(file.resource),
          file: file.path,
          message: `the component ${earlier.entry.component} makes this object too, at ${earlier.path}`,
          expected: "one object of this group, kind, namespace and name in each environment",
        });
      }
    }
  }
  return findings;
}

/** Paths that are one on some file system: macOS and Windows do not keep case apart. */
function duplicatePaths(files: readonly PlannedFile[]): Finding[] {
  const first = new Map<string, PlannedFile>();
  return files.flatMap((file): Finding[] => {
    const key = file.path.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, file);
      return [];
    }
    return [
      {
        code: "duplicate-path",
        severity: "error",
        component: file.entry.component,
        file: file.path,
        message: `the component ${earlier.entry.component} writes this path too`,
        expected: "one file at each path",
      },
    ];
  });
}

const safeSegment = /^[A-Za-z0-9_%][A-Za-z0-9._%-]*$/;

/** Paths are made of checked names; this is what holds when a component's are not. */
function unsafePaths(files: readonly PlannedFile[]): Finding[] {
  return files
    .filter(
      ({ path, resource }) =>
        !path.split("/").every((segment) => safeSegment.test(segment)) ||
        path === "index.json" ||
        /(^|\/)kustomization\.ya?ml$/i.test(path) ||
        (resource === undefined && !isDocumentPath(path)),
    )
    .map(({ path, entry, resource }) => ({
      code: "unsafe-path",
      severity: "error",
      component: entry.component,
      file: path,
      message: `${JSON.stringify(path)} is not a path that Plinth writes`,
      expected:
        resource === undefined
          ? `a name that ends in .md or .yaml, in a folder beside ${layerFolders.join(", ")}`
          : "letters, digits, '.', '_', '-' and '%' between slashes, no part that begins with a dot, and no name that is Plinth's own",
    }));
}

// A document where clusters read would be taken for an object.
function isDocumentPath(path: string): boolean {
  return /\.(md|yaml)$/.test(path) && !layerFolders.includes(path.split("/")[0] ?? "");
}
