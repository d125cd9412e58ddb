import { availableParallelism } from "node:os";
import { type Finding, sortFindings } from "@plinth/core";
import { judgeCommand } from "./binary/command.ts";
import { startJudgePool } from "./binary/judge-pool.ts";
import { type BinaryLocations, findKubeconform } from "./binary/locate.ts";
import { folderDocuments } from "./documents/folder.ts";
import { objectDocuments } from "./documents/objects.ts";
import { JudgeStopped, judgeDocuments } from "./judge-documents.ts";
import { missingSchemaExplanation } from "./schemas/explain-missing.ts";
import { givenSchemas } from "./schemas/given-schemas.ts";
import { untilAborted } from "./until-aborted.ts";
import type { Verdict } from "./verdicts/verdict.ts";

/** What is judged: the path of a folder or file, or Kubernetes objects in memory or as they are made. */
export type ValidationInput = string | Iterable<object> | AsyncIterable<object>;

/** How objects are judged. */
export interface ValidationOptions extends BinaryLocations {
  /**
   * Folders that `deriveSchemas` made, or kubeconform's templates of local paths (`crds/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json`).
   * The first that has a schema for a kind counts.
   */
  readonly schemas: string | readonly string[];
  /**
   * Files of a folder, by their path relative to it with forward slashes, that are not judged.
   * @default none is excluded
   */
  readonly exclude?: (file: string) => boolean;
  /**
   * How many kubeconforms share the work.
   * @default one for each processor, at most 4
   */
  readonly processes?: number;
  /** Ends the validation: every process is ended, and the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Judges every object with kubeconform, strictly and offline, and gives what was found, in a stable order. Unknown fields, double
 * keys, kinds without a schema, files without an object are findings; so is a judge that is missing or fails. An empty list means
 * that every object was judged and none refused.
 *
 * Throws only the reason of `signal`, and what the iterable of objects itself throws.
 *
 * @example
 * import { formatFinding } from "@plinth/core";
 * declare const folder: string; // of deriveSchemas
 * const findings = await validate("rendered", { schemas: folder });
 * for (const finding of findings) console.log(formatFinding(finding));
 */
export async function validate(input: ValidationInput, options: ValidationOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const verdict of judge(input, options)) findings.push(...verdict.findings);
  return sortFindings(findings);
}

/**
 * The same, verdict by verdict, in the order of the objects and while they are read: neither objects nor verdicts are kept, so
 * memory does not grow with their number. Leaving the loop ends every process.
 *
 * A judge that is missing or stops gives a last verdict with that finding, of no object.
 *
 * @example
 * declare const folder: string; // of deriveSchemas
 * declare function renderAll(): AsyncGenerator<object>;
 * for await (const { resource, valid } of judge(renderAll(), { schemas: folder })) console.log(valid, resource);
 */
export async function* judge(
  input: ValidationInput,
  options: ValidationOptions,
): AsyncGenerator<Verdict, void, undefined> {
  const { signal } = options;
  signal?.throwIfAborted();
  const schemas = await givenSchemas(options.schemas);
  const located = await findKubeconform(options, signal);
  signal?.throwIfAborted();
  const standing = [...schemas.findings, ...(located.found ? [] : [located.finding])];
  if (standing.length > 0) yield { valid: false, findings: standing };
  if (standing.length > 0 || !located.found) return;

  const documents = typeof input === "string" ? folderDocuments(input, options) : objectDocuments(input);
  const size = Math.max(1, options.processes ?? Math.min(4, availableParallelism()));
  const pool = startJudgePool(
    judgeCommand(located.binary, schemas.locations, options.environment ?? process.env),
    size,
  );
  const stop = (): void => void pool.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const explain = missingSchemaExplanation(schemas.locations, schemas.indexes);
    yield* judgeDocuments(untilAborted(documents, signal), pool, size, explain);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof JudgeStopped)) throw error;
    yield { valid: false, findings: [error.finding] };
  } finally {
    signal?.removeEventListener("abort", stop);
    await pool.stop();
  }
}
