import type { Finding, Resource } from "@plinth/core";
import { readObjects } from "../comparison/read-objects.ts";
import { readTexts } from "./read-texts.ts";

/** Objects that somebody wrote, and what is wrong with their files. */
export interface LoadedManifests {
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
}

/** Reads manifest files: one or more YAML documents each. */
export function loadManifests(files: readonly string[], root: string): LoadedManifests {
  const resources: Resource[] = [];
  const findings: Finding[] = [];
  for (const { text, source, finding } of readTexts(files, root, "deploy/deployment.yaml")) {
    if (finding !== undefined) {
      findings.push(finding);
      continue;
    }
    const read = readObjects(source.file, text);
    resources.push(...read.resources);
    if (read.finding !== undefined) findings.push({ ...read.finding, severity: "error" });
    else if (read.resources.length === 0)
      findings.push({
        code: "catalog-not-readable",
        severity: "error",
        source,
        message: "holds no object of Kubernetes",
        expected: "apiVersion, kind and metadata.name",
        example: "apiVersion: apps/v1",
      });
  }
  return { resources, findings };
}
