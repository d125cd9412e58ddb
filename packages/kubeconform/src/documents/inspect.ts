import type { Finding } from "@plinth/core";
import { load, YAMLException } from "js-yaml";
import type { Document } from "./document.ts";
import type { SplitDocument } from "./split.ts";

/** What a document consists of. */
type Substance = "object" | "comments" | "nothing";

/**
 * The documents of one file, with what kubeconform passes over without a word: files and documents without an object, text
 * that it does not read, and double keys inside a List.
 */
export async function* inspectFile(file: string, documents: AsyncIterable<SplitDocument>): AsyncGenerator<Document> {
  let objects = 0;
  let first = true;
  for await (const document of documents) {
    const substance = substanceOf(document.content);
    const findings = [...lostText(file, document), ...(substance === "object" ? contentFindings(file, document) : [])];
    if (substance === "object") objects++;
    // The blank before the first `---` of a file is no document.
    if (substance === "nothing" && !first && document.afterSeparator === "")
      findings.push(emptyDocument(file, document.line));
    if (substance === "object") yield { content: document.content, file, line: document.line, findings };
    else if (findings.length > 0) yield { content: undefined, file, line: document.line, findings };
    first = false;
  }
  if (objects === 0) yield { content: undefined, file, line: 1, findings: [noObject(file)] };
}

/** Looks no further than the first line that is neither blank nor a comment nor a `---`. */
function substanceOf(content: Buffer): Substance {
  let substance: Substance = "nothing";
  for (let start = 0; start < content.length; ) {
    const newline = content.indexOf(0x0a, start);
    const end = newline < 0 ? content.length : newline;
    const line = content
      .toString("utf8", start, Math.min(end, start + 200))
      .replace(/^\uFEFF/, "")
      .trim();
    if (line.startsWith("#") || /^---\s+#/.test(line)) substance = "comments";
    else if (line !== "" && !(start === 0 && line === "---")) return "object";
    start = end + 1;
  }
  return substance;
}

const refused = { code: "rejected-by-judge", severity: "error" } as const;

function lostText(file: string, { afterSeparator, line }: SplitDocument): Finding[] {
  if (afterSeparator === "" || afterSeparator.startsWith("#")) return [];
  return [
    {
      ...refused,
      file,
      message: `line ${line - 1}: the text after "---" is not read: ${excerpt(afterSeparator)}`,
      expected: 'nothing but a comment on the line of "---"',
    },
  ];
}

function contentFindings(file: string, document: SplitDocument): Finding[] {
  return [...afterEnd(file, document), ...doubleKeysOfList(file, document)];
}

const endMarker = Buffer.from("\n...");

/** Only the first document before a `...` is read. */
function afterEnd(file: string, { content, line }: SplitDocument): Finding[] {
  if (!content.includes(endMarker)) return [];
  const text = content.toString("utf8");
  const lines = text.split("\n");
  const marker = lines.findIndex((each) => /^\.\.\.(\s|$)/.test(each));
  const rest = marker < 0 ? [] : lines.slice(marker + 1);
  if (rest.every((each) => /^\s*(#|$)/.test(each))) return [];
  const at = line + marker;
  return [
    {
      ...refused,
      file,
      message: `line ${at}: what follows "..." is not read`,
      expected: 'documents separated by "---"',
    },
  ];
}

/** kubeconform takes a List apart before its strict reading, which therefore does not see double keys. */
function doubleKeysOfList(file: string, { content, line }: SplitDocument): Finding[] {
  const text = content.toString("utf8");
  if (!/kind["']?\s*:\s*["']?list\b/i.test(text)) return [];
  try {
    load(text);
    return [];
  } catch (error) {
    if (!(error instanceof YAMLException) || !/duplicate/i.test(error.reason)) return [];
    const at = line + (error.mark?.line ?? 0);
    return [{ ...refused, file, message: `line ${at}: a key stands twice in one mapping`, expected: "each key once" }];
  }
}

function emptyDocument(file: string, line: number): Finding {
  return {
    code: "rejected-by-judge",
    severity: "warning",
    file,
    message: `line ${line}: an empty document`,
    expected: 'an object between two "---"',
  };
}

function noObject(file: string): Finding {
  return {
    ...refused,
    file,
    message: "the file holds no object",
    expected: "at least one object with apiVersion, kind and metadata.name",
  };
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
