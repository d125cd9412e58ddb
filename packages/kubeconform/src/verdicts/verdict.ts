import type { Finding } from "@plinth/core";
import type { Document } from "../documents/document.ts";
import { identify, identifyQualifiedName, objectsOf } from "../documents/identity.ts";
import { isJsonObject } from "../schemas/json-schema.ts";
import type { Answer } from "./answers.ts";
import { errorFinding, missingSchemaKind } from "./error-findings.ts";
import { schemaFindings } from "./schema-findings.ts";
import { parseViolations } from "./violations.ts";

/** What is known of one object, or of one document without an object, once it has been judged. */
export interface Verdict {
  /** True when the judge read the object, compared it with its schema, and nothing was found. */
  readonly valid: boolean;
  /** The file that it stands in, relative to the folder that is validated. */
  readonly file?: string;
  /** The object: `apps/v1/Deployment team-data/accounting`. */
  readonly resource?: string;
  readonly findings: readonly Finding[];
}

/** What explains a schema that was not found: a finding for the kind, in the words of whoever knows the schemas. */
export type ExplainMissingSchema = (
  apiVersion: string,
  kind: string,
) => Promise<Pick<Finding, "code" | "message" | "expected" | "hint">>;

/** The verdict without a judge: what was found before. */
export function verdictWithoutAnswer(document: Document): Verdict {
  return {
    ...placeOf(document, document.resource),
    valid: !document.findings.some(isError),
    findings: document.findings,
  };
}

/** The verdicts on a document's objects: one, but for a List, which kubeconform takes apart. */
export async function verdictsOf(
  document: Document,
  answers: readonly Answer[],
  explain: ExplainMissingSchema,
): Promise<Verdict[]> {
  if (answers.length === 0)
    return [verdictWithoutAnswer({ ...document, findings: [...document.findings, noAnswer(document)] })];
  const verdicts: Verdict[] = [];
  for (const [index, answer] of answers.entries()) {
    // What was found before is said once, with the first object.
    const before = index === 0 ? document.findings : [];
    verdicts.push(await verdictOf(document, answer, index, before, explain));
  }
  return verdicts;
}

async function verdictOf(
  document: Document,
  answer: Answer,
  index: number,
  before: readonly Finding[],
  explain: ExplainMissingSchema,
): Promise<Verdict> {
  const resource = document.resource ?? nameOf(document, answer, index);
  const place = placeOf(document, resource);
  const judged = await findingsOf(document, answer, index, place, explain);
  const findings = [...before, ...judged];
  return { ...place, valid: !findings.some(isError), findings };
}

async function findingsOf(
  document: Document,
  answer: Answer,
  index: number,
  place: Pick<Verdict, "file" | "resource">,
  explain: ExplainMissingSchema,
): Promise<Finding[]> {
  if (answer.status === "valid") return [];
  if (answer.status === "invalid") return schemaFindings(parseViolations(answer.text), place);
  if (answer.status !== "error") {
    return [
      {
        code: "rejected-by-judge",
        severity: "error",
        ...place,
        message: `the document is ${answer.status}: kubeconform did not judge it`,
        expected: "an object",
      },
    ];
  }
  const kind = missingSchemaKind(answer.text);
  if (kind === undefined) return [errorFinding(answer.text, { ...place, line: document.line })];
  const object = objectsOf(document.content ?? Buffer.alloc(0))[index];
  const apiVersion = isJsonObject(object) && typeof object["apiVersion"] === "string" ? object["apiVersion"] : "";
  return [{ severity: "error", ...place, ...(await explain(apiVersion, kind)) }];
}

/** kubeconform does not name an object that it could not compare: its name is then read from the document. */
function nameOf(document: Document, answer: Answer, index: number): string | undefined {
  if ("qualifiedName" in answer) return identifyQualifiedName(answer.qualifiedName);
  return identify(objectsOf(document.content ?? Buffer.alloc(0))[index]);
}

/** More than this kubeconform does not read (pkg/resource/stream.go). */
const longestDocumentBytes = 256 * 1024 * 1024;

function noAnswer(document: Document): Finding {
  const about = {
    code: "rejected-by-judge",
    severity: "error",
    ...placeOf(document, document.resource ?? "List"),
  } as const;
  return (document.content?.length ?? 0) >= longestDocumentBytes
    ? { ...about, message: "the document is too large to be judged", expected: "less than 256 MiB" }
    : { ...about, message: "the List has no items: nothing was judged", expected: "at least one object in items" };
}

function placeOf(document: Document, resource: string | undefined): Pick<Verdict, "file" | "resource"> {
  return {
    ...(document.file === undefined ? {} : { file: document.file }),
    ...(resource === undefined ? {} : { resource }),
  };
}

const isError = (finding: Finding): boolean => finding.severity === "error";
