import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Finding, importCatalog, relativeFile, type ServiceInput } from "@plinth/core";

/** Services that catalogs describe, and what is wrong with the catalogs. */
export interface LoadedCatalog {
  readonly services: readonly ServiceInput[];
  readonly findings: readonly Finding[];
}

// A catalog of a service is a few kilobytes; a file of this size is something else.
const MAX_BYTES = 1024 * 1024;

/** Reads catalog files: Backstage's `catalog-info.yaml`, Port's `port.yml`. */
export function loadCatalog(files: readonly string[], root: string): LoadedCatalog {
  const services: ServiceInput[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    const source = { file: relativeFile(resolve(file), root) };
    const refuse = (message: string, expected: string): void => {
      findings.push({
        code: "catalog-not-readable",
        severity: "error",
        source,
        message,
        expected,
        example: "--catalog services/loyalty/catalog-info.yaml",
      });
    };
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) refuse("does not exist", "a catalog file");
    else if (!stats.isFile()) refuse("is not a file", "a catalog file");
    else if (stats.size > MAX_BYTES) refuse(`has ${stats.size} bytes`, `at most ${MAX_BYTES} bytes`);
    else {
      const imported = importCatalog(readFileSync(file, "utf8"), source);
      services.push(...imported.services);
      findings.push(...imported.findings);
    }
  }
  return { services, findings };
}
