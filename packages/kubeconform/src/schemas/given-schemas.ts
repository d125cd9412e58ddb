import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Finding } from "@plinth/core";
import { readIndex } from "./cache.ts";
import { folderTemplate, locationFinding } from "./location.ts";
import type { SchemaIndex } from "./schema-set.ts";

/** The schemas that somebody named, as kubeconform takes them, and what is wrong with them. */
export interface GivenSchemas {
  readonly locations: readonly string[];
  readonly indexes: readonly SchemaIndex[];
  readonly findings: readonly Finding[];
}

/** Reads folders of derived schemas and kubeconform's templates of local paths. */
export async function givenSchemas(schemas: string | readonly string[]): Promise<GivenSchemas> {
  const locations: string[] = [];
  const indexes: SchemaIndex[] = [];
  const findings: Finding[] = [];
  for (const given of [schemas].flat()) {
    const unusable = locationFinding(given);
    if (unusable !== undefined) findings.push(unusable);
    else if (given.includes("{{") && !(await isFolder(given))) locations.push(given);
    else {
      const index = await readIndex(given);
      if (index === undefined) findings.push(noSchemas(given));
      else indexes.push(index);
      locations.push(folderTemplate(resolve(given)));
    }
  }
  if (locations.length === 0 && findings.length === 0) findings.push(noSchemas("none"));
  return { locations, indexes, findings };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function noSchemas(given: string): Finding {
  return {
    code: "tool-failed",
    severity: "error",
    message: `there are no schemas in ${given}`,
    expected:
      "a folder that deriveSchemas made, or a template such as schemas/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json",
  };
}
