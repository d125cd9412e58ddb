import type { Finding, PromisesOfService } from "@plinth/core";
import { promisesFrom, readServiceLevels } from "@plinth/slo";
import { readTexts } from "./read-texts.ts";

/** Promises that files make for services, and what is wrong with the files. */
export interface LoadedObjectives {
  readonly promises: readonly PromisesOfService[];
  readonly findings: readonly Finding[];
}

/** Reads files of objectives: Sloth's own, its resource, OpenSLO's. */
export function loadObjectives(files: readonly string[], root: string): LoadedObjectives {
  const promises: PromisesOfService[] = [];
  const findings: Finding[] = [];
  for (const { text, source, finding } of readTexts(files, root, "--slo services/loyalty/slo.yaml")) {
    if (finding !== undefined) {
      findings.push(finding);
      continue;
    }
    const read = readServiceLevels(text, source);
    findings.push(...read.findings);
    for (const document of read.documents) {
      const taken = promisesFrom(document);
      findings.push(...taken.findings.map((each) => ({ source, ...each })));
      promises.push({ service: document.spec.service, promises: taken.promises, source });
    }
  }
  return { promises, findings };
}
