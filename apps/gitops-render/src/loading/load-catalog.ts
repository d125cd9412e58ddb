import { type Finding, importCatalog, type ServiceInput } from "@plinth/core";
import { readTexts } from "./read-texts.ts";

/** Services that catalogs describe, and what is wrong with the catalogs. */
export interface LoadedCatalog {
  readonly services: readonly ServiceInput[];
  readonly findings: readonly Finding[];
}

/** Reads catalog files: Backstage's `catalog-info.yaml`, Port's `port.yml`. */
export function loadCatalog(files: readonly string[], root: string): LoadedCatalog {
  const services: ServiceInput[] = [];
  const findings: Finding[] = [];
  for (const { text, source, finding } of readTexts(files, root, "--catalog services/loyalty/catalog-info.yaml")) {
    if (finding !== undefined) findings.push(finding);
    else {
      const imported = importCatalog(text, source);
      services.push(...imported.services);
      findings.push(...imported.findings);
    }
  }
  return { services, findings };
}
